"""A list that somebody keeps by a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .base import Json


@dataclass(frozen=True, slots=True)
class SavedView:
    """Filters of the worklist by name, as parameters of its address.

    `role`: everybody in it sees it; None: only `owner`.

    What was searched for is never among them: it may be somebody's name, and nothing here is ever erased.
    """

    id: str
    owner: str
    name: str
    role: str | None
    wanted: Json
    at: datetime
