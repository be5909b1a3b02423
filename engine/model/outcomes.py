"""What one step made of a case: pure data, the hinge between deciding and storing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .base import Json


@dataclass(frozen=True, slots=True)
class Opened:
    """A human task that now waits. `id` is unguessable text, stable for the life of the task."""

    id: str
    element: str
    unit: str | None


class Closing(StrEnum):
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Closed:
    """A human task that no longer waits, and whether a person finished it or the diagram took it away."""

    id: str
    element: str
    how: Closing


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that a token went through, in order of time within a step."""

    element: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a diagram asked for and somebody else must do: `notify`, `issue`, `conclude`, `permit_state`, `send` …"""

    kind: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class Timer:
    """The next instant at which an element of a case wants to be woken. `due_at` None: its promise has not begun."""

    id: str
    element: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case after one step. Pure data: storing it is someone else's job.

    `open` lists every human task that waits now, `opened` those that were not waiting before the step. `passed` keeps
    order. `timers` is the complete list for the case and replaces the stored one. `data` is the merged case data.
    """

    tokens: bytes
    open: tuple[Opened, ...]
    opened: tuple[Opened, ...]
    closed: tuple[Closed, ...]
    passed: tuple[Passed, ...]
    effects: tuple[Effect, ...]
    timers: tuple[Timer, ...]
    waiting_messages: frozenset[str]
    ended: bool
    data: Json
