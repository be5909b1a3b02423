"""What a supervisor is told: numbers, each of which is a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model import Case, Task

from .shared import Urgency
from .work import Work


@dataclass(frozen=True, slots=True)
class Counted:
    """Open cases by state. Each number is the length of the list with the same filter."""

    late: int
    at_risk: int
    running: int
    applicant: int

    @property
    def open(self) -> int:
        return self.late + self.at_risk + self.running + self.applicant

    @property
    def any(self) -> bool:
        return self.open > 0


@dataclass(frozen=True, slots=True)
class Where:
    """Open cases whose work lies in one place or one person's hands. `id` is what a list is narrowed by.

    `name`: a person's name; empty for places, whose names are the city's.
    """

    id: str
    counts: Counted
    name: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a second person looks at before it goes out: which step, by whom, when. `own`: the reader did it."""

    element: str
    by_name: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class Oversight:
    """Four numbers, each of which is a list, and what has come up the ladder to this person.

    `escalated`: the first of `waiting` tasks, and in `checks`, by task, what those look at that are a second person's.
    `rows`: by service and stage. `places` and `people`: by where the work lies; a case that lies in two is in both.
    """

    late: int
    at_risk: int
    running: int
    applicant: int
    rows: tuple[tuple[str, str, int, int, int, int], ...]
    escalated: tuple[Work, ...]
    as_of: datetime
    places: tuple[Where, ...] = ()
    people: tuple[Where, ...] = ()
    waiting: int = 0
    checks: Mapping[str, Checked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NearTask:
    """One open task of ours; `holder_name` empty: nobody has taken it."""

    task: Task
    holder_name: str


@dataclass(frozen=True, slots=True)
class Near:
    """A case in time that falls due soon, what it waits for, and what the rule of the warnings says of it.

    `slow`: the stage in which it loses the time; `estimate_on`: when it is likely to be done. `extendable`: its service
    lets its promise be extended.
    """

    case: Case
    urgency: Urgency
    days_left: int | None
    tasks: tuple[NearTask, ...]
    late: bool
    slow: str
    estimate_on: date
    extendable: bool


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether time is being kept: when the scheduler last swept, and how long the most overdue timer has waited."""

    tick_at: datetime | None
    lag_s: float
    as_of: datetime
