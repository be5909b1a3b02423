"""Who looked at what, who asked to be erased, and bytes that are to go."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_look_case_id"),
        sa.PrimaryKeyConstraint("case_id", "seen_on", "login", "what", name="pk_look"),
    )
    op.create_table(
        "erasure",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_erasure_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_erasure"),
    )
    op.create_table(
        "discarded",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_discarded"),
    )


def downgrade() -> None:
    for table in ("discarded", "erasure", "look"):
        op.drop_table(table)
