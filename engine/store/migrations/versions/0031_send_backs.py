"""Send-backs that can still be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "send_back",
        sa.Column("task_id", sa.Text(), sa.ForeignKey("task.id", name="fk_send_back_task_id"), nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_send_back_case_id"), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text()),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name="pk_send_back"),
    )
    op.create_index("ix_send_back_at", "send_back", ["at"])


def downgrade() -> None:
    op.drop_table("send_back")
