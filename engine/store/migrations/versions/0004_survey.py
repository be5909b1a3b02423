"""Answers to the survey of satisfaction."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        *(sa.Column(f"u{number}", sa.Integer(), nullable=False) for number in range(1, 10)),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_survey"),
    )
    op.create_index("ix_survey_service", "survey", ["service", "month"])


def downgrade() -> None:
    op.drop_table("survey")
