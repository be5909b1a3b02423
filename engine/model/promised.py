"""The promise: the lines of its ledger, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from .diagrams import PromiseRule, Unit


class Entry(StrEnum):
    """Kinds of ledger entry. KEEP and CANCEL close a promise; nothing is ever removed."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CALENDAR = "calendar"
    OUTAGE = "outage"
    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a promise's ledger. `days` only for EXTEND; `element` is the shape that caused it, `by` who."""

    promise: str
    kind: Entry
    at: datetime
    by: str
    element: str = ""
    days: int = 0
    reason: str = ""


class PromiseState(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ClosedPromise:
    """What became of one promise of a case, worked out from its ledger at the moment it was closed.

    `month` is that of the due day (`2026-11`); `ours` are the days of ours it used up, `theirs` those of the applicant,
    both in `counts_in`. `stage` and `unit` say where the case was when it was closed. `late`: after `due_at`, whether
    then kept or not.
    """

    case_id: str
    promise: str
    service: str
    version: str
    counts_in: Unit
    month: str
    stage: str | None
    unit: str | None
    started_at: datetime
    due_at: datetime
    closed_at: datetime
    state: PromiseState
    late: bool
    ours: int
    theirs: int


class DayKind(StrEnum):
    """Why a day counts or does not."""

    RECEIVED = "received"
    COUNTED = "counted"
    CLOSED = "closed"
    APPLICANT = "applicant"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the sum that a person can redo. `name` says why it is closed; `used` is the running count after it."""

    on: date
    kind: DayKind
    name: str
    used: int


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """A promise as derived from its ledger at an instant. `estimate`: the date lies in a year not yet decreed.

    `overdue` while open past `due_at`; `late` also when kept after it. `used + left == budget` (with extensions) until
    it is overdue, after which `left` is negative. `moves` counts the ledger's lines that could move the date: it only
    grows, so that whoever was given an earlier date can tell which one is newer. `capped`: the applicant is asked, for
    which it stands still no longer than its rule's `pause_days`.
    """

    rule: PromiseRule
    state: PromiseState
    started_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    used: int
    left: int
    budget: int
    estimate: bool
    overdue: bool
    late: bool
    days: tuple[CountedDay, ...] = ()
    moves: int = 0
    capped: bool = False


class Cause(StrEnum):
    """What can move a promised date. Nothing else does."""

    APPLICANT = "applicant"
    OUTAGE = "outage"
    EXTENSION = "extension"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which no day of ours was used: the applicant held the case, or an outage stood.

    `until` None: it goes on. `element` is the shape that waited for the applicant, `by` who began it by an id.
    """

    cause: Cause
    since: datetime
    until: datetime | None
    by: str
    element: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DateMove:
    """A promised date that moved from one day to another. `at` is when that was settled, or now while it goes on.

    `by` is an id: who asked the applicant, declared the outage, extended, or changed the calendar.
    """

    cause: Cause
    at: datetime
    from_on: date
    to_on: date
    by: str
    since: datetime | None = None
    element: str = ""
    reason: str = ""
    goes_on: bool = False


class PromiseDates(Protocol):
    """Instants that timers ask of the ledger. None until it begins, while paused, once over."""

    def due(self, promise: str) -> datetime | None: ...

    def at_share(self, promise: str, percent: int) -> datetime | None: ...

    def before_due(self, promise: str, working_days: int) -> datetime | None: ...

    def after_due(self, promise: str, working_days: int) -> datetime | None: ...
