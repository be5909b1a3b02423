"""What a clerk is told of passing tasks on: who could take them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import Case, Hand, NotHanded, Task


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could be given work: the open tasks they hold, and how many of those asked about they could take."""

    login: str
    name: str
    load: int
    fits: int


@dataclass(frozen=True, slots=True)
class HandedTask:
    """What became of one task of an act. `who`: by name, the colleague in the way, or who has it now.

    `moved`: it passed into other hands; one's own stays where it is when one takes it.
    `undoable`: nobody has passed it on or finished it since.
    """

    task: Task
    case: Case
    refused: NotHanded | None
    who: str
    moved: bool
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of an act. `to` is a name. `undo_until`: None when nothing is left to undo, or it is too late."""

    id: str
    hand: Hand
    to: str
    reason: str
    at: datetime
    undo_until: datetime | None
    done: tuple[HandedTask, ...]
    refused: tuple[HandedTask, ...]
