"""What a case has behind it: ledger of promises, answers, stages, links. Only ever added to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, union, update

from engine.model import Json, LedgerEntry

from .base import Connected, columns, unless_there, values
from .prepared import Prepared
from .rows import Answered, StageVisit
from .tables import answer, ledger, link, stage_visit

_LEDGER = Prepared(
    select(*columns(ledger, LedgerEntry)).where(ledger.c.case_id == bindparam("case_id")).order_by(ledger.c.line)
)
_ANSWERS = Prepared(
    select(answer.c.element, answer.c.answers, answer.c.by, answer.c.at, answer.c.task_id)
    .where(answer.c.case_id == bindparam("case_id"))
    .order_by(answer.c.line)
)
_VISITS = Prepared(
    select(*columns(stage_visit, StageVisit))
    .where(stage_visit.c.case_id == bindparam("case_id"))
    .order_by(stage_visit.c.line)
)
_LINKED = Prepared(
    union(
        select(link.c.other_id).where(link.c.case_id == bindparam("case_id")),
        select(link.c.case_id).where(link.c.other_id == bindparam("case_id")),
    ).order_by("other_id")
)
_ADD_LEDGER = Prepared(insert(ledger))
_ADD_ANSWERS = Prepared(insert(answer))
_ADD_VISIT = Prepared(insert(stage_visit))
# Only the last visit can be running; looking at all of them would take longer with every round of rework.
_LAST_VISIT = select(func.max(stage_visit.c.line)).where(stage_visit.c.case_id == bindparam("of_case"))
_END_VISIT = Prepared(
    update(stage_visit).where(stage_visit.c.line == _LAST_VISIT.scalar_subquery(), stage_visit.c.ended_at.is_(None))
)
_ADD_LINK = unless_there(link)


class ProgressReads(Connected):
    """Questions about the past of a case, all in the order it was written."""

    def ledger(self, case_id: str) -> tuple[LedgerEntry, ...]:
        return tuple(LedgerEntry(*row) for row in self._all(_LEDGER, case_id=case_id))

    def answers(self, case_id: str) -> tuple[Answered, ...]:
        """Every round of every element."""
        rounds: Counter[str] = Counter()
        found = []
        for row in self._all(_ANSWERS, case_id=case_id):
            element, answers, by, at, task_id = row
            rounds[element] += 1
            found.append(Answered(element, answers, by, at, task_id, rounds[element]))
        return tuple(found)

    def stage_visits(self, case_id: str) -> tuple[StageVisit, ...]:
        return tuple(StageVisit(*row) for row in self._all(_VISITS, case_id=case_id))

    def linked(self, case_id: str) -> tuple[str, ...]:
        """Ids of cases linked either way; a link is seen from both ends."""
        return tuple(row[0] for row in self._all(_LINKED, case_id=case_id))


class ProgressWrites(ProgressReads):
    """Adding to the past of a case."""

    def add_ledger(self, case_id: str, entries: Iterable[LedgerEntry]) -> None:
        self._add(_ADD_LEDGER, [{"case_id": case_id, **values(entry)} for entry in entries])

    def add_answers(
        self, case_id: str, task_id: str | None, element: str, answers: Json, by: str, at: datetime
    ) -> None:
        """`task_id` None: the form that started the case."""
        given = {"task_id": task_id, "element": element, "answers": answers, "by": by, "at": at}
        self._add(_ADD_ANSWERS, [{"case_id": case_id, **given}])

    def enter_stage(self, case_id: str, stage: str, at: datetime) -> None:
        """Ends the running visit, if any, and begins one of `stage`, also when it is the same stage again."""
        self.leave_stage(case_id, at)
        self.enter_first_stage(case_id, stage, at)

    def enter_first_stage(self, case_id: str, stage: str, at: datetime) -> None:
        """Begins a visit of `stage` in a case that is in none."""
        self._add(_ADD_VISIT, [{"case_id": case_id, "stage": stage, "began_at": at, "ended_at": None}])

    def leave_stage(self, case_id: str, at: datetime) -> None:
        self._change(_END_VISIT, of_case=case_id, ended_at=at)

    def add_link(self, case_id: str, other_id: str, kind: str) -> None:
        """Linking twice is linking once."""
        self._add(_ADD_LINK[self._dialect], [{"case_id": case_id, "other_id": other_id, "kind": kind}])
