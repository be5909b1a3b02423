"""The way to tasks that have just been opened."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_task_open_new", "task", ["opened_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_index("ix_task_open_new", "task")
