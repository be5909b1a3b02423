"""Absences with their substitutes, posts whose tasks are shared out, and whose turn it is."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_account", sa.Column("given_at", sa.BigInteger()))
    op.create_table(
        "absence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), sa.ForeignKey("user_account.login", name="fk_absence_login"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_login", "absence", ["login", "last_on"])
    op.create_index("ix_absence_last_on", "absence", ["last_on"])
    op.create_table(
        "substitute",
        sa.Column("login", sa.Text(), sa.ForeignKey("user_account.login", name="fk_substitute_login"), nullable=False),
        sa.Column(
            "absence_id", sa.Text(), sa.ForeignKey("absence.id", name="fk_substitute_absence_id"), nullable=False
        ),
        sa.PrimaryKeyConstraint("login", "absence_id", name="pk_substitute"),
    )
    op.create_index("ix_substitute_absence_id", "substitute", ["absence_id"])
    op.create_table(
        "sharing",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shared_at", sa.BigInteger(), nullable=False),
        sa.Column("busy_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("role", "unit", name="pk_sharing"),
    )


def downgrade() -> None:
    for table in ("sharing", "substitute", "absence"):
        op.drop_table(table)
    op.drop_column("user_account", "given_at")
