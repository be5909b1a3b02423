"""Every version of what was made public of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    line = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "released",
        sa.Column("line", line, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_released_case_id"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("line", name="pk_released"),
    )
    op.create_index("ix_released_case", "released", ["case_id", "line"])


def downgrade() -> None:
    op.drop_table("released")
