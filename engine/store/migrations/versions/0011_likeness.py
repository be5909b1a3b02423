"""What cases are compared by before somebody sends the same one again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "likeness",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("same", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_likeness_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_likeness"),
    )
    op.create_index("ix_likeness_same", "likeness", ["service", "same", "area"])


def downgrade() -> None:
    op.drop_table("likeness")
