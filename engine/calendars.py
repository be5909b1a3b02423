"""The city's days: which are open, when the office closes, when a term runs out. Knows no clock and no case.

Half days (Friday, Ramadan) count whole. Instants come in aware and go out in UTC; days are days in the city's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

import holidays

from engine.model import DaySort

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""Names of the weekdays by `date.weekday()`; they are the reason shown for a day on which the office never opens."""

ESTIMATED = "(perkiraan)"
"""How the holidays package marks a day that hangs on the moon and that nobody has decreed yet."""

ONE_DAY = timedelta(days=1)


class Closures(Protocol):
    """Why a day is closed, or None. A plain dict will do."""

    def get(self, on: date, /) -> str | None: ...


Amendment = tuple[str | None, DaySort]
"""What an order makes of a day: the name of what closes it, or None when the office works, and the kind of day."""


@runtime_checkable
class Sorted(Protocol):
    """Closures that also know what kind of day each is."""

    def sort(self, on: date, /) -> DaySort: ...


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday, in the city's wall time. Raises ValueError unless it closes after it opens."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes:%H:%M}, not after it opens at {self.opens:%H:%M}")

    @classmethod
    def read(cls, text: str) -> Hours:
        """Hours from `08:00-16:00`. Raises ValueError for anything else."""
        opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
        return cls(opens, closes)


Week = Mapping[int, Hours]
"""Hours by `date.weekday()` (0 is Monday). A weekday that is missing is closed."""


@dataclass(frozen=True, slots=True)
class Period:
    """Other hours from `first_on` to `last_on`, both included (Ramadan). Weekdays not in `week` keep their hours."""

    first_on: date
    last_on: date
    week: Week
    source: str = ""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The open days and office hours of one city. Frozen, shared by threads; years are worked out once and kept.

    `decreed_until` is the last year whose holidays are decreed; every working day after it is an estimate.
    Raises ValueError when no weekday is ever open: no term would end.
    """

    zone: ZoneInfo
    week: Week
    closed: Closures
    decreed_until: int
    periods: tuple[Period, ...] = ()
    _years: dict[int, dict[date, str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.week:
            raise ValueError("an office that never opens keeps no promise: give at least one weekday its hours")

    def on(self, at: datetime) -> date:
        """The day in the city at an aware instant."""
        return at.astimezone(self.zone).date()

    def is_open(self, on: date) -> bool:
        return on not in self._closed_days(on.year)

    def closed_because(self, on: date) -> str | None:
        """Name of the holiday, else of the weekday, that keeps the office closed. None when it is open."""
        return self._closed_days(on.year).get(on)

    def sort_of(self, on: date) -> DaySort:
        """What kind of day it is. A day that closures only name, without saying its kind, is the city's own."""
        if self.is_open(on):
            return DaySort.HOURS if self._period(on) else DaySort.OPEN
        if not self.closed.get(on):
            return DaySort.WEEKEND
        return self.closed.sort(on) if isinstance(self.closed, Sorted) else DaySort.LOCAL

    def amended(self, days: Mapping[date, Amendment], periods: tuple[Period, ...]) -> Calendar:
        """The same calendar with some days otherwise, and with periods that come before its own."""
        return replace(self, closed=Amended(self.closed, days), periods=(*periods, *self.periods))

    def opens_at(self, on: date) -> datetime:
        """When the office opens that day; on a closed day the usual hour (see `closes_at`)."""
        return self._instant(on, self.hours(on).opens)

    def closes_at(self, on: date) -> datetime:
        """Close of office that day. A closed day has no hour of its own: the latest of the week stands in for it."""
        return self._instant(on, self.hours(on).closes)

    def hours(self, on: date) -> Hours:
        """The hours of that day; on a closed day those of the weekday that closes latest."""
        if not self.is_open(on):
            return max(self.week.values(), key=lambda hours: hours.closes)
        period = self._period(on)
        return period.week[on.weekday()] if period else self.week[on.weekday()]

    def received_on(self, at: datetime) -> date:
        """Day 0 of something that arrived at an instant: that day, or the next open one.

        The next one when the office is closed that day or has closed already; at the stroke of closing is in time.
        """
        on = self.on(at)
        if self.is_open(on) and at <= self.closes_at(on):
            return on
        return self.next_open(on)

    def last_day(self, received_on: date, working_days: int) -> date:
        """Last day of a term of `working_days` open days.

        The day of receipt is day 0 and is not counted; half days (Friday, Ramadan) count whole.

        Raises ValueError unless `working_days` is at least 1.
        """
        if working_days < 1:
            raise ValueError(f"a term lasts at least 1 working day, not {working_days}")
        return self._step(received_on, working_days, ONE_DAY)

    def working_days_between(self, first_on: date, last_on: date) -> int:
        """Open days after the first day up to and including the last; negative when they are the other way round."""
        if last_on < first_on:
            return -self.working_days_between(last_on, first_on)
        span = (last_on - first_on).days
        return sum(self.is_open(first_on + timedelta(days=day)) for day in range(1, span + 1))

    def next_open(self, on: date) -> date:
        """The first open day after this one."""
        return self._step(on, 1, ONE_DAY)

    def previous_open(self, on: date) -> date:
        """The last open day before this one."""
        return self._step(on, 1, -ONE_DAY)

    def plus_working_days(self, at: datetime, working_days: int) -> datetime:
        """Close of office of the last day of a term that begins with receipt at an instant. Errors as `last_day`."""
        return self.closes_at(self.last_day(self.received_on(at), working_days))

    def is_estimate(self, on: date, since: date | None = None) -> bool:
        """Whether a decree to come may still move a term that ends on this day and was received on `since`.

        It may when the year is not decreed, and when the term touches a holiday that is itself marked as an
        estimate, or lies one day beside it: the moon moves such a day by one.
        """
        if on.year > self.decreed_until:
            return True
        day = (since or on) - ONE_DAY
        while day <= on + ONE_DAY:
            if ESTIMATED in (self.closed_because(day) or ""):
                return True
            day += ONE_DAY
        return False

    def _period(self, on: date) -> Period | None:
        """The first period that has hours of its own for that day."""
        covering = (one for one in self.periods if one.first_on <= on <= one.last_on)
        return next((one for one in covering if on.weekday() in one.week), None)

    def _step(self, on: date, count: int, step: timedelta) -> date:
        while count:
            on += step
            count -= self.is_open(on)
        return on

    def _instant(self, on: date, at: time) -> datetime:
        return datetime.combine(on, at, self.zone).astimezone(UTC)

    def _closed_days(self, year: int) -> dict[date, str]:
        # Two threads may work out the same year at once; both get the same and either may be kept.
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._work_out(year)
        return known

    def _work_out(self, year: int) -> dict[date, str]:
        first = date(year, 1, 1)
        days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
        reasons = ((on, self.closed.get(on) or self._never_open(on)) for on in days)
        return {on: reason for on, reason in reasons if reason}

    def _never_open(self, on: date) -> str | None:
        return None if on.weekday() in self.week else WEEKDAYS[on.weekday()]


