"""Cases that members of staff follow. A row goes when its case has ended, or who followed may read it no more."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from engine.store.columns import Instant

from .base import metadata

watch = Table(
    "watch",
    metadata,
    Column("login", Text, ForeignKey("user_account.login"), primary_key=True),
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Column("since_at", Instant, nullable=False),
    Column("seen_seq", Integer, nullable=False),
    Index("ix_watch_case", "case_id"),
)
