"""Orders that move dates: the calendar by editions, outages, extensions, and the office's own record."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
GOING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("cases", sa.Column("calendar", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_cases_behind", "cases", ["calendar", "id"], sqlite_where=GOING, postgresql_where=GOING)
    op.create_table(
        "office_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date()),
        sa.Column("last_on", sa.Date()),
        sa.Column("from_at", sa.BigInteger()),
        sa.Column("to_at", sa.BigInteger()),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("about", sa.Text()),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("edition", sa.Integer()),
        sa.Column("moved_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_office_order"),
        sa.UniqueConstraint("edition", name="uq_office_order_edition"),
    )
    op.create_table(
        "order_move",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["office_order.id"], name="fk_order_move_order_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_order_move_case_id"),
        sa.PrimaryKeyConstraint("order_id", "case_id", "promise", name="pk_order_move"),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("promise", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_extension_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
    )
    op.create_index("ix_extension_case", "extension", ["case_id", "asked_at"])
    op.create_index("ix_extension_decision", "extension", ["decision", "asked_at"])
    op.create_table(
        "office_act",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_office_act"),
    )


def downgrade() -> None:
    for table in ("office_act", "extension", "order_move", "office_order"):
        op.drop_table(table)
    op.drop_index("ix_cases_behind", "cases")
    op.drop_column("cases", "calendar")
