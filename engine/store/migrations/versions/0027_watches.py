"""Cases that members of staff follow."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("login", sa.Text(), sa.ForeignKey("user_account.login", name="fk_watch_login"), nullable=False),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("cases.id", name="fk_watch_case_id"), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("login", "case_id", name="pk_watch"),
    )
    op.create_index("ix_watch_case", "watch", ["case_id"])


def downgrade() -> None:
    op.drop_table("watch")
