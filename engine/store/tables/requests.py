"""Requests to an applicant that wait, or waited, for a second person."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from engine.model import Decision
from engine.store.columns import Instant, JsonText, Word

from .base import count, key, maybe, metadata, of_case, words

late_request = Table(
    "late_request",
    metadata,
    key(),
    of_case(),
    Column("task_id", ForeignKey("task.id"), nullable=False),
    words("promise"),
    Column("why", JsonText, nullable=False),
    Column("items", JsonText, nullable=False),
    Column("beyond", JsonText, nullable=False),
    count("used"),
    count("budget"),
    maybe("unit"),
    Column("answers", JsonText, nullable=False),
    words("asked_by"),
    Column("asked_at", Instant, nullable=False),
    Column("decision", Word(Decision), nullable=False),
    words("decided_by"),
    Column("decided_at", Instant),
    words("answer"),
    Index("ix_late_request_task", "task_id", "asked_at"),
    Index("ix_late_request_case", "case_id", "asked_at"),
    Index("ix_late_request_decision", "decision", "asked_at"),
    Index("ix_late_request_asked", "asked_at"),
)
