"""When each stage of a case should be over, when it was, and who used the days. Pure functions over nouns.

The timetable is fixed by the promise: the targets of the stages, one after the other, in days that were ours. What lies
ahead is never told a day that is past already, nor, while the promise can be kept, a day beyond the promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.model import DayKind, Element, PromiseStanding, ServiceFacts, Stage, Task
from engine.questions.shares import Closings, spent
from engine.views import DaysSpent, StageRow, StageState

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import StageVisit

_NOW_IN = (StageState.RUNNING, StageState.YOURS, StageState.LATE)


@dataclass(frozen=True, slots=True)
class Plan:
    """A service's stages as its diagram ties them to its first promise.

    `starts_in` and `kept_in` are the places of the stages in which the promise begins and is kept; -1 and None: none.
    """

    stages: tuple[Stage, ...]
    starts_in: int
    kept_in: int | None


def plan_of(facts: ServiceFacts, elements: Mapping[str, Element]) -> Plan:
    """Which stages lie within the promise. It is kept in the first stage that keeps it and has no target of its own."""
    promise = facts.main.id if facts.main else None
    places = {stage.id: place for place, stage in enumerate(facts.stages)}
    starts = [places[e.stage] for e in elements.values() if e.starts == promise and e.stage in places and promise]
    keeps = {places[e.stage] for e in elements.values() if e.keeps == promise and e.stage in places and promise}
    kept = [place for place in sorted(keeps) if facts.stages[place].budget_days is None]
    return Plan(facts.stages, max(starts, default=-1), kept[0] if kept else None)


def timed(
    rows: Sequence[StageRow],
    plan: Plan,
    promise: PromiseStanding | None,
    visits: Sequence[StageVisit],
    tasks: Sequence[Task],
    calendar: Calendar,
    now: datetime,
) -> tuple[StageRow, ...]:
    """The rows with the day each stage should be over, the open days it took and whose they were."""
    until = (promise and promise.closed_at) or now
    began_at = min((visit.began_at for visit in visits), default=until)
    closings = Closings(calendar, calendar.on(began_at), calendar.on(until))
    used = {one.stage: one for one in spent(visits, until, tasks, (), closings)}
    counted = [_counted(row, used.get(row.stage.id)) for row in rows]
    due = _due_days(counted, plan, promise, calendar, now)
    return tuple(_dated(row, due.get(place), plan, place, promise, calendar, now) for place, row in enumerate(counted))


def _counted(row: StageRow, used: DaysSpent | None) -> StageRow:
    """With the open days that were ours, whichever unit's, and the applicant's, up to when the promise was closed."""
    return replace(row, ours=used.ours, theirs=used.theirs) if used else row


def _dated(
    row: StageRow,
    due_on: date | None,
    plan: Plan,
    place: int,
    promise: PromiseStanding | None,
    calendar: Calendar,
    now: datetime,
) -> StageRow:
    after = None
    if promise is not None and promise.started_at is None and place > plan.starts_in and row.stage.budget_days:
        after = sum(stage.budget_days or 0 for stage in plan.stages[plan.starts_in + 1 : place + 1])
    ended_at = row.ended_at or (now if row.state in _NOW_IN else None)
    late = due_on is not None and ended_at is not None and ended_at > calendar.closes_at(due_on)
    return replace(row, due_on=due_on, after_days=after, late=late)


def _due_days(
    rows: Sequence[StageRow], plan: Plan, promise: PromiseStanding | None, calendar: Calendar, now: datetime
) -> dict[int, date]:
    """By place of the stage. Stages that were skipped have none."""
    fixed = _timetable(plan, promise, calendar)
    due = {place: on for place, on in fixed.items() if rows[place].state is not StageState.SKIPPED}
    for place, row in enumerate(rows):
        if place <= plan.starts_in and row.began_at and row.stage.budget_days:
            received_on = calendar.received_on(row.began_at)
            due[place] = calendar.last_day(received_on, row.stage.budget_days + row.theirs)
    if promise is not None and promise.due_at is not None and promise.closed_at is None:
        due.update(_ahead(rows, fixed, promise, calendar, now))
    return due


def _timetable(plan: Plan, promise: PromiseStanding | None, calendar: Calendar) -> dict[int, date]:
    """The targets within a promise that has begun, in its own days: those of the applicant and of outages move it."""
    if promise is None or not promise.days:
        return {}
    ours = [day.on for day in promise.days if day.kind is DayKind.COUNTED and calendar.is_open(day.on)]
    due_on, needed, found = promise.days[-1].on, 0, {}
    for place, stage in enumerate(plan.stages):
        if place <= plan.starts_in:
            continue
        needed += stage.budget_days or 0
        if stage.budget_days:
            found[place] = ours[needed - 1] if needed <= len(ours) else due_on
        elif place == plan.kept_in:
            found[place] = due_on
    return found


def _ahead(
    rows: Sequence[StageRow], fixed: Mapping[int, date], promise: PromiseStanding, calendar: Calendar, now: datetime
) -> Iterator[tuple[int, date]]:
    """The stages to come, counted from now on where the timetable has been overtaken."""
    today, needed = calendar.received_on(now), 0
    due_on = promise.days[-1].on
    for place, row in enumerate(rows):
        budget = row.stage.budget_days or 0
        if row.state in _NOW_IN:
            needed += max(budget - row.ours, 0)
        elif row.state is StageState.AHEAD and budget and place in fixed:
            needed += budget
            earliest = calendar.last_day(today, needed)
            on = max(fixed[place], earliest)
            yield place, on if promise.overdue else min(on, due_on)
