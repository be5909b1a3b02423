"""Who used which days of a case: us, another unit, the applicant. Pure; knows no store.

An open day belongs to whoever holds the case at its close of office. The day of receipt is day 0 and nobody's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from engine.roles import APPLICANT
from engine.views import DaysSpent

if TYPE_CHECKING:
    from engine.calendars import Calendar

US = "us"
"""Whose a day is that lies with the office itself; a unit's is said by its id, the applicant's by their role."""
_DAY = timedelta(days=1)


class Stay(Protocol):
    """What of a task says where a case lay."""

    @property
    def element(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


class Visit(Protocol):
    """A time in which a case was in a stage."""

    @property
    def stage(self) -> str: ...
    @property
    def began_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...


class Closings:
    """The closes of office from one day to another, so that many spans are counted without walking each day again."""

    def __init__(self, calendar: Calendar, first_on: date, last_on: date) -> None:
        days = (first_on + n * _DAY for n in range((last_on - first_on).days + 1))
        self._at = [calendar.closes_at(on) for on in days if calendar.is_open(on)]

    def between(self, since: datetime, until: datetime) -> Sequence[datetime]:
        """Every close within a time but for that of the day of receipt: the first one at or after `since`."""
        return self._at[bisect_left(self._at, since) + 1 : bisect_right(self._at, until)]


class OfficeTime:
    """Instants as open days of the office since a day, the hours of a day being its parts: what `open_days` of the
    forecast counts, for many spans at once."""

    def __init__(self, calendar: Calendar, first_on: date, last_on: date) -> None:
        days = [first_on + n * _DAY for n in range((last_on - first_on).days + 1)]
        self._hours = [(calendar.opens_at(on), calendar.closes_at(on)) for on in days if calendar.is_open(on)]
        self._opens = [opens for opens, _closes in self._hours]

    def at(self, instant: datetime) -> float:
        """How many open days are over, in days and parts of them."""
        day = bisect_right(self._opens, instant) - 1
        if day < 0:
            return 0.0
        opens, closes = self._hours[day]
        return day + min((instant - opens) / (closes - opens), 1.0)

    def between(self, since: datetime, until: datetime) -> float:
        return max(0.0, self.at(until) - self.at(since))


def holder_at(at: datetime, tasks: Iterable[Stay], staged: Collection[str]) -> str:
    """Whose a day is that closes at an instant: US, a unit's id, or the applicant's role.

    A task of the applicant comes before all else, as in the promise. Of the office's tasks the one that moves the case
    counts, the oldest of several: escalations stand beside the way and are in no stage.
    """
    held = [task for task in tasks if task.opened_at <= at and (task.closed_at is None or at < task.closed_at)]
    if any(task.role == APPLICANT for task in held):
        return APPLICANT
    moving = [task for task in held if task.element in staged]
    first = min(moving, key=lambda task: task.opened_at, default=None)
    return (first.unit if first else None) or US


def holders(
    visit: Visit, until: datetime, tasks: Sequence[Stay], staged: Collection[str], closings: Closings
) -> Iterator[str]:
    """Whose each day of one visit to a stage was, up to an instant."""
    ended_at = min(visit.ended_at or until, until)
    near = [one for one in tasks if one.opened_at <= ended_at and (one.closed_at or until) >= visit.began_at]
    for at in closings.between(visit.began_at, ended_at):
        yield holder_at(at, near, staged)


def spent(
    visits: Iterable[Visit], until: datetime, tasks: Sequence[Stay], staged: Collection[str], closings: Closings
) -> tuple[DaysSpent, ...]:
    """The days of a case by stage, in the order in which it first came there. What begins at `until` is left out."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for visit in visits:
        if visit.began_at < until:
            found[visit.stage].update(holders(visit, until, tasks, staged, closings))
    return tuple(days_of(stage, whose) for stage, whose in found.items())


def days_of(stage: str, whose: Counter[str]) -> DaysSpent:
    """Counted days as what a page is told."""
    units = {unit: days for unit, days in sorted(whose.items()) if unit not in (US, APPLICANT)}
    return DaysSpent(stage, whose[US], whose[APPLICANT], units)
