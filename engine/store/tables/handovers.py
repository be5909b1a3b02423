"""Tasks passed from hand to hand in the last day: kept to show the result of an act and to undo it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from engine.model import Hand, NotHanded
from engine.store.columns import Instant, Word

from .base import line, maybe, metadata, words

handed = Table(
    "handed",
    metadata,
    line(),
    words("act"),
    Column("task_id", ForeignKey("task.id"), nullable=False),
    words("by"),
    Column("hand", Word(Hand), nullable=False),
    Column("at", Instant, nullable=False),
    maybe("seen"),
    maybe("holder"),
    words("reason"),
    Column("refused", Word(NotHanded)),
    maybe("who"),
    Column("undone_at", Instant),
    Index("uq_handed_act", "act", "task_id", unique=True),
    Index("ix_handed_task", "task_id", "line"),
)
