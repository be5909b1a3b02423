"""Which case carries which. History stays: of one case at most one row is not parted."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from engine.store.columns import Instant

from .base import line, metadata, of_case, words

merger = Table(
    "merger",
    metadata,
    line(),
    of_case(),
    of_case("main_id"),
    words("by"),
    Column("at", Instant, nullable=False),
    words("reason"),
    Column("via", ForeignKey("cases.id")),
    Column("parted_at", Instant),
    words("parted_by"),
    words("parted_reason"),
)
_together = merger.c.parted_at.is_(None)
Index("uq_merger_case", merger.c.case_id, unique=True, sqlite_where=_together, postgresql_where=_together)
Index("ix_merger_main", merger.c.main_id, sqlite_where=_together, postgresql_where=_together)
