"""Orders of the office that move promised dates: changes of the calendar, outages, and extensions asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class OrderKind(StrEnum):
    """What an order does. The first four change the calendar; the others stop clocks and let them go on."""

    CLOSED = "closed"
    OPEN = "open"
    HOURS = "hours"
    REVOKED = "revoked"
    OUTAGE = "outage"
    OUTAGE_END = "outage_end"


OF_THE_CALENDAR = frozenset({OrderKind.CLOSED, OrderKind.OPEN, OrderKind.HOURS, OrderKind.REVOKED})


class Decision(StrEnum):
    """How far an order or a request has come. Only what is approved moves a date."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class DaySort(StrEnum):
    """What kind of day it is for the office."""

    OPEN = "open"
    HOURS = "hours"
    WEEKEND = "weekend"
    NATIONAL = "national"
    JOINT = "joint"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Order:
    """One act of the office that may move dates, with the number of the paper that says so.

    A change of the calendar has days (`first_on` to `last_on`, both included), an outage instants (`from_at` up to
    `to_at`). `about` is the earlier order that this one revokes, ends or lengthens. `week` holds other hours by weekday
    as `"08:00-15:15"`. `services` empty: all. `edition` is given with approval: approved orders in this order are the
    editions of the city's calendar. `moved_at`: every open case has followed.
    """

    id: str
    kind: OrderKind
    number: str
    reason: str
    proposed_by: str
    proposed_at: datetime
    name: str = ""
    sort: str = ""
    first_on: date | None = None
    last_on: date | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    services: tuple[str, ...] = ()
    week: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    decision: Decision = Decision.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    edition: int | None = None
    moved_at: datetime | None = None

    def concerns(self, service: str) -> bool:
        return not self.services or service in self.services


@dataclass(frozen=True, slots=True)
class Move:
    """A promised date that an order moved, or would move."""

    case_id: str
    reference: str
    service: str
    promise: str
    from_at: datetime
    to_at: datetime

    @property
    def earlier(self) -> bool:
        return self.to_at < self.from_at


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to extend one promise of one case, and what became of it."""

    id: str
    case_id: str
    promise: str
    days: int
    reason: str
    asked_by: str
    asked_at: datetime
    decision: Decision = Decision.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """A line of the office's own record: who did what that concerns no single case. Chained by hash like a case's."""

    seq: int
    at: datetime
    actor: str
    verb: str
    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the calendar as it was typed, already read as days. `week` is `"08:00-15:15"` by weekday."""

    kind: OrderKind
    number: str
    first_on: date | None
    last_on: date | None
    name: str = ""
    reason: str = ""
    sort: DaySort = DaySort.LOCAL
    week: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutageProposal:
    """An outage order as it was typed. `lengthens`: the id of the order after whose end this one goes on."""

    number: str
    services: tuple[str, ...]
    from_at: datetime | None
    to_at: datetime | None
    reason: str
    lengthens: str | None = None
