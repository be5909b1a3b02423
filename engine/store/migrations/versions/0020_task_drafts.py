"""Drafts of the forms of tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("drafted", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "task_draft",
        sa.Column("task_id", sa.Text(), sa.ForeignKey("task.id", name="fk_task_draft_task_id"), nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_task_draft_case_id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("task_id", name="pk_task_draft"),
    )
    op.create_index("ix_task_draft_case_id", "task_draft", ["case_id"])
    op.create_index("ix_task_draft_at", "task_draft", ["at"])


def downgrade() -> None:
    op.drop_table("task_draft")
    op.drop_column("task", "drafted")
