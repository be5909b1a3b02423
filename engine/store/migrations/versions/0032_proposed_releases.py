"""What waits for a second person before it is public, and who that person was."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposed_release",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_proposed_release_case_id"), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposed_release"),
    )
    op.create_index("uq_proposed_release_case", "proposed_release", ["case_id"], unique=True)
    op.create_index("ix_proposed_release_decision", "proposed_release", ["decision", "asked_at"])
    op.add_column("released", sa.Column("confirmed_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("released", "confirmed_by")
    op.drop_table("proposed_release")
