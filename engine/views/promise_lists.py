"""The promises behind a figure, and what comes in and is finished from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.model import Case, PromiseRule

from .performance import Fate


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise. Of an open one, `closed_at` None, nobody knows yet how many days it will have used."""

    case: Case
    due_at: datetime
    closed_at: datetime | None
    fate: Fate
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class PromiseList:
    """A page of the promises that a figure counts, `total` in all. `further`: where the next page begins."""

    service: str
    rule: PromiseRule
    rows: tuple[PromiseLine, ...]
    total: int
    further: str | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class DayRate:
    """From the close of office before a day to that of the day: cases begun, and promises closed."""

    on: date
    started: int
    closed: int


@dataclass(frozen=True, slots=True)
class Rates:
    """The last working days of a service, the latest first."""

    service: str
    days: tuple[DayRate, ...]
    as_of: datetime
