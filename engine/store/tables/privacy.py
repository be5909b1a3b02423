"""Who looked at what of whom, who asked to be erased, and bytes that are to go."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Table, Text

from engine.store.columns import Instant

from .base import maybe, metadata, words

look = Table(
    "look",  # one row for a person, a case, a thing and a day: the key is also the way the page of a case asks
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seen_on", Date, primary_key=True),
    Column("login", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    words("role"),
    maybe("unit"),
)
erasure = Table(
    "erasure",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("asked_at", Instant, nullable=False),
)
discarded = Table(
    "discarded",  # written with the rows that let go of the bytes; gone once the bytes are
    metadata,
    Column("sha256", Text, primary_key=True),
)
