"""What acts did to the holders of tasks. Knows no rule of who may, and not how long it can be undone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from engine.model import Handed

from .base import Connected, columns, unless_there, values
from .prepared import Prepared
from .tables import handed

_ROW = columns(handed, Handed)
_OF_ACT = select(*_ROW).where(handed.c.act == bindparam("act")).order_by(handed.c.line)
_ONE = Prepared(select(handed.c.line).where(handed.c.act == bindparam("act"), handed.c.task_id == bindparam("task_id")))
_MOVED = (
    handed.c.refused.is_(None),
    handed.c.undone_at.is_(None),
    handed.c.seen.is_distinct_from(handed.c.holder),
)
_LAST = (
    select(handed.c.task_id, func.max(handed.c.line))
    .where(handed.c.task_id.in_(bindparam("ids", expanding=True)), *_MOVED)
    .group_by(handed.c.task_id)
)
_ADD = Prepared(insert(handed))
_ADD_REFUSED = unless_there(handed)
_UNDONE = update(handed).where(handed.c.line == bindparam("of_line"))
_FORGET = delete(handed).where(handed.c.at < bindparam("before", type_=handed.c.at.type))


class HandoverReads(Connected):
    """Questions about acts."""

    def handed(self, act: str) -> tuple[Handed, ...]:
        """What an act did, in the order in which it did it; empty when there is no such act (any more)."""
        return tuple(Handed(*row) for row in self._all(_OF_ACT, act=act))

    def last_handed(self, task_ids: Collection[str]) -> dict[str, int]:
        """By task, the line of the last act that moved it and was not undone."""
        return {row[0]: row[1] for row in self._all(_LAST, ids=list(task_ids))} if task_ids else {}


class HandoverWrites(HandoverReads):
    """Remembering acts."""

    def handed_already(self, act: str, task_id: str) -> bool:
        """Whether this act has dealt with this task. Ask under the lock of its case."""
        return self._value(_ONE, act=act, task_id=task_id) is not None

    def add_handed(self, done: Handed) -> None:
        self._add(_ADD, [_fresh(done)])

    def add_not_handed(self, refused: Handed) -> None:
        """The same request at the same time may have been quicker: its answer stays."""
        self._add(_ADD_REFUSED[self._dialect], [_fresh(refused)])

    def handed_undone(self, line: int, at: datetime) -> None:
        self._change(_UNDONE, of_line=line, undone_at=at)

    def forget_handed(self, before: datetime) -> int:
        return self._change(_FORGET, before=before)


def _fresh(done: Handed) -> dict[str, object]:
    """The row as it is added: the database gives the line."""
    return {name: value for name, value in values(done).items() if name != "line"}
