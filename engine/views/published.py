"""What everybody is told of cases of a service with a public list: no person, and no word that nobody released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.model import PromiseStanding, PromiseState, ServiceFacts


class PublicState(StrEnum):
    """The lists of a public page."""

    GOING = "berjalan"
    LATE = "lewat"
    ENDED = "selesai"


class PublicOrder(StrEnum):
    NEWEST = "baru"
    OLDEST = "lama"


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A line of the list. `summary`, `point` (`latitude,longitude`) and `photos` (ids) are empty until released."""

    reference: str
    service: str
    version: str
    stage: str | None
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    due_at: datetime | None
    promise_state: PromiseState
    category: str
    place: str
    summary: str
    point: str
    photos: Sequence[str]
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many cases lie in a place of the city, how many of them go on, and how many of these are late."""

    place: str
    count: int
    going: int
    late: int


@dataclass(frozen=True, slots=True)
class PublicList:
    """A page of the list with `places`, the counts of all that is public, and `points`, those released on the page."""

    rows: tuple[PublicCase, ...]
    next_cursor: str | None
    places: tuple[PlaceCount, ...]
    points: tuple[PublicCase, ...]
    services: tuple[ServiceFacts, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Handing:
    """One stay of a case with a role of the office, in a unit where there is one; `until_at` None: it is there now."""

    element: str
    role: str
    unit: str | None
    since_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A case for everybody: the line, its promise, who had it and has it, and what the office has answered."""

    case: PublicCase
    facts: ServiceFacts
    promise: PromiseStanding | None
    handings: tuple[Handing, ...]
    answers: tuple[tuple[datetime, str], ...]
    as_of: datetime
