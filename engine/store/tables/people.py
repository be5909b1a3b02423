"""Who is away when, who does their tasks meanwhile, and which posts have their new tasks shared out."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Text

from engine.model import AbsenceKind
from engine.store.columns import Instant, Word

from .base import key, metadata, words

absence = Table(
    "absence",
    metadata,
    key(),
    Column("login", ForeignKey("user_account.login"), nullable=False),
    Column("kind", Word(AbsenceKind), nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    words("entered_by"),
    Column("entered_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_absence_login", "login", "last_on"),
    Index("ix_absence_last_on", "last_on"),
)
substitute = Table(
    "substitute",
    metadata,
    Column("login", ForeignKey("user_account.login"), primary_key=True),
    Column("absence_id", ForeignKey("absence.id"), primary_key=True),
    Index("ix_substitute_absence_id", "absence_id"),
)
sharing = Table(
    "sharing",
    metadata,
    Column("role", Text, primary_key=True),
    Column("unit", Text, primary_key=True),  # empty: every unit; a key cannot hold NULL
    words("by"),
    Column("at", Instant, nullable=False),
    Column("shared_at", Instant, nullable=False),  # tasks opened until then have been looked at
    Column("busy_until", Instant, nullable=False),  # a worker is sharing them out: two at once would not be fair
)
