"""What finishing a task would lead to, as a page says it before anybody presses the button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockTurn(StrEnum):
    """What a step does to the service's promise."""

    NONE = "tanpa_janji"
    WAITS = "belum_berjalan"
    STARTS = "mulai"
    RUNS = "berjalan"
    STOPS = "berhenti"
    STANDS = "tetap_berhenti"
    RESUMES = "lanjut"
    KEPT = "ditepati"
    BROKEN = "terlambat"
    LAPSES = "gugur"
    OVER = "sudah_selesai"


@dataclass(frozen=True, slots=True)
class Ahead:
    """A task that would open."""

    element: str
    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one answer leads to. `due_at`: the promise's date afterwards, while it runs or stands still.

    `answer_by`: until when the applicant could answer, if it becomes their turn and the diagram sets a term. `told`:
    the notices the applicant would get, by text. `papers`: the kinds of paper that would be issued. `outcome`: the
    result the case would get.
    """

    opened: tuple[Ahead, ...]
    clock: ClockTurn
    due_at: datetime | None = None
    answer_by: datetime | None = None
    told: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    outcome: str | None = None

    @property
    def outward(self) -> bool:
        """Whether it would put something into the world that cannot be taken back: a paper or a result."""
        return bool(self.papers or self.outcome)
