"""Lists of cases and the numbers above them. Each number is the length of a list, by the same condition.

Every case is in exactly one `CaseState` at an instant; `state_of` says it of one case, `_STATES` to the database.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select

from engine.model import Case, PromiseState

from .base import Connected
from .cases import CASE, folded
from .columns import Deadline, Instant
from .keyset import Keyset, cursor_after
from .ladder import STANDING
from .lists import CaseFilter, CaseState, Hands, OversightRow, Page, Place, WhereRow, WorkFilter
from .tables import cases, escalation
from .whereabouts import NOWHERE, by_hands, by_place, where_limits

OPEN_STATES = (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING, CaseState.APPLICANT, CaseState.SETTLED)
_OVER = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CANCELLED)
_NOW = bindparam("now", type_=Deadline())
_RISK = bindparam("risk_until", type_=Deadline())

_GOING = cases.c.ended_at.is_(None)
_TOLD = cases.c.confidential.is_(False)
_NOT_BEGUN = cases.c.promise_state == PromiseState.NOT_STARTED
_THEIRS = or_(cases.c.promise_state == PromiseState.PAUSED, and_(_NOT_BEGUN, cases.c.applicant.is_(True)))
_COUNTING = and_(
    _GOING, or_(cases.c.promise_state == PromiseState.RUNNING, and_(_NOT_BEGUN, cases.c.applicant.is_(False)))
)
_STATES: dict[CaseState, ColumnElement[bool]] = {
    CaseState.LATE: and_(_COUNTING, cases.c.due_at < _NOW),
    CaseState.AT_RISK: and_(_COUNTING, cases.c.due_at >= _NOW, cases.c.due_at < _RISK),
    CaseState.RUNNING: and_(_COUNTING, cases.c.due_at >= _NOW, cases.c.due_at >= _RISK),
    CaseState.APPLICANT: and_(_GOING, _THEIRS),
    CaseState.SETTLED: and_(_GOING, cases.c.promise_state.in_(_OVER)),
    CaseState.ENDED: cases.c.ended_at.is_not(None),
}
_COUNTS: list[Any] = [func.count().filter(_STATES[state]) for state in OPEN_STATES]
_URGENT = Keyset(cases.c.due_at, cases.c.id)
_LAST_ENDED = Keyset(cases.c.ended_at, cases.c.id, newest_first=True)
_LAST_STARTED = Keyset(cases.c.started_at, cases.c.id, newest_first=True)
_ALL = CaseFilter()
NO_STAGE = "tanpa-tahap"
"""Instead of a stage: cases that have come to none yet."""


def state_of(case: Case, now: datetime, risk_until: datetime) -> CaseState:
    """Which list a case is in. Due before `now`: late; due before `risk_until`: at risk."""
    if case.ended_at is not None:
        return CaseState.ENDED
    not_begun = case.promise_state is PromiseState.NOT_STARTED
    if case.promise_state is PromiseState.PAUSED or (not_begun and case.applicant):
        return CaseState.APPLICANT
    if case.promise_state in _OVER:
        return CaseState.SETTLED
    if case.due_at is not None and case.due_at < now:
        return CaseState.LATE
    return CaseState.AT_RISK if case.due_at is not None and case.due_at < risk_until else CaseState.RUNNING


class CaseListReads(Connected):
    """Questions about many cases."""

    def case_list(
        self, wanted: CaseFilter, now: datetime, risk_until: datetime, cursor: str | None = None, limit: int = 25
    ) -> Page[Case]:
        """Open cases by due date, ended ones and a list of both by the latest first."""
        keyset = _keyset(wanted.states)
        page = keyset.page(_that_are(select(*CASE, keyset.at), wanted), cursor, limit)
        rows = self._all(page, **_instants(wanted, now, risk_until))
        keys = [(row[-1], row.id) for row in rows]
        return Page(tuple(Case(*row[:-1]) for row in rows[:limit]), cursor_after(keys, limit))

    def count_cases(self, wanted: CaseFilter, now: datetime, risk_until: datetime) -> int:
        """The length of the whole list."""
        count = _that_are(select(func.count()).select_from(cases), wanted)
        return int(self._value(count, **_instants(wanted, now, risk_until)))

    def counts_by_channel(self, since: datetime, services: frozenset[str] | None) -> dict[str, int]:
        """How many cases began since, by the way they came in; the commonest first."""
        known = [] if services is None else [cases.c.service.in_(services)]
        counted = select(cases.c.channel, func.count()).where(cases.c.started_at >= since, *known)
        rows = self._all(counted.group_by(cases.c.channel).order_by(func.count().desc(), cases.c.channel))
        return {row[0]: row[1] for row in rows}

    def oversight(self, now: datetime, risk_until: datetime, wanted: CaseFilter = _ALL) -> tuple[OversightRow, ...]:
        """Open cases counted by service, stage and state; `wanted.states` are not looked at."""
        counted = select(cases.c.service, cases.c.stage, *_COUNTS).where(_GOING, *case_limits(wanted))
        rows = self._all(counted.group_by(cases.c.service, cases.c.stage), now=now, risk_until=risk_until)
        found = [OversightRow(row[0], row[1], dict(zip(OPEN_STATES, row[2:], strict=True))) for row in rows]
        return tuple(sorted(found, key=lambda row: (row.service, row.stage or "")))

    def running_counts(self, now: datetime) -> dict[str, tuple[int, int]]:
        """By service how many cases our clock runs in, and how many of them are late."""
        counted = select(cases.c.service, func.count(), func.count().filter(cases.c.due_at < _NOW)).where(_COUNTING)
        rows = self._all(counted.group_by(cases.c.service), now=now)
        return {row[0]: (row[1], row[2]) for row in rows}

    def counts_by_place(
        self, now: datetime, risk_until: datetime, seats: tuple[tuple[str, str], ...]
    ) -> tuple[WhereRow, ...]:
        """Open cases by where their open work lies, those of which nobody has a task last; see `Place`."""
        nowhere = CaseFilter(place=Place(NOWHERE, seats))
        found = self._counts_where(by_place(seats), now, risk_until)
        return (*found, WhereRow(NOWHERE, self._states(nowhere, now, risk_until)))

    def counts_by_region(self, now: datetime, risk_until: datetime) -> tuple[WhereRow, ...]:
        """Open cases by the code of their place; confidential ones are left out."""
        counted = select(cases.c.place, *_COUNTS).where(_GOING, _TOLD).group_by(cases.c.place).order_by(cases.c.place)
        rows = self._all(counted, now=now, risk_until=risk_until)
        return tuple(WhereRow(row[0], dict(zip(OPEN_STATES, row[1:], strict=True))) for row in rows)

    def counts_by_hands(self, now: datetime, risk_until: datetime, waiting: frozenset[str]) -> tuple[WhereRow, ...]:
        """Open cases by who holds their open work, those with work that nobody has taken last; see `Hands`."""
        untaken = CaseFilter(hands=Hands(None, waiting))
        found = self._counts_where(by_hands(), now, risk_until)
        return (*found, WhereRow(None, self._states(untaken, now, risk_until)))

    def _states(self, wanted: CaseFilter, now: datetime, risk_until: datetime) -> dict[CaseState, int]:
        counted = _that_are(select(*_COUNTS).select_from(cases).where(_GOING), wanted)
        return dict(zip(OPEN_STATES, self._one(counted, now=now, risk_until=risk_until) or (), strict=True))

    def _counts_where(self, where: Select[Any], now: datetime, risk_until: datetime) -> tuple[WhereRow, ...]:
        lies = where.subquery()
        counted = select(lies.c.name, *_COUNTS).join(cases, cases.c.id == lies.c.case_id).where(_GOING)
        rows = self._all(counted.group_by(lies.c.name).order_by(lies.c.name), now=now, risk_until=risk_until)
        return tuple(WhereRow(row[0], dict(zip(OPEN_STATES, row[1:], strict=True))) for row in rows)


def _keyset(states: Collection[CaseState]) -> Keyset:
    if not states:
        return _LAST_STARTED
    return _LAST_ENDED if CaseState.ENDED in states else _URGENT


def _that_are(statement: Select[Any], wanted: CaseFilter) -> Select[Any]:
    known = [] if wanted.services is None else [cases.c.service.in_(wanted.services)]
    came = [cases.c.channel == wanted.channel] if wanted.channel else []
    lies = [_TOLD, cases.c.place.startswith(wanted.region, autoescape=True)] if wanted.region else []
    told = [exists().where(escalation.c.case_id == cases.c.id, STANDING)] if wanted.escalated else []
    return statement.where(
        *_in(wanted.states), *known, *came, *lies, *told, *_started(wanted), *where_limits(wanted), *case_limits(wanted)
    )


def _in(states: Collection[CaseState]) -> list[ColumnElement[bool]]:
    if not states:
        return []
    # that a case goes on stands beside the alternatives too, or the index of open cases would not be found
    going = [_GOING] if CaseState.ENDED not in states else []
    return [*going, or_(*(_STATES[state] for state in states))]


def _started(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    began, limits = cases.c.started_at, []
    if wanted.started_from is not None:
        limits.append(began >= literal(wanted.started_from, Instant()))
    if wanted.started_before is not None:
        limits.append(began < literal(wanted.started_before, Instant()))
    return limits


def case_limits(wanted: CaseFilter | WorkFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of the case, as conditions."""
    limits: list[ColumnElement[bool]] = []
    if wanted.service:
        limits.append(cases.c.service == wanted.service)
    if wanted.stage:
        limits.append(cases.c.stage.is_(None) if wanted.stage == NO_STAGE else cases.c.stage == wanted.stage)
    if wanted.hide_confidential:
        limits.append(cases.c.confidential.is_(False))
    if folded(wanted.text):
        limits.append(cases.c.search.contains(folded(wanted.text), autoescape=True))
        # What is confidential is found by its number alone: whoever guesses at words must learn nothing.
        by_number = cases.c.reference.contains(wanted.text.strip().upper(), autoescape=True)
        limits.append(or_(cases.c.confidential.is_(False), by_number))
    return limits


def _instants(wanted: CaseFilter, now: datetime, risk_until: datetime) -> dict[str, datetime]:
    """Only what the conditions of the states mention."""
    both = {"now": now, "risk_until": risk_until}
    judged = {CaseState.LATE: {"now": now}, CaseState.AT_RISK: both, CaseState.RUNNING: both}
    return {name: at for state in wanted.states for name, at in judged.get(state, {}).items()}
