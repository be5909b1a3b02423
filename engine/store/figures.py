"""What is counted, summed and measured. Frozen; knows no SQL and works nothing out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import Decision, PromiseState


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many late requests of a service and unit came out one way; `still_open`: their tasks are."""

    service: str
    unit: str | None
    decision: Decision
    still_open: bool
    count: int


@dataclass(frozen=True, slots=True)
class EndedVisit:
    """A visit to a stage that is over, with its case."""

    case_id: str
    service: str
    stage: str
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A task as a length of time; `finished`: by a person, not taken away by the diagram."""

    element: str
    role: str
    unit: str | None
    opened_at: datetime
    closed_at: datetime | None
    finished: bool | None


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """`oldest_at`: when the longest waiting notice was written."""

    waiting: int
    failed: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class TimerFigures:
    """`oldest_due_at`: the most overdue timer that nobody has fired."""

    due: int
    next_day: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rated:
    """One person's answers to the survey: `scores` for U1 to U9, `month` like `2026-11`, `mark` a keyed hash."""

    mark: str
    service: str
    version: str
    month: str
    scores: tuple[int, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class SurveySums:
    """How many people answered, and the sum of their answers to each element."""

    people: int
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that has begun and is not closed. `due_at` and `promise_state` are of its main promise."""

    case_id: str
    promise: str
    service: str
    version: str
    calendar: int
    stage: str | None
    due_at: datetime | None
    promise_state: PromiseState
