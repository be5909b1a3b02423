"""What whoever oversees keeps an eye on: who was told up the ladder, and which closed cases are looked at again."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Table, Text

from engine.model import Verdict
from engine.store.columns import Instant, Word

from .base import count, line, maybe, metadata, of_case, words

escalation = Table(
    "escalation",  # one row for each rung that was told; written in the step that told it
    metadata,
    line(),
    of_case(),
    words("role"),
    maybe("unit"),
    maybe("stage"),
    Column("late", Boolean, nullable=False),  # the promise was missed; else a step took too long
    Column("at", Instant, nullable=False),
    Column("cleared_at", Instant),
    Index("ix_escalation_case", "case_id", "line"),
    Index("ix_escalation_at", "at", "line"),
)
_open = escalation.c.cleared_at.is_(None)
Index("ix_escalation_open", escalation.c.case_id, sqlite_where=_open, postgresql_where=_open)

draw = Table(
    "draw",  # chance was asked once for a service and week; the seed lets anybody draw again and see the same
    metadata,
    Column("service", Text, primary_key=True),
    Column("week_on", Date, primary_key=True),
    words("seed"),
    count("population"),
    count("wanted"),
    Column("at", Instant, nullable=False),
)
sample = Table(
    "sample",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    words("service"),
    Column("week_on", Date, nullable=False),
    Column("verdict", Word(Verdict)),
    words("note"),
    maybe("by"),
    Column("reviewed_at", Instant),
    Index("ix_sample_week", "week_on", "case_id"),
)
