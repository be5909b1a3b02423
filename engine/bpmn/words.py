"""The words that know time: what a diagram may say of now, of the office and of a promise's dates.

Every word answers with ISO 8601 text of an instant in UTC, or None where a promise has no date yet: what it says is
kept in the tokens of a case, where only JSON may be. Words that follow a promise are listed: they are asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from . import instants

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.model import PromiseDates

PROMISE_WORDS = frozenset({"due", "before_due", "after_due", "at_share"})
"""Words whose answer changes with the promise's ledger."""

Lookup = Callable[[str], Any]
"""The value at a dotted path of the case data, None when there is none."""


class Words:
    """What time it is, when the office is open and what was promised, for one step of one case."""

    def __init__(self, now: datetime, calendar: Calendar, dates: PromiseDates) -> None:
        self.now = now.astimezone(UTC)
        self.calendar = calendar
        self.dates = dates

    def functions(self, lookup: Lookup) -> dict[str, Callable[..., Any]]:
        """The words by name. `lookup` reads the case data for words that take a path."""
        return {
            "today": self.today,
            "due": lambda promise: _iso(self.dates.due(promise)),
            "at_share": lambda promise, percent: _iso(self.dates.at_share(promise, percent)),
            "before_due": lambda promise, working_days: _iso(self.dates.before_due(promise, working_days)),
            "after_due": lambda promise, working_days: _iso(self.dates.after_due(promise, working_days)),
            "end_of": lambda day: self.end_of(_looked_up(day, lookup)),
            "days_before": lambda end, days: self.days_before(_looked_up(end, lookup), days),
            "working_days": self.working_days,
            "days": lambda days: self._after(instants.Span(days=_count(days))),
            "hours": lambda hours: self._after(instants.Span(seconds=_count(hours) * 3600)),
            "minutes": lambda minutes: self._after(instants.Span(seconds=_count(minutes) * 60)),
            "every": self.every,
        }

    def today(self) -> str:
        """The day it is in the city."""
        return self.calendar.on(self.now).isoformat()

    def end_of(self, day: str) -> str:
        """Close of office on a day, or on the day in the city of an instant."""
        return _iso_of(self.calendar.closes_at(self._day(day)))

    def days_before(self, end: str, days: int) -> str:
        """When the office opens so many calendar days before a day; that much earlier for an instant."""
        if len(end) > len("2026-12-24"):
            return _iso_of(instants.instant(end, self.calendar) - timedelta(days=_count(days)))
        return _iso_of(self.calendar.opens_at(date.fromisoformat(end) - timedelta(days=_count(days))))

    def working_days(self, days: int) -> str:
        """Close of office of the last day of a term received now."""
        return _iso_of(self.calendar.plus_working_days(self.now, _count(days)))

    def every(self, **span: int) -> dict[str, int]:
        """A repetition in `working_days`, `days`, `hours` or `minutes`: one of them. Timers take it from here."""
        if len(span) != 1 or not set(span) <= {"working_days", "days", "hours", "minutes"}:
            raise ValueError("every needs one of working_days, days, hours, minutes")
        return {name: _count(value) for name, value in span.items()}

    def next_in(self, span: Mapping[str, int], base: datetime) -> datetime:
        """The next occurrence of an `every` after now, counted on from the last one."""
        if "working_days" in span:
            at = base
            while at <= self.now:
                at = self.calendar.plus_working_days(at, span["working_days"])
            return at
        seconds = span.get("hours", 0) * 3600 + span.get("minutes", 0) * 60
        length = instants.Span(days=span.get("days", 0), seconds=seconds)
        return instants.next_after(base, length, self.now, self.calendar)

    def _after(self, span: instants.Span) -> str:
        return _iso_of(instants.plus(self.now, span, self.calendar))

    def _day(self, text: str) -> date:
        if len(text) > len("2026-12-24"):
            return self.calendar.on(instants.instant(text, self.calendar))
        return date.fromisoformat(text)


def _looked_up(given: Any, lookup: Lookup) -> str:
    """A day or instant as it was given, or the one that stands at the path that was given."""
    if not isinstance(given, str):
        raise TypeError("a day such as 2026-12-24 or the path to one is needed")
    found = given if given[:1].isdigit() else lookup(given)
    if not isinstance(found, str) or not found[:1].isdigit():
        raise ValueError(f"there is no day at {given}")
    return found


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 100_000:
        raise ValueError("a whole number from 1 is needed")
    return value


def _iso(at: datetime | None) -> str | None:
    return None if at is None else _iso_of(at)


def _iso_of(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
