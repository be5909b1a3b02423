"""The record of who looked at a case. Knows nothing of who may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import bindparam, select

from engine.model import Look

from .base import Connected, columns, replacing, unless_there, values
from .prepared import Prepared
from .tables import look

_OF_CASE = Prepared(
    select(*columns(look, Look)).where(look.c.case_id == bindparam("case_id")).order_by(look.c.at.desc(), look.c.login)
)
_OF_DAY = Prepared(
    select(look.c.what, look.c.at).where(
        look.c.case_id == bindparam("case_id"),
        look.c.seen_on == bindparam("seen_on"),
        look.c.login == bindparam("login"),
    )
)
_ADD = unless_there(look)
_AGAIN = replacing(look, ["case_id", "seen_on", "login", "what"], ["at"])


class LookReads(Connected):
    """Questions about who looked."""

    def looks(self, case_id: str) -> tuple[Look, ...]:
        """Everybody's, the latest first."""
        return tuple(Look(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def looks_of_day(self, case_id: str, seen_on: date, login: str) -> dict[str, datetime]:
        """What one person has looked at on a day, with the recorded instant."""
        rows = self._all(_OF_DAY, case_id=case_id, seen_on=seen_on, login=login)
        return {what: at for what, at in rows}  # noqa: C416 rows are no pairs to the type checker


class LookWrites(LookReads):
    """Adding to the record."""

    def add_look(self, seen: Look) -> None:
        """The first one of a day stays."""
        self._add(_ADD[self._dialect], [values(seen)])

    def add_looks(self, seen: Iterable[Look]) -> None:
        """The same for many at once."""
        self._add(_ADD[self._dialect], [values(one) for one in seen])

    def add_look_again(self, seen: Look) -> None:
        """The latest one of a day stays: for what opens something for a while."""
        self._change(_AGAIN[self._dialect], **values(seen))
