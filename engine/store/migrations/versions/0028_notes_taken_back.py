"""Notes that their authors took back."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comment", sa.Column("taken_back_at", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("comment", "taken_back_at")
