"""Mergers as rows: which case is carried by which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from engine.model import Case, Merger

from .base import Connected, columns, values
from .cases import CASE
from .tables import cases, merger

_TOGETHER = merger.c.parted_at.is_(None)
_OF = select(*columns(merger, Merger)).where(merger.c.case_id == bindparam("case_id"), _TOGETHER)
_MERGERS_INTO = (
    select(*columns(merger, Merger)).where(merger.c.main_id == bindparam("main_id"), _TOGETHER).order_by(merger.c.line)
)
_CARRIED = (
    select(*CASE)
    .join_from(merger, cases, cases.c.id == merger.c.case_id)
    .where(merger.c.main_id == bindparam("main_id"), _TOGETHER)
    .order_by(cases.c.started_at, cases.c.id)
)
_ADD = insert(merger)
_PART = update(merger).where(merger.c.case_id == bindparam("of_case"), _TOGETHER)


class MergerReads(Connected):
    """Questions about what is carried by what, as it is now."""

    def merger(self, case_id: str) -> Merger | None:
        """What carries this case; None when it goes by itself."""
        row = self._one(_OF, case_id=case_id)
        return row and Merger(*row)

    def mergers_into(self, main_id: str) -> tuple[Merger, ...]:
        return tuple(Merger(*row) for row in self._all(_MERGERS_INTO, main_id=main_id))

    def carried_by(self, main_id: str) -> tuple[Case, ...]:
        """The cases that a main one carries, the oldest first."""
        return tuple(Case(*row) for row in self._all(_CARRIED, main_id=main_id))


class MergerWrites(MergerReads):
    """Merging and parting."""

    def add_merger(self, added: Merger) -> None:
        self._add(_ADD, [values(added)])

    def part(self, case_id: str, at: datetime, by: str, reason: str) -> bool:
        """False when nothing carried it."""
        return self._change(_PART, of_case=case_id, parted_at=at, parted_by=by, parted_reason=reason) == 1
