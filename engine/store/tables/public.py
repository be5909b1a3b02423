"""What pages for everybody are made of. Nothing here says who somebody is."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from engine.model import Decision, PromiseState, Unit
from engine.store.columns import Instant, JsonText, Word

from .base import count, key, line, maybe, metadata, of_case, words

closed_promise = Table(
    "closed_promise",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("promise", Text, primary_key=True),
    words("service"),
    words("version"),
    Column("counts_in", Word(Unit), nullable=False),
    words("month"),
    maybe("stage"),
    maybe("unit"),
    Column("started_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("closed_at", Instant, nullable=False),
    Column("state", Word(PromiseState), nullable=False),
    Column("late", Boolean, nullable=False),
    count("ours"),
    count("theirs"),
    Index("ix_closed_promise_month", "month", "service"),
    Index("ix_closed_promise_closed", "service", "closed_at"),
)
publication = Table(
    "publication",  # what everybody may read of a case; a confidential one has no row
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    words("category"),
    words("place"),
    Column("started_at", Instant, nullable=False),  # of the case, again: the list is read in this order
    words("summary"),
    words("point"),
    Column("photos", JsonText, nullable=False),
    Column("released_at", Instant),
    Index("ix_publication_started", "started_at", "case_id"),
    Index("ix_publication_place", "place", "started_at"),
)
released = Table(
    "released",  # every version of what was made public of a case, and every taking back
    metadata,
    line(),
    of_case(),
    Column("at", Instant, nullable=False),
    words("by"),
    words("why"),
    words("summary"),
    words("point"),
    Column("photos", JsonText, nullable=False),
    Column("taken_back", Boolean, nullable=False),
    words("confirmed_by"),
    Index("ix_released_case", "case_id", "line"),
)
proposed_release = Table(
    "proposed_release",  # what would be public once a second person has looked; nobody else reads it
    metadata,
    key(),
    of_case(),
    words("asked_by"),
    Column("asked_at", Instant, nullable=False),
    words("why"),
    words("summary"),
    words("point"),
    Column("photos", JsonText, nullable=False),
    Column("decision", Word(Decision), nullable=False),
    words("decided_by"),
    Column("decided_at", Instant),
    words("answer"),
    Index("uq_proposed_release_case", "case_id", unique=True),
    Index("ix_proposed_release_decision", "decision", "asked_at"),
)
survey = Table(
    "survey",
    metadata,
    Column("mark", Text, primary_key=True),  # a keyed hash of the case: it keeps "once" and leads back to nobody
    words("service"),
    words("version"),
    words("month"),  # no instant: beside the log of a day it would tell whose answers these are
    *(count(f"u{number}") for number in range(1, 10)),
    words("comment"),
    Index("ix_survey_service", "service", "month"),
)
