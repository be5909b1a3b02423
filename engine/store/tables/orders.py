"""Orders that move dates, the dates they moved, extensions asked for, and the office's own record."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from engine.model import Decision, OrderKind
from engine.store.columns import Instant, JsonText, Word

from .base import count, key, maybe, metadata, of_case, words

office_order = Table(
    "office_order",
    metadata,
    key(),
    Column("kind", Word(OrderKind), nullable=False),
    words("number"),
    words("name"),
    words("reason"),
    words("sort"),
    Column("first_on", Date),
    Column("last_on", Date),
    Column("from_at", Instant),
    Column("to_at", Instant),
    Column("services", JsonText, nullable=False),
    Column("week", JsonText, nullable=False),
    maybe("about"),
    words("proposed_by"),
    Column("proposed_at", Instant, nullable=False),
    Column("decision", Word(Decision), nullable=False),
    words("decided_by"),
    Column("decided_at", Instant),
    Column("edition", Integer, unique=True),
    Column("moved_at", Instant),
)
order_move = Table(
    "order_move",
    metadata,
    Column("order_id", ForeignKey("office_order.id"), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("promise", Text, primary_key=True),
    Column("from_at", Instant, nullable=False),
    Column("to_at", Instant, nullable=False),
)
extension = Table(
    "extension",
    metadata,
    key(),
    of_case(),
    words("promise"),
    count("days"),
    words("reason"),
    words("asked_by"),
    Column("asked_at", Instant, nullable=False),
    Column("decision", Word(Decision), nullable=False),
    words("decided_by"),
    Column("decided_at", Instant),
    words("answer"),
    Index("ix_extension_case", "case_id", "asked_at"),
    Index("ix_extension_decision", "decision", "asked_at"),
)
office_act = Table(
    "office_act",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    words("actor"),
    words("verb"),
    words("subject"),
    Column("facts", JsonText, nullable=False),
    words("previous"),
    words("hash"),
)
