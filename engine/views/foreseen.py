"""What finishing a task would lead to, as a page says it before anybody presses the button."""

from __future__ import annotations

from collections.abc import Mapping
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
    result the case would get. `second_person`: asking the applicant now is late, so somebody else decides first.
    """

    opened: tuple[Ahead, ...]
    clock: ClockTurn
    due_at: datetime | None = None
    answer_by: datetime | None = None
    told: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    outcome: str | None = None
    second_person: bool = False

    @property
    def outward(self) -> bool:
        """Whether it would put something into the world that cannot be taken back: a paper or a result."""
        return bool(self.papers or self.outcome)


@dataclass(frozen=True, slots=True)
class Mail:
    """What the applicant would be told, without the link, which is theirs alone."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go out if a task were finished as its draft says.

    `letters`: by kind the pictures of the pages, marked as a preview; none where it cannot be drawn. `said`: the words
    that the applicant would read on the page of their case.
    """

    foreseen: Foreseen
    letters: Mapping[str, tuple[bytes, ...]]
    mails: tuple[Mail, ...]
    said: str = ""
