"""What lengths are measured from: visits to stages that ended, and the tasks of their cases. Measures nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from engine.model import Closing

from .base import Connected
from .columns import Instant
from .figures import EndedVisit, Stretch
from .tables import cases, closed_promise, stage_visit, task

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_VISITS = (
    select(stage_visit.c.case_id, cases.c.service, stage_visit.c.stage, stage_visit.c.began_at, stage_visit.c.ended_at)
    .join(cases, cases.c.id == stage_visit.c.case_id)
    .where(stage_visit.c.ended_at >= bindparam("since", type_=Instant()))
    .order_by(stage_visit.c.line.desc())
    .limit(bindparam("most"))
)
_STRETCHES = (
    select(
        *(task.c[name] for name in ("case_id", "element", "role", "unit", "opened_at", "closed_at")),
        (task.c.closing == Closing.COMPLETED).label("finished"),
    )
    .where(task.c.case_id.in_(_IDS))
    .order_by(task.c.opened_at, task.c.id)
)
_CLOSED = select(closed_promise.c.case_id, closed_promise.c.promise, closed_promise.c.closed_at).where(
    closed_promise.c.case_id.in_(_IDS)
)


class TimingReads(Connected):
    """Questions about how long things took."""

    def ended_visits(self, since: datetime, most: int) -> Sequence[EndedVisit]:
        """The latest visits to a stage that ended since then, the last one first."""
        return [EndedVisit(*row) for row in self._all(_VISITS, since=since, most=most)]

    def stretches(self, case_ids: Collection[str]) -> Mapping[str, Sequence[Stretch]]:
        """Every task that these cases ever had, by case, in order of opening."""
        found: dict[str, list[Stretch]] = defaultdict(list)
        for case_id, *row in self._all(_STRETCHES, ids=list(case_ids)) if case_ids else ():
            found[case_id].append(Stretch(*row))
        return found

    def promises_closed(self, case_ids: Collection[str]) -> Mapping[tuple[str, str], datetime]:
        """When promises of these cases were closed, by case and promise."""
        rows = self._all(_CLOSED, ids=list(case_ids)) if case_ids else ()
        return {(case_id, promise): closed_at for case_id, promise, closed_at in rows}
