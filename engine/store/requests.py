"""Late requests to applicants: made, decided, counted. Decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from engine.model import Decision, Lateness, LateRequest

from .base import Connected, columns, values
from .figures import LateCount
from .tables import cases, late_request, task

_REQUEST = columns(late_request, LateRequest)
_BY_ID = select(*_REQUEST).where(late_request.c.id == bindparam("request_id"))
_OF_TASK = (
    select(*_REQUEST)
    .where(late_request.c.task_id == bindparam("task_id"))
    .order_by(late_request.c.asked_at.desc(), late_request.c.id)
    .limit(1)
)
_OF_CASE = select(*_REQUEST).where(late_request.c.case_id == bindparam("case_id")).order_by(late_request.c.asked_at)
_WAITING = (
    select(*_REQUEST)
    .join(task, task.c.id == late_request.c.task_id)
    .where(late_request.c.decision == Decision.WAITING, task.c.closed_at.is_(None))
    .order_by(late_request.c.asked_at, late_request.c.id)
    .limit(bindparam("most"))
)
_OPEN = task.c.closed_at.is_(None).label("still_open")
_SINCE = (
    select(*_REQUEST, _OPEN)
    .join(task, task.c.id == late_request.c.task_id)
    .where(late_request.c.asked_at >= bindparam("since", type_=late_request.c.asked_at.type))
    .order_by(late_request.c.asked_at.desc(), late_request.c.id)
    .limit(bindparam("most"))
)
_COUNTS = (
    select(cases.c.service, late_request.c.unit, late_request.c.decision, _OPEN, func.count())
    .join(cases, cases.c.id == late_request.c.case_id)
    .join(task, task.c.id == late_request.c.task_id)
    .where(late_request.c.asked_at >= bindparam("since", type_=late_request.c.asked_at.type))
    .group_by(cases.c.service, late_request.c.unit, late_request.c.decision, _OPEN)
)
_ADD = insert(late_request)
_DROP = delete(late_request).where(late_request.c.id == bindparam("of_request"))
_SET = update(late_request).where(late_request.c.id == bindparam("of_request"))


class RequestReads(Connected):
    """Questions about late requests."""

    def late_request(self, request_id: str) -> LateRequest | None:
        return _read(self._one(_BY_ID, request_id=request_id))

    def late_request_of(self, task_id: str) -> LateRequest | None:
        """The newest of a task."""
        return _read(self._one(_OF_TASK, task_id=task_id))

    def late_requests(self, case_id: str) -> tuple[LateRequest, ...]:
        """Those of a case, the oldest first."""
        return tuple(_made(row) for row in self._all(_OF_CASE, case_id=case_id))

    def late_requests_waiting(self, limit: int) -> tuple[LateRequest, ...]:
        """Those nobody has decided, of tasks that are still open, the oldest first."""
        return tuple(_made(row) for row in self._all(_WAITING, most=limit))

    def late_requests_since(self, since: datetime, limit: int) -> tuple[tuple[LateRequest, bool], ...]:
        """Those made since then and whether their tasks are open, the newest first."""
        return tuple((_made(row[:-1]), bool(row[-1])) for row in self._all(_SINCE, since=since, most=limit))

    def late_request_counts(self, since: datetime) -> tuple[LateCount, ...]:
        """How many were made since then, by service, unit and what became of them."""
        return tuple(LateCount(*row) for row in self._all(_COUNTS, since=since))


class RequestWrites(RequestReads):
    """Changing them. The lock of the case keeps two who decide apart."""

    def add_late_request(self, one: LateRequest) -> None:
        self._add(_ADD, [values(one)])

    def drop_late_request(self, request_id: str) -> None:
        """One that its author has replaced."""
        self._change(_DROP, of_request=request_id)

    def decide_late_request(self, one: LateRequest, decision: Decision, by: str, at: datetime, answer: str) -> None:
        """What was granted lies with the task's answers from now on, so its own copy goes."""
        answers = {} if decision is Decision.APPROVED else one.answers
        said = {"decision": decision, "decided_by": by, "decided_at": at, "answer": answer, "answers": answers}
        self._change(_SET, of_request=one.id, **said)


def _read(row: Any) -> LateRequest | None:
    return None if row is None else _made(row)


def _made(row: Any) -> LateRequest:
    found = LateRequest(*row)
    why = tuple(Lateness(one) for one in found.why)
    return replace(found, why=why, items=tuple(found.items), beyond=tuple(found.beyond))
