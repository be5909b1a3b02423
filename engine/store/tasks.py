"""Tasks of people: opening, holding and closing them. Knows no list and no rule of who may."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from engine.model import Closing, Load, Task

from .base import Connected, columns, values
from .prepared import Prepared
from .rows import WorkDone
from .tables import cases, task

TASK = columns(task, Task)
_ID = task.c.id == bindparam("task_id")
_OPEN = task.c.closed_at.is_(None)
_BY_ID = Prepared(select(*TASK).where(_ID))
_OF_CASE = Prepared(select(*TASK).where(task.c.case_id == bindparam("case_id")).order_by(task.c.opened_at, task.c.id))
_OPEN_OF_CASE = Prepared(_OF_CASE.statement.where(_OPEN))
_HANDLERS = select(task.c.closed_by).where(
    task.c.case_id.in_(bindparam("ids", expanding=True)), task.c.closing == Closing.COMPLETED
)
_WORK_DONE = (
    select(task.c.case_id, task.c.element, task.c.closed_by, task.c.closed_at)
    .where(
        task.c.case_id.in_(bindparam("ids", expanding=True)),
        task.c.element.in_(bindparam("elements", expanding=True)),
        task.c.closing == Closing.COMPLETED,
    )
    .order_by(task.c.closed_at, task.c.id)
)
_ADD = Prepared(insert(task))
_CLOSE = Prepared(update(task).where(_ID, _OPEN))
_HOLD_FREE = Prepared(update(task).where(_ID, _OPEN, task.c.holder.is_(None)))
_HOLD_FROM = Prepared(update(task).where(_ID, _OPEN, task.c.holder == bindparam("seen_holder")))
_DUE = update(task).where(
    task.c.case_id == bindparam("of_case"),
    _OPEN,
    task.c.due_at != bindparam("new_due_at"),
    task.c.role.not_in(bindparam("except_roles", expanding=True)),
)
_ALL_OPEN = (
    select(*TASK)
    .join(cases, cases.c.id == task.c.case_id)
    .where(_OPEN)
    .order_by(task.c.due_at, cases.c.reference, task.c.element, task.c.id)
)
_NOW, _SOON = (bindparam(name, type_=task.c.due_at.type) for name in ("now", "soon"))
_LOADS_OF = (
    select(
        task.c.holder,
        func.count(),
        func.count().filter(task.c.due_at < _NOW),
        func.count().filter(task.c.due_at >= _NOW, task.c.due_at < _SOON),
        func.min(task.c.due_at),
    )
    .where(_OPEN, task.c.holder.in_(bindparam("logins", expanding=True)))
    .group_by(task.c.holder)
)


class TaskReads(Connected):
    """Questions about tasks. None: there is no such task."""

    def task(self, task_id: str) -> Task | None:
        row = self._one(_BY_ID, task_id=task_id)
        return row and Task(*row)

    def tasks(self, case_id: str) -> tuple[Task, ...]:
        """All the case ever had, in order of opening."""
        return tuple(Task(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def open_tasks(self, case_id: str) -> tuple[Task, ...]:
        return tuple(Task(*row) for row in self._all(_OPEN_OF_CASE, case_id=case_id))

    def handlers(self, case_ids: Collection[str]) -> frozenset[str]:
        """Ids of the actors who completed a task in any of these cases."""
        return frozenset(row[0] for row in self._all(_HANDLERS, ids=list(case_ids))) if case_ids else frozenset()

    def work_done(self, case_ids: Collection[str], elements: Collection[str]) -> tuple[WorkDone, ...]:
        """Who finished tasks of these elements in these cases, in order."""
        rows = self._all(_WORK_DONE, ids=list(case_ids), elements=list(elements)) if case_ids and elements else ()
        return tuple(WorkDone(*row) for row in rows)

    def all_open_tasks(self) -> tuple[Task, ...]:
        """Of every case, the most urgent first, those due at once by reference: ids are drawn by chance.

        For a demo's worth of cases: lists have their own pages.
        """
        return tuple(Task(*row) for row in self._all(_ALL_OPEN))

    def loads(self, logins: Collection[str], now: datetime, soon: datetime) -> dict[str, Load]:
        """What each of these holds; `soon`: due before that. Who holds nothing is not in it."""
        rows = self._all(_LOADS_OF, logins=list(logins), now=now, soon=soon) if logins else ()
        return {row[0]: Load(*row[1:]) for row in rows}


class TaskWrites(TaskReads):
    """Changing tasks. What returns a bool is a compare-and-set: False means someone was there first."""

    def add_task(self, opened: Task) -> None:
        self.add_tasks((opened,))

    def add_tasks(self, opened: Iterable[Task]) -> None:
        self._add(_ADD, [values(one) for one in opened])

    def close_task(self, task_id: str, at: datetime, by: str, closing: Closing) -> bool:
        """False when it was closed already; nothing changes then."""
        return self._change(_CLOSE, task_id=task_id, closed_at=at, closed_by=by, closing=closing) == 1

    def hold_task(self, task_id: str, seen: str | None, holder: str | None) -> bool:
        """Pass an open task from the holder that was seen to another; None: nobody."""
        if seen is None:
            return self._change(_HOLD_FREE, task_id=task_id, holder=holder) == 1
        return self._change(_HOLD_FROM, task_id=task_id, seen_holder=seen, holder=holder) == 1

    def set_tasks_due(self, case_id: str, due_at: datetime | None, except_roles: Collection[str] = ()) -> int:
        """Every open task of the case is due then, save those of roles with a term of their own. How many changed."""
        kept = list(except_roles)
        return self._change(_DUE, of_case=case_id, new_due_at=due_at, except_roles=kept, due_at=due_at)
