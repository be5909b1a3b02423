"""Send-backs of late, kept to undo them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from engine.store.columns import Instant

from .base import count, maybe, metadata, of_case, words

send_back = Table(
    "send_back",
    metadata,
    Column("task_id", Text, ForeignKey("task.id"), primary_key=True),
    of_case(),
    words("by"),
    Column("at", Instant, nullable=False),
    count("seq"),
    maybe("stage"),
    Column("tokens", LargeBinary, nullable=False),
    Index("ix_send_back_at", "at"),
)
