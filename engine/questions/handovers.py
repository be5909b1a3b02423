"""Questions about passing tasks on: which were chosen, and what an act did. Who could take them: `sharing`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import UNDO_FOR, Actor, Case, Hand, Handed, NotHanded, Task
from engine.questions.asking import Asking
from engine.questions.worklists import masked
from engine.store.lists import WorkRow
from engine.views import HandedOver, HandedTask

if TYPE_CHECKING:
    from engine.store import Reads


ONES_OWN = (NotHanded.ROLE, NotHanded.UNFIT, NotHanded.CONFLICT)
"""Refused for what somebody is or declared: whoever holds the task is not in the way."""


class HandoverQuestions(Asking):
    """Only about work that one may see, and acts of one's own."""

    def chosen(self, task_ids: Iterable[str], actor: Actor) -> tuple[tuple[Task, Case], ...]:
        """The open ones among these tasks that one may see, in the order they were named."""
        wanted = list(dict.fromkeys(task_ids))
        with self._house.store.read() as reads:
            rows = {row.task.id: row for row in reads.work(wanted)}
        seen = (rows[task_id] for task_id in wanted if task_id in rows)
        return tuple(
            (row.task, masked(row.case))
            for row in seen
            if row.task.closed_at is None and self._may_see(actor, row.task)
        )

    def handed_over(self, act: str, actor: Actor) -> HandedOver:
        """What an act of one's own did to each task. Raises NotFound, also when it was too long ago to be kept."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            rows = reads.handed(act)
            if not rows or rows[0].by != actor.id:
                raise NotFound
            tasks = self._tasks(reads, rows, actor)
            first = rows[0]
        until = first.at + UNDO_FOR
        still = now < until and any(task.undoable for task in tasks)
        return HandedOver(
            id=act,
            hand=first.hand,
            to=tuple(dict.fromkeys(task.to for task in tasks if task.to)),
            reason=first.reason,
            at=first.at,
            undo_until=until if still else None,
            done=tuple(task for task in tasks if task.refused is None),
            refused=tuple(task for task in tasks if task.refused is not None),
        )

    def _tasks(self, reads: Reads, rows: Collection[Handed], actor: Actor) -> tuple[HandedTask, ...]:
        by_id = {row.task_id: row for row in rows}
        last = reads.last_handed(by_id)
        found = [work for work in reads.work(list(by_id)) if self._may_see(actor, work.task)]
        people = {login for row in rows for login in (row.who, row.holder)} | {work.task.closed_by for work in found}
        names = reads.names(people)
        found.sort(key=lambda work: by_id[work.task.id].line)
        return tuple(_handed(work, by_id[work.task.id], last, names) for work in found)


def _handed(work: WorkRow, row: Handed, last: dict[str, int], names: dict[str, str]) -> HandedTask:
    task = work.task
    undoable = row.moved and task.closed_at is None and last.get(task.id) == row.line and task.holder == row.holder
    in_the_way = row.who or task.closed_by or ""
    who = "" if row.refused in ONES_OWN else names.get(in_the_way, "") or (work.holder_name or "")
    return HandedTask(
        task=task,
        case=masked(work.case),
        refused=row.refused,
        to=names.get(row.holder or "", "") if row.hand is Hand.ASSIGN else "",
        who=who,
        moved=row.moved,
        undone=row.undone_at is not None,
        undoable=undoable,
    )
