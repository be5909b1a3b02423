"""Tasks passed from hand to hand, to be shown and undone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed",
        sa.Column("line", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), sa.ForeignKey("task.id", name="fk_handed_task_id"), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("hand", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Text()),
        sa.Column("holder", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text()),
        sa.Column("who", sa.Text()),
        sa.Column("undone_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("line", name="pk_handed"),
    )
    op.create_index("uq_handed_act", "handed", ["act", "task_id"], unique=True)
    op.create_index("ix_handed_task", "handed", ["task_id", "line"])


def downgrade() -> None:
    op.drop_table("handed")