class Amended:
    """Closures with some days otherwise than they were."""

    def __init__(self, before: Closures, days: Mapping[date, Amendment]) -> None:
        self._before = before
        self._days = dict(days)

    def get(self, on: date, /) -> str | None:
        return self._days[on][0] if on in self._days else self._before.get(on)

    def sort(self, on: date, /) -> DaySort:
        if on in self._days:
            return self._days[on][1]
        return self._before.sort(on) if isinstance(self._before, Sorted) else DaySort.LOCAL


class NationalHolidays:
    """Libur nasional and cuti bersama of a country with a city's corrections, worked out once per year.

    A correction maps a day to the name of what closes it, or to None when the city works that day. Both categories
    are named because the package leaves out `government`, and with it every cuti bersama, by default.
    The language is named because the package otherwise follows the locale of the machine.
    Raises NotImplementedError for a country the package does not know, ValueError for one without both categories.
    """

    def __init__(self, country: str, corrections: Mapping[date, str | None] | None = None) -> None:
        self._country = country
        self._corrections = dict(corrections or {})
        self._years: dict[int, Mapping[date, str]] = {}
        self._public: dict[int, Mapping[date, str]] = {}
        self.decreed(date(2000, 1, 1))

    def get(self, on: date, /) -> str | None:
        return self._corrections[on] if on in self._corrections else self.decreed(on)

    def sort(self, on: date, /) -> DaySort:
        """National or joint by decree; what only the city's file closes is local."""
        if on in self._corrections and self._corrections[on] != self.decreed(on):
            return DaySort.LOCAL
        public = self._public.get(on.year)
        if public is None:
            public = self._public[on.year] = self._load(on.year, ("public",))
        return DaySort.NATIONAL if on in public else DaySort.JOINT

    def decreed(self, on: date) -> str | None:
        """What the country alone says of the day, before the city's corrections."""
        known = self._years.get(on.year)
        if known is None:
            known = self._years[on.year] = self._load(on.year, ("public", "government"))
        return known.get(on)

    def _load(self, year: int, categories: tuple[str, ...]) -> Mapping[date, str]:
        found = holidays.country_holidays(self._country, years=year, expand=False, language="id", categories=categories)
        return {on: name for on, name in found.items() if on.year == year}
