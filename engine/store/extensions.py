"""Extensions of promises: asked for, granted, refused. Decides nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.model import Decision, Extension

from .base import Connected, columns, values
from .tables import extension

_EXTENSION = columns(extension, Extension)
_BY_ID = select(*_EXTENSION).where(extension.c.id == bindparam("extension_id"))
_OF_CASE = select(*_EXTENSION).where(extension.c.case_id == bindparam("case_id")).order_by(extension.c.asked_at)
_WAITING = (
    select(*_EXTENSION)
    .where(extension.c.decision == Decision.WAITING)
    .order_by(extension.c.asked_at, extension.c.id)
    .limit(bindparam("most"))
)
_ADD = insert(extension)
_SET = update(extension).where(extension.c.id == bindparam("of_extension"))


class ExtensionReads(Connected):
    """Questions about extensions."""

    def extension(self, extension_id: str) -> Extension | None:
        return _read(self._one(_BY_ID, extension_id=extension_id))

    def extensions(self, case_id: str) -> tuple[Extension, ...]:
        """Those of a case, the oldest first."""
        return tuple(Extension(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def extensions_waiting(self, limit: int) -> tuple[Extension, ...]:
        """Those nobody has decided yet, the oldest first."""
        return tuple(Extension(*row) for row in self._all(_WAITING, most=limit))


class ExtensionWrites(ExtensionReads):
    """Changing extensions. The lock of the case keeps two who decide apart."""

    def add_extension(self, one: Extension) -> None:
        self._add(_ADD, [values(one)])

    def decide_extension(self, extension_id: str, decision: Decision, by: str, at: datetime, answer: str) -> None:
        self._change(_SET, of_extension=extension_id, decision=decision, decided_by=by, decided_at=at, answer=answer)


def _read(row: Any) -> Extension | None:
    return None if row is None else Extension(*row)
