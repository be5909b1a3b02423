"""Warnings that a promise may be missed: who was told when, and of which day."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table

from engine.store.columns import Instant

from .base import line, metadata, of_case, words

forewarning = Table(
    "forewarning",
    metadata,
    line(),
    of_case(),
    words("promise"),
    words("stage"),
    Column("estimate_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("eased_at", Instant),
    Index("ix_forewarning_case", "case_id", "line"),
)
