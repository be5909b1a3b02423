"""Complaints that are carried by another one."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    line = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "merger",
        sa.Column("line", line, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_merger_case_id"), nullable=False),
        sa.Column("main_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_merger_main_id"), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), sa.ForeignKey("cases.id", name="fk_merger_via")),
        sa.Column("parted_at", sa.BigInteger()),
        sa.Column("parted_by", sa.Text(), nullable=False),
        sa.Column("parted_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("line", name="pk_merger"),
    )
    together = sa.text("parted_at IS NULL")
    op.create_index(
        "uq_merger_case", "merger", ["case_id"], unique=True, sqlite_where=together, postgresql_where=together
    )
    op.create_index("ix_merger_main", "merger", ["main_id"], sqlite_where=together, postgresql_where=together)


def downgrade() -> None:
    op.drop_table("merger")
