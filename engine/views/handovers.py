"""What a clerk is told of passing tasks on: who could take them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import Case, Hand, NotHanded, Task

from .people import Person


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could be given work: who they are, and how many of the tasks asked about they could take."""

    person: Person
    fits: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom tasks could be given to, whoever could take most first; `suggested`: whom one of them should go to."""

    colleagues: tuple[Colleague, ...]
    suggested: Person | None


@dataclass(frozen=True, slots=True)
class Planned:
    """One task of a plan: whom it should go to (a login; empty: nobody who may have it is here), and who could."""

    task: Task
    case: Case
    to: str
    could: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SharePlan:
    """How tasks would be shared out. `gets`: who gets how many. Nothing has moved yet."""

    rows: tuple[Planned, ...]
    gets: tuple[tuple[Person, int], ...]


@dataclass(frozen=True, slots=True)
class HandedTask:
    """What became of one task of an act. Names: `to` was given it, `who` is in the way, or has it now.

    `moved`: it passed into other hands; one's own stays where it is when one takes it.
    `undoable`: nobody has passed it on or finished it since.
    """

    task: Task
    case: Case
    refused: NotHanded | None
    to: str
    who: str
    moved: bool
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of an act. `to` are names. `undo_until`: None when nothing is left to undo, or it is too late."""

    id: str
    hand: Hand
    to: tuple[str, ...]
    reason: str
    at: datetime
    undo_until: datetime | None
    done: tuple[HandedTask, ...]
    refused: tuple[HandedTask, ...]
