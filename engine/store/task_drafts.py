"""Drafts of the forms of tasks. Knows not whose turn it is, nor what is in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from engine.model import TaskDraft

from .base import Connected, columns, replacing, values
from .tables import task, task_draft

_OF_TASK = select(*columns(task_draft, TaskDraft)).where(task_draft.c.task_id == bindparam("task_id"))
_KEEP = replacing(task_draft, ["task_id"], ["version", "page", "by", "at", "typed"])
_COUNT = update(task).where(task.c.id == bindparam("of_task"))
_DROP = delete(task_draft).where(task_draft.c.task_id == bindparam("of_task"))
_DROP_STALE = delete(task_draft).where(task_draft.c.at < bindparam("before", type_=task_draft.c.at.type))


class TaskDraftReads(Connected):
    """Questions about drafts of tasks."""

    def task_draft(self, task_id: str) -> TaskDraft | None:
        row = self._one(_OF_TASK, task_id=task_id)
        return row and TaskDraft(*row)


class TaskDraftWrites(TaskDraftReads):
    """Keeping drafts of tasks. Whoever keeps one holds the case locked."""

    def keep_task_draft(self, draft: TaskDraft) -> None:
        """In the place of the one that stood there; the task then knows its version."""
        self._change(_KEEP[self._dialect], **values(draft))
        self._change(_COUNT, of_task=draft.task_id, drafted=draft.version)

    def drop_task_draft(self, task_id: str) -> None:
        """Of a task that is done with it. The count stays: a page that knew the draft is not taken for a fresh one."""
        self._change(_DROP, of_task=task_id)

    def drop_stale_task_drafts(self, before: datetime) -> int:
        """All not saved since. How many."""
        return self._change(_DROP_STALE, before=before)
