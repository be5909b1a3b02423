"""Drafts, documents, permits, and the notices that leave the house."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from engine.model import PermitState
from engine.store.columns import Deadline, Instant, JsonText, Word

from .base import count, key, maybe, metadata, words

# ── papers ────────────────────────────────────────────────────────────────────────────────────────────────────────

draft = Table(
    "draft",
    metadata,
    Column("id_hash", Text, primary_key=True),
    words("service"),
    words("language"),
    maybe("nonce"),  # of a citizen's draft: a letter leads back to it. Trays of tasks have none
    Column("answers", JsonText, nullable=False),
    words("data_key"),  # wrapped; the case that the draft becomes takes it over
    Column("started_at", Instant, nullable=False),
    Column("saved_at", Instant, nullable=False, index=True),
)
document = Table(
    "document",
    metadata,
    key(),
    words("sha256"),
    words("name"),
    words("mime"),
    count("size"),
    words("origin"),
    words("field"),
    Column("added_at", Instant, nullable=False),
    words("added_by"),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("draft_id", ForeignKey("draft.id_hash"), index=True),
    Index("ix_document_sha256", "sha256"),  # the same bytes in another case, or still held when waste is burnt
)
permit = Table(
    "permit",
    metadata,
    Column("number", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    words("kind"),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("state", Word(PermitState), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("valid_until_on", Date),
    Column("facts", JsonText, nullable=False),
    words("document_sha256"),
    maybe("replaces"),
    words("stamp"),
    Column("state_at", Instant, nullable=False),
    words("state_by"),
    words("state_ground"),
    maybe("replaced_by"),
)
_unprinted = permit.c.document_sha256 == ""
Index("ix_permit_unprinted", permit.c.issued_at, sqlite_where=_unprinted, postgresql_where=_unprinted)

# ── what leaves the house ─────────────────────────────────────────────────────────────────────────────────────────

notice = Table(
    "notice",
    metadata,
    Column("key", Text, primary_key=True),
    Column("case_id", ForeignKey("cases.id")),  # none: a letter to somebody who has no case
    words("to"),
    words("text"),
    maybe("unit"),
    Column("facts", JsonText, nullable=False),
    Column("at", Instant, nullable=False),
    count("attempts"),
    Column("next_at", Deadline, nullable=False),
    Column("sent_at", Instant),
    words("message"),
    Index("ix_notice_next", "next_at", "at"),
    Index("ix_notice_case", "case_id", "at"),
)
_unsent = notice.c.sent_at.is_(None)
Index("ix_notice_unsent", notice.c.at, sqlite_where=_unsent, postgresql_where=_unsent)
delivery = Table(
    "delivery",  # a notice to a role has many readers; each gets it once. The key is a hash: no address is kept
    metadata,
    Column("key", Text, primary_key=True),
    Column("notice_key", ForeignKey("notice.key"), nullable=False, index=True),
    Column("sent_at", Instant, nullable=False),
)
