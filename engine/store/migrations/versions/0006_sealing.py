"""The keys of what is sealed, and when a case's were thrown away."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("cases", "draft"):
        op.add_column(table, sa.Column("data_key", sa.Text(), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("erased_at", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("cases", "erased_at")
    for table in ("draft", "cases"):
        op.drop_column(table, "data_key")
