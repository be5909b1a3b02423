"""Tasks that are put off until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("task_id", sa.Text(), sa.ForeignKey("task.id", name="fk_follow_up_task_id"), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name="pk_follow_up"),
    )
    op.create_index("ix_follow_up_until", "follow_up", ["until_at", "task_id"])
    op.create_index("ix_follow_up_by", "follow_up", ["by", "until_at", "task_id"])


def downgrade() -> None:
    op.drop_table("follow_up")
