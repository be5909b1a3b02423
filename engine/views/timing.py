"""How long the steps of a service take, and who used the days: us, another unit, the applicant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from engine.model import Case, Drawing, ServiceFacts


class Warmth(StrEnum):
    """A middle value against its target."""

    FEW = "few"
    """Too few to say."""
    NO_TARGET = "no_target"
    BELOW = "below"
    """Half the target at most."""
    ON = "on"
    """Within the target."""
    OVER = "over"
    FAR = "far"
    """Twice the target and more."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long `count` things took, in open days and tenths. `p90` is None also where too few are counted."""

    count: int
    median: Decimal | None
    p90: Decimal | None
    target: int | None
    warmth: Warmth


@dataclass(frozen=True, slots=True)
class StageTime:
    """The visits of a stage that ended within a time, and whose the days were. The applicant's are not in `took`."""

    service: str
    stage: str
    took: Length
    ours: int
    theirs: int
    others: int


@dataclass(frozen=True, slots=True)
class TaskTime:
    """The tasks of one step of the diagram that were finished within a time, against the target of their stage."""

    element: str
    stage: str | None
    took: Length


@dataclass(frozen=True, slots=True)
class Times:
    """The stages of all services over the last `days` days. `whole`: every visit is counted, not the latest only."""

    stages: tuple[StageTime, ...]
    days: int
    since_on: date
    whole: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Heat:
    """The same of one service on its diagram."""

    facts: ServiceFacts
    version: str
    drawing: Drawing
    stages: tuple[StageTime, ...]
    tasks: tuple[TaskTime, ...]
    days: int
    since_on: date
    whole: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class TookLine:
    """One visit to a stage, or one task, and how long it took; of a visit also whose its whole days were."""

    case: Case
    began_at: datetime
    ended_at: datetime
    took: Decimal
    ours: int
    theirs: int
    others: int


@dataclass(frozen=True, slots=True)
class TookList:
    """A page of what a `Length` counts, the longest first. `further`: the place in which the next page begins."""

    rows: tuple[TookLine, ...]
    total: int
    further: int | None
    days: int
    since_on: date
    whole: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class DaysSpent:
    """The open days that a case lay in a stage (or in all): ours, the applicant's, and those of other units by unit."""

    stage: str
    ours: int = 0
    theirs: int = 0
    units: Mapping[str, int] = field(default_factory=dict)

    @property
    def others(self) -> int:
        return sum(self.units.values())

    @property
    def total(self) -> int:
        return self.ours + self.theirs + self.others
