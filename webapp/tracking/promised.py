"""How a promise is told: which day goes on the leaf, which of the four states it is in, and in which words.

Pure: an answer of the engine goes in, ids and msgids come out. A page only writes down what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from engine.model import DayKind, PromiseStanding, PromiseState, Unit
from engine.views import Tracking, Urgency

NEUTRAL = "netral"

WORDS = {
    Urgency.ON_TIME: "Sesuai janji",
    Urgency.AT_RISK: "Mendekati batas",
    Urgency.LATE: "Lewat batas",
    Urgency.APPLICANT: "Menunggu Anda",
}
OTHER_WORDS = {"ended": "Ditutup", "ahead": "Belum mulai dihitung"}
"""The word where a case is in none of the four states, by kind."""

LABELS = {
    "running": "Janji selesai",
    "paused": "Bila Anda menjawab hari ini, selesai",
    "late": "Janji kami",
    "kept": "Dipenuhi pada",
    "broken": "Dipenuhi pada",
    "ended": "Berkas ditutup",
    "ahead": "Bila berkas lengkap hari ini, selesai",
}
"""What stands above the date, by kind."""


@dataclass(frozen=True, slots=True)
class Told:
    """The promise on the leaf. `kind` names the sentence in citizen/promise.html that goes with it.

    `on` None: there is no day to show. `sure` False: the day is what it would be, not what is owed.
    """

    kind: str
    state: str
    on: date | datetime | None
    sure: bool = True
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def word(self) -> str:
        """The state as a word, which always stands beside its colour."""
        return OTHER_WORDS[self.kind] if self.state == NEUTRAL else WORDS[Urgency(self.state)]


class Calendar(Protocol):
    """What is asked of the city's calendar here."""

    def on(self, at: datetime) -> date: ...

    def working_days_between(self, first: date, last: date) -> int: ...


def told(tracking: Tracking, expected: PromiseStanding | None, calendar: Calendar) -> Told:
    """The promise of a case. `expected` is the one it would have if it began now, used until it has one."""
    promise = tracking.promise
    if promise is not None and _over(promise):
        return _closed(promise, calendar)
    if tracking.case.ended_at is not None:
        return Told("ended", NEUTRAL, tracking.case.ended_at)
    if promise is None or promise.due_at is None:
        return _ahead(tracking, expected)
    facts = {"unit": promise.rule.unit.value, "left": promise.left, "due_at": promise.due_at}
    if promise.state is PromiseState.PAUSED:
        return Told("paused", Urgency.APPLICANT, promise.due_at, False, facts)
    away = _days_away(promise, tracking.as_of, calendar)
    if promise.overdue:
        return Told("late", Urgency.LATE, promise.due_at, True, {**facts, "over": -away})
    return Told("running", tracking.urgency, promise.due_at, not promise.estimate, {**facts, "left": away})


def concluded(tracking: Tracking) -> bool:
    """Whether the office has done all it promised: what still waits for the citizen is then an offer, not a duty."""
    return _over(tracking.promise) and tracking.holder_role is None


def _over(promise: PromiseStanding | None) -> bool:
    return promise is not None and promise.state in (PromiseState.KEPT, PromiseState.BROKEN)


def _closed(promise: PromiseStanding, calendar: Calendar) -> Told:
    if promise.state is PromiseState.BROKEN:
        return Told("broken", Urgency.LATE, promise.closed_at, True, {"due_at": promise.due_at})
    on_the_day = calendar.on(promise.closed_at or promise.due_at) == calendar.on(promise.due_at)  # type: ignore[arg-type]
    return Told("kept", Urgency.ON_TIME, promise.closed_at, True, {"due_at": promise.due_at, "on_the_day": on_the_day})


def _days_away(promise: PromiseStanding, now: datetime, calendar: Calendar) -> int:
    """Days from today to the due day in the promise's own unit, as a person counts them; negative once it is past."""
    today, due_on = calendar.on(now), calendar.on(promise.due_at)  # type: ignore[arg-type]
    if promise.rule.unit is Unit.CALENDAR_DAYS:
        return (due_on - today).days
    return calendar.working_days_between(today, due_on)


def _ahead(tracking: Tracking, expected: PromiseStanding | None) -> Told:
    due_at = expected.due_at if expected else None
    return Told("ahead", Urgency.APPLICANT if tracking.task else NEUTRAL, due_at, sure=False)


@dataclass(frozen=True, slots=True)
class Days:
    """How many days of a promise's sum were of which kind up to now."""

    counted: int
    closed: int
    applicant: int
    outage: int


def days_so_far(promise: PromiseStanding, today: date) -> Days:
    """The sum in four numbers, for whoever does not want to read it day by day."""
    kinds = [day.kind for day in promise.days if day.on <= today]
    return Days(
        counted=promise.used,
        closed=kinds.count(DayKind.CLOSED),
        applicant=kinds.count(DayKind.APPLICANT),
        outage=kinds.count(DayKind.OUTAGE),
    )


def whole_sum(promise: PromiseStanding) -> dict[str, int]:
    """Every day after day 0 up to the due day by its kind, as a person checks the sum; `all` is their number."""
    kinds = [day.kind for day in promise.days if day.kind is not DayKind.RECEIVED]
    told = (DayKind.COUNTED, DayKind.CLOSED, DayKind.APPLICANT, DayKind.OUTAGE)
    return {"all": len(kinds), **{kind.value: kinds.count(kind) for kind in told}}


@dataclass(frozen=True, slots=True)
class Meter:
    """The days of a budget as boxes in a row: (x, used) on a line of `width`. Empty when there are too many to see."""

    width: int
    boxes: tuple[tuple[int, bool], ...]


MOST_BOXES = 20
BOX = 20


def meter(promise: PromiseStanding | None) -> Meter | None:
    """A promise's budget and what is used of it, as a picture; None when it has not begun or is too long."""
    if promise is None or promise.started_at is None or promise.budget > MOST_BOXES:
        return None
    boxes = tuple((index * BOX, index < promise.used) for index in range(promise.budget))
    return Meter(promise.budget * BOX - 3, boxes)
