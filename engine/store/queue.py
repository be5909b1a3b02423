"""The queue in numbers: what falls due, what comes in and what is finished, day by day. Foretells nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal, select

from engine.model import Case, PromiseState

from .base import Connected
from .cases import CASE
from .columns import Deadline, Instant
from .tables import cases, closed_promise, stage_visit

_FALLING_DUE = (
    select(*CASE, stage_visit.c.began_at)
    .join(stage_visit, and_(stage_visit.c.case_id == cases.c.id, stage_visit.c.ended_at.is_(None)))
    .where(
        cases.c.ended_at.is_(None),
        cases.c.promise_state == PromiseState.RUNNING,
        cases.c.due_at >= bindparam("now", type_=Deadline()),
        cases.c.due_at <= bindparam("until", type_=Deadline()),
    )
    .order_by(cases.c.due_at, cases.c.id)
    .limit(bindparam("most"))
)


class QueueReads(Connected):
    """Questions about queues."""

    def falling_due(
        self, now: datetime, until: datetime, most: int, service: str | None = None
    ) -> Sequence[tuple[Case, datetime]]:
        """Open cases in time whose promise runs and falls due by an instant, and when they came to their stage."""
        wanted = _FALLING_DUE if service is None else _FALLING_DUE.where(cases.c.service == service)
        return [(Case(*row[:-1]), row[-1]) for row in self._all(wanted, now=now, until=until, most=most)]

    def started_by_day(self, edges: Sequence[datetime]) -> Mapping[str, Sequence[int]]:
        """By service how many cases began between each edge and the next."""
        return self._by_day(cases.c.service, cases.c.started_at, edges)

    def closed_by_day(self, promise: str, service: str, edges: Sequence[datetime]) -> Sequence[int]:
        """How many promises of one kind were closed between each edge and the next."""
        mine = and_(closed_promise.c.service == service, closed_promise.c.promise == promise)
        found = self._by_day(closed_promise.c.service, closed_promise.c.closed_at, edges, mine)
        return found.get(service, [0] * (len(edges) - 1))

    def closed_since(self, promise: str, service: str, since: datetime) -> int:
        """How many promises of one kind were closed since an instant."""
        of = closed_promise.c
        wanted = (of.service == service, of.promise == promise, of.closed_at >= literal(since, Instant()))
        return int(self._value(select(func.count()).select_from(closed_promise).where(*wanted)))

    def _by_day(
        self, service: Any, at: Any, edges: Sequence[datetime], *that: ColumnElement[bool]
    ) -> Mapping[str, Sequence[int]]:
        bounds = [literal(edge, Instant()) for edge in edges]
        counts: list[Any] = [func.count().filter(at >= since, at < until) for since, until in pairwise(bounds)]
        found = select(service, *counts).where(at >= bounds[0], at < bounds[-1], *that).group_by(service)
        return {row[0]: list(row[1:]) for row in self._all(found)}
