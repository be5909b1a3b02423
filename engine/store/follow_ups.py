"""Tasks put off until a day. Knows no rule of who may; which tasks rest is a condition of the lists of work."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, exists, select

from engine.model import FollowUp

from .base import Connected, columns, replacing, values
from .tables import follow_up, task

FOLLOW_UP = columns(follow_up, FollowUp)
_OF_TASK = select(*FOLLOW_UP).where(follow_up.c.task_id == bindparam("task_id"))
_PUT_OFF = replacing(follow_up, ["task_id"], ["by", "until_at", "note", "at"])
_DROP = delete(follow_up).where(follow_up.c.task_id == bindparam("of_task"))
_FORGET = delete(follow_up).where(exists().where(task.c.id == follow_up.c.task_id, task.c.closed_at.is_not(None)))


class FollowUpReads(Connected):
    """Questions about tasks put off."""

    def follow_up(self, task_id: str) -> FollowUp | None:
        """That of a task, also when it no longer counts for its holder."""
        row = self._one(_OF_TASK, task_id=task_id)
        return row and FollowUp(*row)


class FollowUpWrites(FollowUpReads):
    """Putting off."""

    def put_off(self, wanted: FollowUp) -> None:
        """In the place of the one before."""
        self._change(_PUT_OFF[self._dialect], **values(wanted))

    def drop_follow_up(self, task_id: str) -> bool:
        """False when the task was not put off."""
        return self._change(_DROP, of_task=task_id) == 1

    def forget_follow_ups(self) -> int:
        """Those of closed tasks: what somebody noted there has done its work. How many."""
        return self._change(_FORGET)
