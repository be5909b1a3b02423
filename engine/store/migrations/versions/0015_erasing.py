"""The way to cases that still hold who they were about."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
_KEPT = sa.text("ended_at IS NOT NULL AND erased_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_cases_kept", "cases", ["service", "ended_at", "id"], sqlite_where=_KEPT, postgresql_where=_KEPT)


def downgrade() -> None:
    op.drop_index("ix_cases_kept", "cases")
