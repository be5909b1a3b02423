"""Colleagues at work and away: an absence with who stands in for it, and how much somebody has to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AbsenceKind(StrEnum):
    """Why somebody is away. That it is for health is told to nobody but them and who supervises."""

    LEAVE = "cuti"
    SICK = "sakit"
    DUTY = "dinas_luar"


@dataclass(frozen=True, slots=True)
class Absence:
    """A colleague is away from a day to a day, both included, and `substitutes` (logins) do their tasks meanwhile.

    It ends by itself; `ended_at`: it was ended before, or never began.
    """

    id: str
    login: str
    kind: AbsenceKind
    first_on: date
    last_on: date
    entered_by: str
    entered_at: datetime
    ended_at: datetime | None = None
    substitutes: tuple[str, ...] = ()

    def lasts_on(self, day: date) -> bool:
        """Whether the colleague is away on a day."""
        return self.ended_at is None and self.first_on <= day <= self.last_on

    def touches(self, first_on: date, last_on: date) -> bool:
        """Whether it shares a day with a span."""
        return self.ended_at is None and self.first_on <= last_on and first_on <= self.last_on


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody holds: all open tasks, those overdue, those due soon, and when the next one is due."""

    open: int = 0
    late: int = 0
    soon: int = 0
    next_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """New tasks of a role are given out by themselves; `unit` empty: those of every unit.

    `by` switched it on at `at`. Tasks opened until `shared_at` are done with; `busy_until`: somebody is at it.
    """

    role: str
    unit: str
    by: str
    at: datetime
    shared_at: datetime
    busy_until: datetime
