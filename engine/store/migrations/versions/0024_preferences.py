"""What members of staff have chosen for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("login", sa.Text(), sa.ForeignKey("user_account.login", name="fk_preferences_login"), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("keys", sa.Boolean(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_preferences"),
    )


def downgrade() -> None:
    op.drop_table("preferences")
