"""Warnings before a miss, and what they are reckoned from: open cases that fall due soon, and what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from engine.model import Case, PromiseState

from .base import Connected
from .cases import CASE
from .columns import Deadline
from .rows import Forewarning
from .tables import cases, forewarning

_WARNING = [forewarning.c[name] for name in Forewarning.__dataclass_fields__]
_DUE_SOON = (
    select(*CASE)
    .where(
        cases.c.ended_at.is_(None),
        cases.c.promise_state == PromiseState.RUNNING,
        cases.c.due_at < bindparam("until", type_=Deadline()),
    )
    .order_by(cases.c.due_at, cases.c.id)
    .limit(bindparam("most"))
)
_OF_CASE = select(*_WARNING).where(forewarning.c.case_id == bindparam("case_id")).order_by(forewarning.c.line)
_ADD = insert(forewarning)
_SET = update(forewarning).where(forewarning.c.line == bindparam("of_line"))


class ForecastReads(Connected):
    """Questions of the forecast."""

    def due_soon(self, until: datetime, limit: int) -> Sequence[Case]:
        """Open cases whose promise runs and falls due before an instant, the overdue among them, first due first."""
        return [Case(*row) for row in self._all(_DUE_SOON, until=until, most=limit)]

    def forewarnings(self, case_id: str) -> tuple[Forewarning, ...]:
        return tuple(Forewarning(*row) for row in self._all(_OF_CASE, case_id=case_id))


class ForecastWrites(ForecastReads):
    """Keeping what was foretold."""

    def add_forewarning(self, case_id: str, promise: str, stage: str, estimate_on: date, at: datetime) -> None:
        given = {"promise": promise, "stage": stage, "estimate_on": estimate_on, "at": at}
        self._add(_ADD, [{"case_id": case_id, **given, "told_at": None, "eased_at": None}])

    def set_forewarning(self, line: int, changed: Mapping[str, datetime | date | str]) -> None:
        self._change(_SET.values(**changed), of_line=line)
