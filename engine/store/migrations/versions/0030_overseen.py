"""Rungs of the ladder that were told, closed cases drawn for a second look, and the way to promises closed lately."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None
_OPEN = sa.text("cleared_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "escalation",
        sa.Column("line", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_escalation_case_id"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("stage", sa.Text()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("cleared_at", sa.BigInteger()),
    )
    op.create_index("ix_escalation_case", "escalation", ["case_id", "line"])
    op.create_index("ix_escalation_at", "escalation", ["at", "line"])
    op.create_index("ix_escalation_open", "escalation", ["case_id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "draw",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service", "week_on", name="pk_draw"),
    )
    op.create_table(
        "sample",
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_sample_case_id"), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("reviewed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("case_id", name="pk_sample"),
    )
    op.create_index("ix_sample_week", "sample", ["week_on", "case_id"])
    op.create_index("ix_closed_promise_closed", "closed_promise", ["service", "closed_at"])


def downgrade() -> None:
    op.drop_index("ix_closed_promise_closed", "closed_promise")
    for table in ("sample", "draw", "escalation"):
        op.drop_table(table)
