"""What became of each promise, kept when it is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_promise",
        sa.Column("case_id", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("promise", "service", "version", "counts_in", "month")
        ),
        sa.Column("stage", sa.Text()),
        sa.Column("unit", sa.Text()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("started_at", "due_at", "closed_at")),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("ours", sa.Integer(), nullable=False),
        sa.Column("theirs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_closed_promise_case_id"),
        sa.PrimaryKeyConstraint("case_id", "promise", name="pk_closed_promise"),
    )
    op.create_index("ix_closed_promise_month", "closed_promise", ["month", "service"])


def downgrade() -> None:
    op.drop_table("closed_promise")
