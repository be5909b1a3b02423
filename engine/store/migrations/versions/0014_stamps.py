"""Stamps on issued papers, and what is told of why a paper no longer holds."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
NEW = ("stamp", "state_by", "state_ground")


def upgrade() -> None:
    for name in NEW:
        op.add_column("permit", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("permit", sa.Column("replaced_by", sa.Text(), nullable=True))


def downgrade() -> None:
    for name in (*NEW, "replaced_by"):
        op.drop_column("permit", name)
