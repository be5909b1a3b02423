"""Other parties of a case, letters to people who have none, and what cases are compared by.

Whoever asked stands in `cases` itself.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Table, Text

from engine.model import PartyKind
from engine.store.columns import Instant, Word

from .base import key, maybe, metadata, of_case, words

party = Table(
    "party",
    metadata,
    key(),
    of_case(),
    Column("kind", Word(PartyKind), nullable=False),
    Column("secret_hash", Text, unique=True),
    words("nonce"),
    words("email"),
    words("phone"),
    words("language"),
    Column("email_confirmed_at", Instant),
    Column("phone_confirmed_at", Instant),
    Column("stopped_at", Instant),
    Column("added_at", Instant, nullable=False),
    Index("ix_party_case", "case_id", "added_at"),
)
letter = Table(
    "letter",  # not bound to its draft: sending a draft off must not wait for letters, and a letter without one is dead
    metadata,
    key(),
    words("draft_id"),
    words("email"),
    words("phone"),
    words("language"),
    words("data_key"),
    words("where_hash"),
    words("nonce"),
    Column("secret_hash", Text, unique=True),
    Column("added_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
    maybe("used_by"),
    Index("ix_letter_where", "where_hash", "added_at"),
)
likeness = Table(
    "likeness",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    words("service"),
    words("same"),
    words("area"),
    Column("latitude", Float),
    Column("longitude", Float),
    Index("ix_likeness_same", "service", "same", "area"),
)
