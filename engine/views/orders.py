"""What pages are told of the calendar, of orders that move dates, and of extensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model import Case, DaySort, Extension, LateRequest, Move, Order, PromiseStanding, ProposedRelease


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """One day as the office keeps it. `name` says why it is closed; `hours` its hours when they are not the usual."""

    on: date
    sort: DaySort
    name: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year of the running calendar. `decreed`: its holidays are decreed, else every date in it is an estimate."""

    year: int
    days: tuple[DayOfYear, ...]
    working_days: int
    decreed: bool
    orders: tuple[Order, ...]
    may_keep: bool
    edition: int
    today_on: date


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with what it moves: `moves` before approval is the preview, afterwards what has followed.

    `left` are the moves that are still to come. `told`: how many applicants are told. `names` are colleagues by login.
    """

    order: Order
    about: Order | None
    moves: tuple[Move, ...]
    left: tuple[Move, ...]
    told: int
    may_approve: bool
    may_reject: bool
    may_revoke: bool
    may_end: bool
    ends_at: datetime | None
    names: Mapping[str, str]
    as_of: datetime

    @property
    def earlier(self) -> int:
        return sum(move.earlier for move in self.moves)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The clock run for one filing: when it would be received, and the promise as it would stand."""

    service: str
    at: datetime
    received_on: date
    promise: PromiseStanding


@dataclass(frozen=True, slots=True)
class OutageNotice:
    """An outage as everybody may know it. `moved` are (from, to, how many cases) by day."""

    number: str
    reason: str
    services: tuple[str, ...]
    from_at: datetime
    to_at: datetime
    running: bool
    moved: tuple[tuple[date, date, int], ...] = ()
    id: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """The promises of a case with the word why each may not be extended (empty: it may), and what was asked before."""

    case: Case
    promises: tuple[tuple[PromiseStanding, str], ...]
    asked: tuple[Extension, ...]
    grants: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What waits for this person's decision: extensions, late requests and releases with their cases, orders of others.

    `returned`: releases that this person proposed and somebody sent back.
    """

    extensions: tuple[tuple[Extension, Case], ...]
    orders: tuple[Order, ...]
    names: Mapping[str, str]
    requests: tuple[tuple[LateRequest, Case], ...] = ()
    releases: tuple[tuple[ProposedRelease, Case], ...] = ()
    returned: tuple[tuple[ProposedRelease, Case], ...] = ()

    def __len__(self) -> int:
        return sum(map(len, (self.extensions, self.orders, self.requests, self.releases, self.returned)))
