"""Promises that are closed, one row each, and those that have begun and are open. Knows no figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, literal, select

from engine.model import ClosedPromise, Entry, PromiseState
from engine.views import Fate, Tally

from .base import Connected, names, values
from .columns import Deadline, Instant
from .figures import OpenPromise
from .prepared import Prepared
from .tables import cases, closed_promise, ledger, task

_T = closed_promise.c
_ALIKE = (_T.service, _T.promise, _T.counts_in, _T.month, _T.stage, _T.unit, _T.state, _T.late, _T.ours)
_CLOSING = ledger.alias()
_OPEN = (
    select(cases.c.id, ledger.c.promise, *(cases.c[name] for name in names(OpenPromise)[2:]))
    .distinct()
    .join_from(cases, ledger, ledger.c.case_id == cases.c.id)
    .where(
        cases.c.ended_at.is_(None),
        ledger.c.kind == Entry.START,
        ~exists().where(
            _CLOSING.c.case_id == ledger.c.case_id,
            _CLOSING.c.promise == ledger.c.promise,
            _CLOSING.c.kind.in_((Entry.KEEP, Entry.CANCEL)),
        ),
    )
)
_PAUSED = _OPEN.where(
    cases.c.promise_state == PromiseState.PAUSED, cases.c.due_at < bindparam("now", type_=Deadline())
).limit(bindparam("most"))
_UNITS = (
    select(task.c.case_id, task.c.unit)
    .where(task.c.case_id.in_(bindparam("ids", expanding=True)), task.c.unit.is_not(None))
    .order_by(task.c.opened_at, task.c.id)
)
_ADD = Prepared(insert(closed_promise))


class PerformanceReads(Connected):
    """Questions about many promises at once."""

    def closed_tallies(self, since: str, now: datetime) -> tuple[Tally, ...]:
        """Closed promises that fell due from the month `since` on and not after `now`, counted by all that is alike."""
        counted = select(*_ALIKE, func.sum(_T.theirs), func.count()).where(*fell_due(since, now))
        return tuple(_tally(*row) for row in self._all(counted.group_by(*_ALIKE)))

    def open_promises(self) -> tuple[OpenPromise, ...]:
        """Every promise that has begun and is not closed, of a case that goes on."""
        return tuple(OpenPromise(*row) for row in self._all(_OPEN))

    def paused_past(self, now: datetime, most: int) -> tuple[OpenPromise, ...]:
        """Promises of cases that wait for their applicant and whose date, as last noted, is past."""
        return tuple(OpenPromise(*row) for row in self._all(_PAUSED, now=now, most=most))

    def running_past(self, edges: Sequence[datetime]) -> dict[str, list[int]]:
        """By service how many open cases whose main promise runs fell due between each edge and the next."""
        counts: list[Any] = [func.count().filter(running_between(*span)) for span in pairwise(edges)]
        found = select(cases.c.service, *counts).where(running_between(edges[0], edges[-1]))
        return {row[0]: list(row[1:]) for row in self._all(found.group_by(cases.c.service))}

    def last_units(self, case_ids: Sequence[str]) -> dict[str, str]:
        """The unit that a task of each case was last given to; cases without one are left out."""
        return {row.case_id: row.unit for row in self._all(_UNITS, ids=list(case_ids))} if case_ids else {}


class PerformanceWrites(PerformanceReads):
    """Adding what was closed."""

    def add_closed_promises(self, closed: Sequence[ClosedPromise]) -> None:
        self._add(_ADD, [values(one) for one in closed])


def fell_due(since: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a closed promise fell due from the month `since` on and not after `now`."""
    return _T.month >= since, _T.due_at <= literal(now, Instant())


def running_between(from_at: datetime, before: datetime) -> ColumnElement[bool]:
    """That the main promise of an open case runs and fell due in a time."""
    due = cases.c.due_at
    running = and_(cases.c.ended_at.is_(None), cases.c.promise_state == PromiseState.RUNNING)
    return and_(running, due >= literal(from_at, Deadline()), due < literal(before, Deadline()))


def _tally(*row: Any) -> Tally:
    """A counted row, whose state and lateness together say what became of the promises."""
    state, late, ours, theirs, count = row[6:]
    fate = Fate.KEPT if state is PromiseState.KEPT else Fate.CANCELLED
    service, promise, counts_in, month, stage, unit = row[:6]
    fate = Fate.LATE if late else fate
    return Tally(service, promise, counts_in, month, stage, unit, fate, int(ours), int(theirs), int(count))
