"""Posts whose new tasks are shared out by themselves. Knows not to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, select, update

from engine.model import Post, Sharing, Task

from .base import Connected, columns, replacing, values
from .tables import handed, sharing, task
from .tasks import TASK

_INSTANT = sharing.c.at.type
_ALL = select(*columns(sharing, Sharing)).order_by(sharing.c.role, sharing.c.unit)
_PLACE = (sharing.c.role == bindparam("of_role"), sharing.c.unit == bindparam("of_unit"))
_SET = replacing(sharing, ["role", "unit"], ["by", "at", "shared_at", "busy_until"])
_DROP = delete(sharing).where(*_PLACE)
_TAKE = update(sharing).where(*_PLACE, sharing.c.busy_until <= bindparam("now", type_=_INSTANT))
_DONE = update(sharing).where(*_PLACE)
_FREE = (
    select(*TASK)
    .where(
        task.c.closed_at.is_(None),
        task.c.opened_at > bindparam("since", type_=_INSTANT),
        # As expressions, or SQLite would walk all tasks of the role, or all that nobody holds, instead of the new ones.
        func.coalesce(task.c.holder, "") == "",
        task.c.role.concat("") == bindparam("role"),
        # Whoever has put a task back wanted the group to have it: it is not given out by itself again.
        ~exists().where(handed.c.task_id == task.c.id),
    )
    .order_by(task.c.opened_at, task.c.id)
    .limit(bindparam("most"))
)


class SharingReads(Connected):
    """Questions about what is shared out."""

    def sharings(self) -> tuple[Sharing, ...]:
        return tuple(Sharing(*row) for row in self._all(_ALL))

    def free_since(self, post: Post, since: datetime, most: int) -> tuple[Task, ...]:
        """Tasks of a post opened after an instant that nobody ever held, the oldest first."""
        wanted = _FREE if post.unit is None else _FREE.where(task.c.unit.concat("") == post.unit)
        return tuple(Task(*row) for row in self._all(wanted, since=since, role=post.role, most=most))


class SharingWrites(SharingReads):
    """Changing what is shared out."""

    def share(self, one: Sharing) -> None:
        self._change(_SET[self._dialect], **values(one))

    def share_no_more(self, role: str, unit: str) -> bool:
        """False when it was not."""
        return self._change(_DROP, of_role=role, of_unit=unit) == 1

    def take_sharing(self, one: Sharing, now: datetime, busy_until: datetime) -> bool:
        """Be the one who shares out a post's tasks; False while somebody else is."""
        return self._change(_TAKE, of_role=one.role, of_unit=one.unit, now=now, busy_until=busy_until) == 1

    def shared(self, one: Sharing, until: datetime, now: datetime) -> None:
        """Tasks opened until then are shared out; whoever comes next may begin."""
        self._change(_DONE, of_role=one.role, of_unit=one.unit, shared_at=until, busy_until=now)
