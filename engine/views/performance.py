"""How the city kept its promises: counts of promises that have fallen due, and the figures made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from engine.model import ServiceFacts, Unit


class Fate(StrEnum):
    """What became of a promise whose due moment has passed."""

    KEPT = "kept"
    LATE = "late"
    """Closed after its due moment, also when the case ended without keeping it."""
    OPEN = "open"
    """Still not kept. It is as much a miss as a late one."""
    CANCELLED = "cancelled"
    """The case ended before the due moment: neither kept nor broken."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`count` promises alike in all else. `month` is that of the due day, `ours` the days of ours that each used up.

    `theirs` is the sum of the applicants' days. `stage` and `unit` say who had the case when the promise was closed, or
    has it now; `counts_in` is what the days are.
    """

    service: str
    promise: str
    counts_in: Unit
    month: str
    stage: str | None
    unit: str | None
    fate: Fate
    ours: int
    theirs: int
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one population. `due` = `kept` + `late` + `open`; rates are percent, rounded down.

    `rate` counts what is open as missed, `closed_rate` leaves it out. `median`, `p90`, `ours` and `theirs` speak of the
    promises that are closed: of an open one nobody knows how long it will take. None where there is nothing to count.
    """

    due: int
    kept: int
    late: int
    open: int
    cancelled: int
    rate: Decimal | None
    closed_rate: Decimal | None
    median: Decimal | None
    p90: int | None
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of one month; None: hidden, because so few could be told apart or worked out from the total."""

    month: str
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """One promise of one service: in total, and month by month, the latest first."""

    service: str
    promise: str
    counts_in: Unit
    total: Figures | None
    months: tuple[MonthFigures, ...]


@dataclass(frozen=True, slots=True)
class Performance:
    """Every promise that has figures, from `since` to `until` (months like `2026-11`). Below `least` is hidden."""

    promises: tuple[PromiseFigures, ...]
    services: Mapping[str, ServiceFacts]
    since: str
    until: str
    least: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class OnTime:
    """The main promise of each service by month, nothing hidden: for whoever oversees, who may open every list."""

    promises: tuple[PromiseFigures, ...]
    since: str
    until: str
    as_of: datetime
