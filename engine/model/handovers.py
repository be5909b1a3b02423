"""Passing tasks from hand to hand: what an act was meant to do, and what it did to each task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

UNDO_FOR = timedelta(minutes=10)
"""So long whoever passed tasks on can undo it, and so long the mail about it is held."""


class Hand(StrEnum):
    """What is done with the holder of a task. The words are those of the audit."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    LEAVE = "leave"
    """Its holder works here no more."""


class NotHanded(StrEnum):
    """Why an act left a task as it was."""

    GONE = "gone"
    HELD = "held"
    ROLE = "role"
    NOT_HOLDER = "not_holder"
    """Only its holder or a supervisor may pass it on."""
    UNFIT = "unfit"
    """The colleague has no post that covers it."""
    CONFLICT = "conflict"
    """An interest of their own, or a rule of the diagram, keeps the colleague out of it."""
    MOVED = "moved"
    """It was to be taken from somebody who does not hold it any more."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What one act did to one task: it passed from `seen` to `holder` (None: nobody), or stayed for `refused`.

    `who` is the colleague in the way. `line` orders all of them, as they happened.
    """

    act: str
    task_id: str
    by: str
    hand: Hand
    at: datetime
    seen: str | None
    holder: str | None
    reason: str = ""
    refused: NotHanded | None = None
    who: str | None = None
    undone_at: datetime | None = None
    line: int = 0

    @property
    def moved(self) -> bool:
        return self.refused is None and self.seen != self.holder
