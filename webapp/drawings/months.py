"""A year as twelve small tables: weeks from Monday to Sunday, and beside each month what is not usual in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine.model import DaySort
from engine.views import DayOfYear

Week = tuple[DayOfYear | None, ...]

SORTS = {
    DaySort.OPEN: "hari kerja",
    DaySort.HOURS: "jam kerja lain",
    DaySort.WEEKEND: "akhir pekan",
    DaySort.NATIONAL: "libur nasional",
    DaySort.JOINT: "cuti bersama",
    DaySort.LOCAL: "penutupan kota",
}
"""What each kind of day is called."""
MARKS = {DaySort.HOURS: "◔", DaySort.NATIONAL: "●", DaySort.JOINT: "◆", DaySort.LOCAL: "■"}
"""The shape beside a day's number: no state is a colour alone."""


@dataclass(frozen=True, slots=True)
class Note:
    """Days in a row with the same name: one line below the month."""

    first_on: date
    last_on: date
    sort: DaySort
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month. `weeks` are rows of seven; `working_days` how many days the office is open."""

    first_on: date
    weeks: tuple[Week, ...]
    notes: tuple[Note, ...]
    working_days: int


def months(days: Sequence[DayOfYear]) -> tuple[Month, ...]:
    """The months of a year's days, which come in order."""
    return tuple(_month(list(own)) for _, own in groupby(days, key=lambda day: day.on.month))


def _month(days: list[DayOfYear]) -> Month:
    cells = [*[None] * days[0].on.weekday(), *days]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))
    working = sum(day.sort in (DaySort.OPEN, DaySort.HOURS) for day in days)
    return Month(days[0].on, weeks, tuple(_notes(days)), working)


def _notes(days: Sequence[DayOfYear]) -> Iterator[Note]:
    """What is neither a usual day nor a weekend, days in a row joined."""
    said = (DaySort.OPEN, DaySort.WEEKEND)
    for (sort, name), run in groupby(days, key=lambda day: (day.sort, day.hours or day.name)):
        if sort not in said:
            together = list(run)
            yield Note(together[0].on, together[-1].on, sort, name)
