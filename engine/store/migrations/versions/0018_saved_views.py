"""Lists that somebody keeps by a name."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), sa.ForeignKey("user_account.login", name="fk_saved_view_owner"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("uq_saved_view_owner", "saved_view", ["owner", "name"], unique=True)
    op.create_index("ix_saved_view_role", "saved_view", ["role"])


def downgrade() -> None:
    op.drop_table("saved_view")
