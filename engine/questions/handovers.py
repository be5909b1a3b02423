"""Questions about passing tasks on: who could take them, and what an act did."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import UNDO_FOR, Actor, Case, Handed, Task
from engine.questions.asking import Asking
from engine.questions.worklists import masked
from engine.roles import fits
from engine.store.rows import WorkRow
from engine.verbs.conflicts import kept_out
from engine.views import Colleague, HandedOver, HandedTask

if TYPE_CHECKING:
    from engine.store import Reads
    from engine.store.rows import User


class HandoverQuestions(Asking):
    """Only about work that one may see, and acts of one's own."""

    def colleagues_for(self, task_ids: Iterable[str], actor: Actor) -> tuple[Colleague, ...]:
        """Who could be given some of these tasks: whoever could take most first, then whoever has least to do."""
        with self._house.store.read() as reads:
            work = [row for row in reads.work(list(task_ids)) if self._may_see(actor, row.task)]
            out = {row.task.id: kept_out(self._house, reads, row.task, row.case) for row in work}
            load = reads.open_tasks_by_holder()
            users = [user for user in reads.users() if user.active]
        found = [
            Colleague(user.login, user.name, load.get(user.login, 0), could)
            for user in users
            if (could := sum(_could(user, row.task, out[row.task.id]) for row in work))
        ]
        return tuple(sorted(found, key=lambda one: (-one.fits, one.load, one.name)))

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
            to = self._names(reads, [first.holder]).get(first.holder, "") if first.holder else ""
        until = first.at + UNDO_FOR
        still = now < until and any(task.undoable for task in tasks)
        return HandedOver(
            id=act,
            hand=first.hand,
            to=to,
            reason=first.reason,
            at=first.at,
            undo_until=until if still else None,
            done=tuple(task for task in tasks if task.refused is None),
            refused=tuple(task for task in tasks if task.refused is not None),
        )

    def _tasks(self, reads: Reads, rows: Iterable[Handed], actor: Actor) -> tuple[HandedTask, ...]:
        by_id = {row.task_id: row for row in rows}
        last = reads.last_handed(by_id)
        found = [work for work in reads.work(list(by_id)) if self._may_see(actor, work.task)]
        people = [by_id[work.task.id].who or work.task.closed_by for work in found]
        names = self._names(reads, (login for login in people if login))
        found.sort(key=lambda work: by_id[work.task.id].line)
        return tuple(_handed(work, by_id[work.task.id], last, names) for work in found)


def _could(user: User, task: Task, kept_out: Collection[str]) -> bool:
    return user.login not in kept_out and any(fits(post, task.role, task.unit) for post in user.posts)


def _handed(work: WorkRow, row: Handed, last: dict[str, int], names: dict[str, str]) -> HandedTask:
    task = work.task
    undoable = row.moved and task.closed_at is None and last.get(task.id) == row.line and task.holder == row.holder
    in_the_way = row.who or task.closed_by or ""
    who = names.get(in_the_way, "") or (work.holder_name or "")
    undone = row.undone_at is not None
    return HandedTask(task, masked(work.case), row.refused, who, moved=row.moved, undone=undone, undoable=undoable)
