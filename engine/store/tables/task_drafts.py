"""What colleagues typed into forms of tasks and did not finish."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from engine.store.columns import Instant, JsonText

from .base import count, metadata, words

task_draft = Table(
    "task_draft",
    metadata,
    Column("task_id", ForeignKey("task.id"), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    count("version"),
    words("page"),
    words("by"),
    Column("at", Instant, nullable=False, index=True),
    Column("typed", JsonText, nullable=False),  # sealed
)
