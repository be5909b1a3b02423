"""Colleagues and their sessions; keys, counters and settings of the installation."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from engine.store.columns import Instant, JsonText

from .base import line, metadata, words

# ── the office ────────────────────────────────────────────────────────────────────────────────────────────────────

user_account = Table(
    "user_account",
    metadata,
    Column("login", Text, primary_key=True),
    words("name"),
    words("email"),
    words("password_hash"),
    Column("added_at", Instant, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("given_at", Instant),  # when they were last given a task: whose turn it is among equals
)
user_post = Table(
    "user_post",
    metadata,
    Column("login", ForeignKey("user_account.login"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("unit", Text, primary_key=True),  # empty: every unit; a key cannot hold NULL
    Index("ix_user_post_role", "role", "unit"),
)
session = Table(
    "session",
    metadata,
    Column("id_hash", Text, primary_key=True),
    Column("login", ForeignKey("user_account.login"), nullable=False, index=True),
    words("csrf"),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
request_key = Table(
    "request_key",
    metadata,
    Column("key", Text, primary_key=True),
    words("verb"),
    Column("result", JsonText, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
throttle = Table(
    "throttle",
    metadata,
    line(),
    words("key"),
    Column("at", Instant, nullable=False),
    Index("ix_throttle_key", "key", "at"),
)
series = Table("series", metadata, Column("name", Text, primary_key=True), Column("last", BigInteger, nullable=False))
setting = Table("setting", metadata, Column("name", Text, primary_key=True), words("value"))
