"""Lists that somebody keeps by a name."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from engine.store.columns import Instant, JsonText

from .base import key, maybe, metadata, words

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    Column("owner", ForeignKey("user_account.login"), nullable=False),
    words("name"),
    maybe("role"),
    Column("wanted", JsonText, nullable=False),
    Column("at", Instant, nullable=False),
    Index("uq_saved_view_owner", "owner", "name", unique=True),
    Index("ix_saved_view_role", "role"),
)
