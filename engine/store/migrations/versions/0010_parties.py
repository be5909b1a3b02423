"""Other parties of a case, letters to people without one, and which addresses were confirmed or want no news."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
MARKS = ("email_confirmed_at", "phone_confirmed_at", "stopped_at")


def upgrade() -> None:
    for name in MARKS:
        op.add_column("cases", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("draft", sa.Column("nonce", sa.Text(), nullable=True))
    _free_notices()
    op.create_table(
        "party",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in MARKS),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_party_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
        sa.UniqueConstraint("secret_hash", name="uq_party_secret_hash"),
    )
    op.create_index("ix_party_case", "party", ["case_id", "added_at"])
    op.create_table(
        "letter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("data_key", sa.Text(), nullable=False),
        sa.Column("where_hash", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("secret_hash", name="uq_letter_secret_hash"),
    )
    op.create_index("ix_letter_until_at", "letter", ["until_at"])
    op.create_index("ix_letter_where", "letter", ["where_hash", "added_at"])


def _free_notices() -> None:
    """A notice may go to somebody without a case. SQLite makes the table anew, which no delivery may stop meanwhile."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("notice", "case_id", existing_type=sa.Text(), nullable=True)
        return
    op.execute("CREATE TEMP TABLE delivery_kept AS SELECT * FROM delivery")
    op.execute("DELETE FROM delivery")
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("case_id", existing_type=sa.Text(), nullable=True)
    op.execute("INSERT INTO delivery SELECT * FROM delivery_kept")
    op.execute("DROP TABLE delivery_kept")


def downgrade() -> None:
    op.drop_table("letter")
    op.drop_table("party")
    op.drop_column("draft", "nonce")
    for name in MARKS:
        op.drop_column("cases", name)
