"""The index of instants at which cases want to be woken. Knows neither diagrams nor the metronome."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, or_, select, update

from engine.model import Timer

from .base import Connected, columns
from .columns import Deadline
from .figures import TimerFigures
from .prepared import Prepared
from .tables import cases, incident, timer

WAKE = "wake"
"""The kind of incident that keeps the sweep off a case until its next try."""

_NOW = bindparam("now", type_=Deadline())
_DUE = timer.c.due_at <= _NOW


def _waits_for_retry() -> ColumnElement[bool]:
    return exists().where(
        incident.c.case_id == timer.c.case_id,
        incident.c.kind == WAKE,
        incident.c.resolved_at.is_(None),
        incident.c.next_at > _NOW,
    )


def _has_earlier() -> ColumnElement[bool]:
    """Whether the case has a timer before this one. Its first alone stands for it: grouping would read every timer."""
    sooner = timer.alias("sooner")
    return exists().where(
        sooner.c.case_id == timer.c.case_id,
        or_(sooner.c.due_at < timer.c.due_at, and_(sooner.c.due_at == timer.c.due_at, sooner.c.id < timer.c.id)),
    )


_OF_CASE = Prepared(
    select(*columns(timer, Timer)).where(timer.c.case_id == bindparam("case_id")).order_by(timer.c.due_at, timer.c.id)
)
_DUE_CASES = Prepared(
    select(timer.c.case_id)
    .where(_DUE, ~_waits_for_retry(), ~_has_earlier())
    .order_by(timer.c.due_at, timer.c.case_id)
    .limit(bindparam("most"))
)
_CLAIM = (
    select(timer.c.case_id)
    .join(cases, cases.c.id == timer.c.case_id)
    .where(_DUE, ~_waits_for_retry(), timer.c.case_id.not_in(bindparam("skip", expanding=True)))
    .order_by(timer.c.due_at, timer.c.case_id)
    .limit(1)
    .with_for_update(of=cases, key_share=True, skip_locked=True)
)
_FIGURES = select(
    select(func.count()).select_from(timer).where(_DUE).scalar_subquery(),
    select(func.count())
    .select_from(timer)
    .where(timer.c.due_at > _NOW, timer.c.due_at <= bindparam("tomorrow", type_=Deadline()))
    .scalar_subquery(),
    select(timer.c.due_at).where(_DUE).order_by(timer.c.due_at).limit(1).scalar_subquery(),
)
_ADD = Prepared(insert(timer))
_MOVE = Prepared(update(timer).where(timer.c.case_id == bindparam("of_case"), timer.c.id == bindparam("of_timer")))
_DROP = Prepared(delete(timer).where(timer.c.case_id == bindparam("of_case"), timer.c.id == bindparam("of_timer")))


class TimerReads(Connected):
    """Questions about timers."""

    def timers(self, case_id: str) -> tuple[Timer, ...]:
        """Those of a case, the next one first, those without a date last."""
        return tuple(Timer(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def due_cases(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Cases with a due timer, the longest overdue first, without those whose incident waits for its next try."""
        return tuple(row[0] for row in self._all(_DUE_CASES, now=now, most=limit))

    def timer_figures(self, now: datetime) -> TimerFigures:
        row = self._one(_FIGURES, now=now, tomorrow=now + timedelta(days=1))
        due, next_day, oldest = row or (0, 0, None)
        return TimerFigures(due, next_day, oldest)

    def timer_lag(self, now: datetime) -> timedelta:
        """How long the most overdue timer has been due; zero when none is."""
        oldest = self.timer_figures(now).oldest_due_at
        return timedelta(0) if oldest is None else now - oldest


class TimerWrites(TimerReads):
    """Changing timers."""

    def replace_timers(self, case_id: str, timers: Iterable[Timer], known: Iterable[Timer] | None = None) -> None:
        """These are all the timers of the case from now on. Only rows that differ are written.

        `known` are those that are stored, from whoever has them at hand under the case's lock; None: they are read.
        """
        wanted = {one.id: one for one in timers}
        stored = {one.id: one for one in (self.timers(case_id) if known is None else known)}
        gone = [{"of_case": case_id, "of_timer": name} for name in stored.keys() - wanted.keys()]
        fresh = [one for name, one in wanted.items() if name not in stored]
        moved = [one for name, one in wanted.items() if name in stored and stored[name] != one]
        self._add(_DROP, gone)
        self._add(_ADD, [{"case_id": case_id, "id": t.id, "element": t.element, "due_at": t.due_at} for t in fresh])
        for one in moved:
            self._change(_MOVE, of_case=case_id, of_timer=one.id, element=one.element, due_at=one.due_at)

    def claim_due_case(self, now: datetime, skip: Collection[str] = ()) -> str | None:
        """Lock the longest overdue case that no other transaction holds; None when there is none left."""
        found = self._value(_CLAIM, now=now, skip=list(skip))
        return None if found is None else str(found)
