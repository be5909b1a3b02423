"""What everybody may read of cases of services with a public list."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("case_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("category", "place")),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("summary", "point", "photos")),
        sa.Column("released_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_publication_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_publication"),
    )
    op.create_index("ix_publication_started", "publication", ["started_at", "case_id"])
    op.create_index("ix_publication_place", "publication", ["place", "started_at"])


def downgrade() -> None:
    op.drop_table("publication")
