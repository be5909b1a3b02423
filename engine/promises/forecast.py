"""Whether a promise will be kept, by a rule a person can check: what is left to do, against the days that are left.

What is left to do is, stage by stage, how long four cases of five took lately; a stage known from too few cases takes
its target. Pure: knows no store, and moves no promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from engine.calendars import ONE_DAY, Calendar
from engine.model import Stage

SHARE = 0.8
"""How many of the cases of late a stage's usual time covers."""
FEWEST = 10
"""Finished visits below which a stage is reckoned by its target."""
OVERRUN = 1.0
"""Working days that a stage which took longer than usual is reckoned to take still."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Working days still needed and still there. `slow`: the present stage if it overran, else the longest to come."""

    needed: float
    left: float
    slow: str
    estimate_on: date

    @property
    def late(self) -> bool:
        return self.needed > self.left


def usual_days(lengths: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """How long each stage took four cases of five, in working days; stages with too few cases are left out."""
    known = {stage: sorted(days) for stage, days in lengths.items() if len(days) >= FEWEST}
    return {stage: days[min(len(days) - 1, int(len(days) * SHARE))] for stage, days in known.items()}


def forecast(
    ahead: Iterable[Stage],
    began_at: datetime,
    due_at: datetime,
    usual: Mapping[str, int],
    calendar: Calendar,
    now: datetime,
) -> Forecast:
    """What becomes of a case. `ahead` are its stages from the present one, entered at `began_at`, to the last promised.

    Days are working days and parts of them, so that a morning counts for more than the last hour of an afternoon.
    """
    stages = list(ahead)
    usually = [float(usual.get(stage.id, stage.budget_days or 0)) for stage in stages]
    taken = open_days(began_at, now, calendar)
    overran = bool(stages) and taken >= max(usually[0], 1.0)
    needs = [_rest(usually[0], taken), *usually[1:]] if stages else []
    needed, left = sum(needs), open_days(now, due_at, calendar)
    slow = 0 if overran else needs.index(max(needs)) if needs else 0
    return Forecast(needed, left, stages[slow].id if stages else "", _day_after(needed, calendar, now))


def _rest(typical: float, taken: float) -> float:
    """A stage that has not yet taken a day is in its time; one that has overrun is reckoned to take one more."""
    return OVERRUN if taken >= max(typical, 1.0) else max(typical - taken, 0.0)


def open_days(since: datetime, until: datetime, calendar: Calendar) -> float:
    """Office days between two instants, the first and the last by the share of their hours that lie between."""
    on, last_on, found = calendar.on(since), calendar.on(until), 0.0
    while on <= last_on:
        if calendar.is_open(on):
            opens, closes = calendar.opens_at(on), calendar.closes_at(on)
            between = max(min(closes, until) - max(opens, since), timedelta(0))
            found += between / (closes - opens)
        on += ONE_DAY
    return found


def _day_after(needed: float, calendar: Calendar, now: datetime) -> date:
    """The day on which that many office days from now are over."""
    today = calendar.on(now)
    rest = open_days(now, calendar.closes_at(today), calendar) if calendar.is_open(today) else 0.0
    more = ceil(round(needed - rest, 6))
    if more > 0:
        return calendar.last_day(today, more)
    return today if calendar.is_open(today) else calendar.next_open(today)
