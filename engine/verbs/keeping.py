"""Keeping a list of work by a name, for oneself or for a role. Touches no case."""

from __future__ import annotations

import uuid

from engine.errors import NotFound
from engine.house import House
from engine.model import Actor, Json, SavedView

FILTERS = frozenset({"tab", "layanan", "tahap", "tempo"})
"""What is kept of a list's address."""
LONGEST_NAME = 60


class Keeping:
    """Keeps lists. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def keep_view(self, name: str, wanted: Json, role: str | None, by: Actor) -> None:
        """Keep a list by a name; the same name again replaces one's own. `role`: one of one's own, None: only oneself.

        Of `wanted` only FILTERS are kept. Raises NotFound for another's role and for an empty name.
        """
        known = " ".join(name.split())[:LONGEST_NAME]
        if not known or (role is not None and role not in by.roles):
            raise NotFound
        kept = {filter_: str(value) for filter_, value in wanted.items() if filter_ in FILTERS and value}
        with self._house.store.write() as tx:
            tx.keep_view(SavedView(uuid.uuid4().hex, by.id, known, role, kept, self._house.clock.now()))

    def drop_view(self, view_id: str, by: Actor) -> None:
        """Let go of one's own; again changes nothing. Raises NotFound for another's."""
        with self._house.store.write() as tx:
            if any(view.id == view_id and view.owner != by.id for view in tx.saved_views(by.id, by.roles)):
                raise NotFound
            tx.drop_view(view_id, by.id)
