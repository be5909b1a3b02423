"""The way of a case through the offices: who had it, since when, how long, and why it went on or came back.

Offices only, by role and unit; of answers only the choice of an outcome, never a text. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.model import AuditEntry, Element, Task
from engine.roles import APPLICANT
from engine.views import Hop, Passing, Reason

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.forms import Form
    from engine.store import Answered

Office = tuple[str, str | None]


def stays(
    tasks: Iterable[Task],
    elements: Mapping[str, Element],
    unit_of: Callable[[Task], str | None],
    entries: Iterable[AuditEntry],
) -> list[tuple[Office, list[Task]]]:
    """The tasks of each stay with one office, in order. Escalations stand beside the way and have no stage.

    What was opened in the same instant follows one another as it was finished, by the audit `entries` of the case.
    """
    finished = {entry.facts.get("task"): place for place, entry in enumerate(entries) if entry.verb == "complete"}

    def order(task: Task) -> tuple[datetime, bool, datetime, int]:
        return task.opened_at, task.closed_at is None, task.closed_at or task.opened_at, finished.get(task.id, -1)

    found: list[tuple[Office, list[Task]]] = []
    for task in sorted(tasks, key=order):
        element = elements.get(task.element)
        if task.role == APPLICANT or element is None or element.stage is None:
            continue
        office = (task.role, unit_of(task))
        if found and found[-1][0] == office:
            found[-1][1].append(task)
        else:
            found.append((office, [task]))
    return found


def chain(
    way: Sequence[tuple[Office, Sequence[Task]]],
    answers: Iterable[Answered],
    form_of: Callable[[str], Form],
    calendar: Calendar,
    now: datetime,
) -> tuple[Hop, ...]:
    """The stays as hops: the first received it, each further one was passed it, or got it back."""
    said = {row.task_id: row for row in answers if row.task_id}
    hops: list[Hop] = []
    seen: set[Office] = set()
    for index, (office, tasks) in enumerate(way):
        how = Passing.RECEIVED if index == 0 else Passing.RETURNED if office in seen else Passing.PASSED
        before = way[index - 1][1][-1] if index else None
        reason = _reason(said.get(before.id), form_of) if before else None
        open_ = any(task.closed_at is None for task in tasks)
        until = None if open_ else max(task.closed_at for task in tasks if task.closed_at)
        days = sum(_days(task, calendar, now) for task in tasks)
        hops.append(Hop(*office, how, tasks[0].opened_at, until, days, reason))
        seen.add(office)
    return tuple(hops)


def _days(task: Task, calendar: Calendar, now: datetime) -> int:
    return max(0, calendar.working_days_between(calendar.on(task.opened_at), calendar.on(task.closed_at or now)))


def _reason(row: Answered | None, form_of: Callable[[str], Form]) -> Reason | None:
    """The outcome that a person chose, as a word of the form's list."""
    if row is None:
        return None
    form = form_of(row.element)
    field = str(form.ui.get("ui:outcomes", {}).get("field", ""))
    value = row.answers.get(field)
    choices = form.schema.get("properties", {}).get(field, {}).get("oneOf", ())
    title = next((str(one["title"]) for one in choices if one.get("const") == value), "")
    return Reason(form.id, field, str(value), title) if title else None
