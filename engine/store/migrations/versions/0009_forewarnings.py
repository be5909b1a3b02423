"""Warnings that a promise may be missed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
LINE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "forewarning",
        sa.Column("line", LINE, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("estimate_on", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("eased_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_forewarning_case_id"),
        sa.PrimaryKeyConstraint("line", name="pk_forewarning"),
    )
    op.create_index("ix_forewarning_case", "forewarning", ["case_id", "line"])


def downgrade() -> None:
    op.drop_table("forewarning")
