"""Requests to an applicant that need a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_request",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_late_request_case_id"), nullable=False),
        sa.Column("task_id", sa.Text(), sa.ForeignKey("task.id", name="fk_late_request_task_id"), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("beyond", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_late_request"),
    )
    op.create_index("ix_late_request_task", "late_request", ["task_id", "asked_at"])
    op.create_index("ix_late_request_case", "late_request", ["case_id", "asked_at"])
    op.create_index("ix_late_request_decision", "late_request", ["decision", "asked_at"])
    op.create_index("ix_late_request_asked", "late_request", ["asked_at"])
    op.add_column("cases", sa.Column("asked_late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cases", sa.Column("request", sa.Text()))


def downgrade() -> None:
    op.drop_column("cases", "request")
    op.drop_column("cases", "asked_late")
    op.drop_table("late_request")
