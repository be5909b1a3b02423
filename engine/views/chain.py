"""The way of a case through the offices, as its citizen is told: by role and unit, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Passing(StrEnum):
    """How a case came to an office."""

    RECEIVED = "received"
    PASSED = "passed"
    RETURNED = "returned"
    """To one that had it before."""
    JOINED = "joined"
    """The case that carries it on has it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case went on: a choice from the list of a form. `title` is its Indonesian name."""

    form: str
    field: str
    choice: str
    title: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One stay with an office. `days` are the open days it took so far; `until_at` None: it is there now."""

    role: str
    unit: str | None
    how: Passing
    since_at: datetime
    until_at: datetime | None
    days: int
    reason: Reason | None = None
