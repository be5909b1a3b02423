"""Who was told up the ladder, and whether what they were told of is over. Tells nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from engine.model import Escalation, PromiseState

from .base import Connected, columns
from .columns import Deadline
from .tables import cases, escalation

_E = escalation.c
_ROW = columns(escalation, Escalation)
STANDING = _E.cleared_at.is_(None)
"""What somebody was told of is not over."""
_OVER = or_(
    cases.c.ended_at.is_not(None),
    cases.c.promise_state.in_((PromiseState.KEPT, PromiseState.BROKEN, PromiseState.CANCELLED)),
    and_(_E.late.is_(True), cases.c.due_at > bindparam("now", type_=Deadline())),
    and_(_E.late.is_(False), cases.c.stage.is_distinct_from(_E.stage)),
)
_CLEARABLE = select(*_ROW).join(cases, cases.c.id == _E.case_id).where(STANDING, _OVER).order_by(_E.line)
_LATEST = select(*_ROW).order_by(_E.at.desc(), _E.line.desc()).limit(bindparam("most"))
_TOLD = select(func.count()).select_from(escalation)
_ADD = insert(escalation)
_CLEAR = update(escalation).where(_E.line.in_(bindparam("lines", expanding=True)), STANDING)


class LadderReads(Connected):
    """Questions about escalations."""

    def escalations(self, most: int, *, standing: bool) -> tuple[Escalation, ...]:
        """The latest first; `standing`: only those that are not over."""
        return tuple(Escalation(*row) for row in self._all(_LATEST.where(STANDING) if standing else _LATEST, most=most))

    def escalations_standing(self) -> int:
        """How many cases have an escalation that is not over."""
        return int(self._value(select(func.count(_E.case_id.distinct())).where(STANDING)))

    def count_escalations(self, *, standing: bool) -> int:
        """How many rungs were told, or only those that are not over."""
        return int(self._value(_TOLD.where(STANDING) if standing else _TOLD))

    def clearable(self, now: datetime, most: int, case_id: str | None = None) -> tuple[Escalation, ...]:
        """Escalations whose ground is gone: the promise is over or was moved ahead, the slow step is left."""
        wanted: Any = _CLEARABLE if case_id is None else _CLEARABLE.where(_E.case_id == case_id)
        return tuple(Escalation(*row) for row in self._all(wanted.limit(most), now=now))


class LadderWrites(LadderReads):
    """Writing down who was told."""

    def add_escalations(self, case_id: str, rungs: Iterable[dict[str, Any]], at: datetime) -> None:
        """`rungs`: role, unit, stage and late of each."""
        self._add(_ADD, [{"case_id": case_id, "at": at, "cleared_at": None, **rung} for rung in rungs])

    def clear_escalations(self, lines: Collection[int], at: datetime) -> None:
        self._change(_CLEAR.values(cleared_at=at), lines=list(lines))
