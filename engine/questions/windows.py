"""What the citizen can do with a case, and of what they cannot do, why. Pure: nouns go in, windows come out.

Every act of the applicant that the diagram draws is told, open or closed, so that nobody looks for a button in vain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.model import Case, Closing, Element, Permit, PromiseStanding, Task
from engine.roles import APPLICANT
from engine.verbs.pressing import opens_again_at, shut
from engine.views import Act, Closed, Press, Window

if TYPE_CHECKING:
    from engine.calendars import Calendar


def windows_of(
    case: Case, elements: Mapping[str, Element], tasks: Iterable[Task], *, may_withdraw: bool, withdrawn: bool
) -> tuple[Window, ...]:
    """The applicant's tasks in the order of the diagram, then withdrawal."""
    mine: dict[str, list[Task]] = {}
    for task in tasks:
        if task.role == APPLICANT:
            mine.setdefault(task.element, []).append(task)
    drawn = [e.id for e in elements.values() if e.kind == "userTask" and e.role == APPLICANT]
    found = [_task(case, element, mine.get(element, ()), withdrawn) for element in drawn]
    return (*found, _withdrawal(case, may_withdraw, withdrawn))


def _task(case: Case, element: str, tasks: Iterable[Task], withdrawn: bool) -> Window:
    last = max(tasks, key=lambda task: (task.closed_at is None, task.opened_at), default=None)
    if last is None:
        return Window(Act.TASK, Closed.NEVER if case.ended_at else Closed.NOT_YET, element=element)
    if last.closed_at is None:
        return Window(Act.TASK, None, element=element, task_id=last.id, until=last.due_at)
    if last.closing is Closing.COMPLETED:
        return Window(Act.TASK, Closed.DONE, element=element, at=last.closed_at)
    why = Closed.OVER if withdrawn and last.closed_at == case.ended_at else Closed.EXPIRED
    return Window(Act.TASK, why, element=element, at=last.closed_at)


def _withdrawal(case: Case, may_withdraw: bool, withdrawn: bool) -> Window:
    if may_withdraw:
        return Window(Act.WITHDRAW, None)
    if withdrawn:
        return Window(Act.WITHDRAW, Closed.DONE, at=case.ended_at)
    return Window(Act.WITHDRAW, Closed.OVER if case.ended_at else Closed.TOO_LATE, at=case.ended_at)


def press_window(
    promises: Iterable[PromiseStanding],
    past: Sequence[Press],
    calendar: Calendar,
    now: datetime,
    ended: Closed | None = None,
) -> Window:
    """Pressing for an overdue case; what it does says `verbs.pressing`."""
    closed = shut(promises, past, calendar, now, ended)
    return Window(Act.PRESS, closed, at=opens_again_at(past, calendar) if closed is Closed.JUST_PRESSED else None)


def download_window(case: Case, permits: Sequence[Permit], *, issues: bool) -> tuple[Window, ...]:
    """The paper of a service that issues one; nothing where there is never any."""
    if not issues:
        return ()
    if permits:
        printed = any(permit.document_sha256 for permit in permits)
        return (Window(Act.DOWNLOAD, None if printed else Closed.PRINTING),)
    return (Window(Act.DOWNLOAD, Closed.NEVER if case.outcome else Closed.NOT_YET),)
