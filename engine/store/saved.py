"""Lists kept by a name. Knows not what their filters mean."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, delete, or_, select

from engine.model import SavedView

from .base import Connected, columns, replacing, values
from .tables import saved_view

_SEEN = (
    select(*columns(saved_view, SavedView))
    .where(
        or_(
            saved_view.c.owner == bindparam("owner"),
            saved_view.c.role.in_(bindparam("roles", expanding=True)),
        )
    )
    .order_by(saved_view.c.name, saved_view.c.id)
)
_KEEP = replacing(saved_view, ["owner", "name"], ["role", "wanted", "at"])
_DROP = delete(saved_view).where(saved_view.c.id == bindparam("of_id"), saved_view.c.owner == bindparam("of_owner"))


class SavedReads(Connected):
    """Questions about kept lists."""

    def saved_views(self, owner: str, roles: Collection[str]) -> tuple[SavedView, ...]:
        """One's own and those of one's roles, by name."""
        return tuple(SavedView(*row) for row in self._all(_SEEN, owner=owner, roles=sorted(roles)))


class SavedWrites(SavedReads):
    """Keeping lists."""

    def keep_view(self, view: SavedView) -> None:
        """The same name of the same owner is replaced."""
        self._change(_KEEP[self._dialect], **values(view))

    def drop_view(self, view_id: str, owner: str) -> bool:
        """False when this owner has none of that id."""
        return self._change(_DROP, of_id=view_id, of_owner=owner) == 1
