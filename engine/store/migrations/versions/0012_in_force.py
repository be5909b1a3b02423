"""Which version of a service was in force from when on, not only which one is now."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
LINE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "in_force",
        sa.Column("line", LINE, autoincrement=True, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["process_version.id"], name="fk_in_force_version"),
        sa.PrimaryKeyConstraint("line", name="pk_in_force"),
    )
    op.create_index("ix_in_force_service", "in_force", ["service", "line"])
    op.execute(
        'INSERT INTO in_force (service, version, since_at, "by") SELECT c.service, c.version, c.since_at, '
        "v.published_by FROM current_version c JOIN process_version v ON v.id = c.version"
    )


def downgrade() -> None:
    op.drop_table("in_force")
