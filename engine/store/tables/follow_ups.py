"""Tasks that are put off until a day. The row stays while the task is open, also when its day has come."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from engine.store.columns import Instant

from .base import metadata, words

follow_up = Table(
    "follow_up",
    metadata,
    Column("task_id", Text, ForeignKey("task.id"), primary_key=True),
    words("by"),
    Column("until_at", Instant, nullable=False),
    words("note"),
    Column("at", Instant, nullable=False),
    Index("ix_follow_up_until", "until_at", "task_id"),
    Index("ix_follow_up_by", "by", "until_at", "task_id"),
)
