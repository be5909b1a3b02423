"""ISO 8601 text to instants: what an analyst may write in quotes. Knows no clock; the city's zone is passed in.

A text without an offset is wall time of the city on that day, never of the machine and never a fixed offset.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.calendars import Calendar

_DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
_ONE_DAY = timedelta(days=1)
_CYCLE = re.compile(r"R(?P<times>\d{0,6})/(?:(?P<start>[^/P]+)/)?(?P<every>P[^/]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """A duration. Months are counted on the calendar, days by the wall clock, seconds as they pass."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.seconds)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repetition. `times` None: for ever. `start` None: one span after it was armed."""

    times: int | None
    start: datetime | None
    every: Span


def instant(text: str, calendar: Calendar) -> datetime:
    """The instant that a text names, in UTC. A day alone lasts until the office closes.

    Raises ValueError when it names none.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return calendar.closes_at(date.fromisoformat(text))
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("a time is written like '2026-12-24' or '2026-12-24T16:00'") from None
    return (found if found.tzinfo else found.replace(tzinfo=calendar.zone)).astimezone(UTC)


def span(text: str) -> Span:
    """A duration such as P3D, P1M, PT36H. Raises ValueError for anything else, fractions and signs included."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError("a duration is written like 'P3D' or 'PT36H'")
    part = {name: int(value or 0) for name, value in found.groupdict().items()}
    return Span(
        part["years"] * 12 + part["months"],
        part["weeks"] * 7 + part["days"],
        part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
    )


def cycle(text: str, calendar: Calendar) -> Cycle:
    """A repetition such as R3/PT1H, R/P1D, R/2027-01-01T08:00/P1W. Raises ValueError for anything else."""
    found = _CYCLE.fullmatch(text)
    if not found or not (every := span(found["every"])):
        raise ValueError("a cycle is written like 'R3/P1D'")
    start = instant(found["start"], calendar) if found["start"] else None
    return Cycle(int(found["times"]) if found["times"] else None, start, every)


def plus(at: datetime, length: Span, calendar: Calendar) -> datetime:
    """An instant later by a span, in UTC. 31 January and one month is the last of February."""
    local = at.astimezone(calendar.zone)
    year, month = divmod(local.year * 12 + local.month - 1 + length.months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    moved = local.replace(year=year, month=month + 1, day=day) + timedelta(days=length.days)
    return moved.astimezone(UTC) + timedelta(seconds=length.seconds)


def next_after(base: datetime, length: Span, now: datetime, calendar: Calendar) -> datetime:
    """The first of `base`, `base` + span, … that lies in the future: what was missed meanwhile is skipped."""
    at = base
    if not length.months and at <= now:
        # A minute's cycle after a month's outage is not walked step by step. A day to spare for a change of clocks.
        step = timedelta(days=length.days, seconds=length.seconds)
        skipped = max(0, (now - at) // step - 1 - _ONE_DAY // step)
        at = plus(at, Span(0, length.days * skipped, length.seconds * skipped), calendar)
    while at <= now:
        at = plus(at, length, calendar)
    return at
