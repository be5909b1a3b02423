"""The promises behind a figure, one row each: those that fell due in some months, those that were closed in a time.

What makes a promise count stands in `performance`, whose counts these lists have to equal. Counts nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, union_all

from engine.model import PromiseState
from engine.views import Fate

from .base import Connected
from .columns import Instant
from .keyset import Keyset, cursor_after
from .performance import fell_due, running_between
from .tables import cases, closed_promise

_T = closed_promise.c
_FATE = case(
    (_T.late.is_(True), Fate.LATE.value), (_T.state == PromiseState.KEPT, Fate.KEPT.value), else_=Fate.CANCELLED.value
)
_CLOSED = select(_T.case_id, _T.due_at, _T.closed_at, _FATE.label("fate"), _T.ours, _T.theirs)
_NOT_YET: list[ColumnElement[Any]] = [
    literal(None, Instant()).label("closed_at"),
    literal(Fate.OPEN.value).label("fate"),
    literal(0).label("ours"),
    literal(0).label("theirs"),
]


@dataclass(frozen=True, slots=True)
class FellDue:
    """Promises of one kind that fell due in the months `since` to `until`, which begin and end at `edges`.

    `fates`: what became of them. `paused`: cases whose open promise is past its date though its clock stands still.
    """

    service: str
    promise: str
    since: str
    until: str
    edges: tuple[datetime, datetime]
    fates: frozenset[Fate]
    paused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedIn:
    """Promises of one kind that were closed in a time, whatever became of them; `told`: of no confidential case."""

    service: str
    promise: str
    from_at: datetime
    before: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise. `closed_at` None: it is open, and its days are not counted yet."""

    case_id: str
    due_at: datetime
    closed_at: datetime | None
    fate: Fate
    ours: int
    theirs: int


class PromiseListReads(Connected):
    """Questions about the promises behind a figure."""

    def promise_list(
        self, wanted: FellDue | ClosedIn, now: datetime, cursor: str | None, limit: int
    ) -> tuple[Sequence[PromiseRow], str | None]:
        """What fell due by its due date, the longest ago first; what was closed the latest first. And the next page."""
        of = _among(wanted, now)
        keyset = _keyset(wanted, of)
        rows = self._all(keyset.page(select(of, keyset.at), cursor, limit))
        found = [PromiseRow(row[0], row[1], row[2], Fate(row[3]), *row[4:6]) for row in rows[:limit]]
        return found, cursor_after([(row[-1], row[0]) for row in rows], limit)

    def count_promises(self, wanted: FellDue | ClosedIn, now: datetime) -> int:
        """The length of the whole list."""
        return int(self._value(select(func.count()).select_from(_among(wanted, now))))


def _keyset(wanted: FellDue | ClosedIn, of: Subquery) -> Keyset:
    if isinstance(wanted, ClosedIn):
        return Keyset(of.c.closed_at, of.c.case_id, newest_first=True)
    return Keyset(of.c.due_at, of.c.case_id)


def _among(wanted: FellDue | ClosedIn, now: datetime) -> Subquery:
    if isinstance(wanted, ClosedIn):
        return _closed_in(wanted).subquery()
    closed, still_open = _closed(wanted, now), _open(wanted)
    if wanted.fates == {Fate.OPEN}:
        return still_open.subquery()
    return (union_all(closed, still_open) if Fate.OPEN in wanted.fates else closed).subquery()


def _of(wanted: FellDue | ClosedIn) -> list[ColumnElement[bool]]:
    return [_T.service == wanted.service, _T.promise == wanted.promise]


def _closed(wanted: FellDue, now: datetime) -> Select[Any]:
    fates = sorted(wanted.fates - {Fate.OPEN})
    return _CLOSED.where(*_of(wanted), *fell_due(wanted.since, now), _T.month <= wanted.until, _FATE.in_(fates))


def _open(wanted: FellDue) -> Select[Any]:
    paused = and_(cases.c.ended_at.is_(None), cases.c.id.in_(wanted.paused))
    due = cases.c.due_at
    return select(cases.c.id.label("case_id"), due, *_NOT_YET).where(
        cases.c.service == wanted.service, or_(running_between(*wanted.edges), paused)
    )


def _closed_in(wanted: ClosedIn) -> Select[Any]:
    within = (_T.closed_at >= literal(wanted.from_at, Instant()), _T.closed_at < literal(wanted.before, Instant()))
    found = _CLOSED.where(*_of(wanted), *within)
    if wanted.told:
        return found.join(cases, cases.c.id == _T.case_id).where(cases.c.confidential.is_(False))
    return found
