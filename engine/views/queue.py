"""What becomes of a service's queue in the next working days, at the rate of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from engine.model import Case


@dataclass(frozen=True, slots=True)
class QueueDay:
    """How many cases that are in time now will be late by the close of office of a day."""

    on: date
    late: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The open cases of a service whose promise runs. `late` are late already; `days` count only further ones.

    `arriving` and `finishing`: the middle number a working day over the last weeks. `known`: promises closed lately;
    with fewer than `fewest` nothing is foretold and `days` is empty. `whole`: no case was left out for their number.
    """

    service: str
    open: int
    late: int
    days: tuple[QueueDay, ...]
    stages: tuple[tuple[str, int], ...]
    arriving: Decimal
    finishing: Decimal
    known: int
    fewest: int
    whole: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class WillBeLate:
    """A case that will be late: in which stage it loses the time, and when it is likely to be done."""

    case: Case
    slow: str
    estimate_on: date
