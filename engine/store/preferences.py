"""What members of staff have chosen for themselves."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from engine.model import Preferences

from .base import Connected, columns, replacing, values
from .tables import preferences

_ROW = columns(preferences, Preferences)
_OF = select(*_ROW).where(preferences.c.login == bindparam("login"))
_CHOOSE = replacing(preferences, ["login"], ["told", "keys", "weekly"])


class PreferenceReads(Connected):
    """Questions about choices."""

    def preferences(self, login: str) -> Preferences:
        """One's choices, those of the house where nothing was chosen."""
        row = self._one(_OF, login=login)
        return Preferences(*row) if row else Preferences(login)

    def all_preferences(self) -> dict[str, Preferences]:
        """By login, of those who have chosen something."""
        return {row[0]: Preferences(*row) for row in self._all(select(*_ROW))}


class PreferenceWrites(PreferenceReads):
    """Choosing."""

    def choose(self, wanted: Preferences) -> None:
        self._change(_CHOOSE[self._dialect], **values(wanted))
