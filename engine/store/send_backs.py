"""Send-backs: kept for a while, and taken out of the rows of their case again. Decides nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, insert, select, update

from engine.model import SendBack

from .base import Connected, columns, values
from .tables import answer, handed, notice, send_back, stage_visit, task

_OF_TASK = select(*columns(send_back, SendBack)).where(send_back.c.task_id == bindparam("task_id"))
_ADD = insert(send_back)
_OLD = delete(send_back).where(send_back.c.at < bindparam("before", type_=send_back.c.at.type))
_DROP = delete(send_back).where(send_back.c.task_id == bindparam("of_task"))
_CASE: BindParameter[str] = bindparam("of_case")
_AT: BindParameter[datetime] = bindparam("of_at", type_=send_back.c.at.type)
_NO_ANSWERS = delete(answer).where(answer.c.task_id == bindparam("of_task"))
_OPENED = (task.c.case_id == _CASE, task.c.opened_at == _AT, task.c.closed_at.is_(None))
# An act that was refused for one of these tasks left a row, and nothing in the trail.
_NO_HANDED = delete(handed).where(handed.c.task_id.in_(select(task.c.id).where(*_OPENED)))
_NO_TASKS = delete(task).where(*_OPENED)
_NO_NOTICES = delete(notice).where(
    notice.c.case_id == _CASE, notice.c.at == _AT, notice.c.attempts == 0, notice.c.sent_at.is_(None)
)
_NO_VISITS = delete(stage_visit).where(stage_visit.c.case_id == _CASE, stage_visit.c.began_at == _AT)
_VISIT_GOES_ON = update(stage_visit).where(stage_visit.c.case_id == _CASE, stage_visit.c.ended_at == _AT)
_REOPEN = update(task).where(task.c.id == bindparam("of_task"))


class SendBackReads(Connected):
    """Questions about send-backs."""

    def send_back(self, task_id: str) -> SendBack | None:
        """That of a task, None when it was none or is no longer kept."""
        row = self._one(_OF_TASK, task_id=task_id)
        return row and SendBack(*row)


class SendBackWrites(SendBackReads):
    """Keeping and undoing them."""

    def add_send_back(self, one: SendBack) -> None:
        self._add(_ADD, [values(one)])

    def forget_send_backs(self, before: datetime) -> None:
        self._change(_OLD, before=before)

    def take_back_send_back(self, one: SendBack) -> None:
        """The rows of its case as they were: its task open, without what the step wrote. Not its tokens and timers.

        Only while nobody has touched what it opened: other rows that hang on those tasks would be left behind.
        """
        of_step = {"of_case": one.case_id, "of_at": one.at}
        self._change(_NO_ANSWERS, of_task=one.task_id)
        for statement in (_NO_HANDED, _NO_TASKS, _NO_NOTICES, _NO_VISITS):
            self._change(statement, **of_step)
        self._change(_VISIT_GOES_ON, **of_step, ended_at=None)
        self._change(_REOPEN, of_task=one.task_id, closed_at=None, closed_by=None, closing=None)
        self._change(_DROP, of_task=one.task_id)
