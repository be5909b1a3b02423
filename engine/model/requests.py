"""Asking the applicant for more, late: what was asked, why it is late, and what a second person said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .base import Json
from .orders import Decision


class Lateness(StrEnum):
    """Why a request needs a second person."""

    SHARE = "share"
    """So much of our own time is used up that asking now could only win time."""
    AGAIN = "again"
    """The applicant was asked before."""
    BEYOND = "beyond"
    """It names something that the answer to the one before did not bring."""
    RETURNED = "returned"
    """What is sent back, such as a payment, was sent back before."""


class RequestState(StrEnum):
    """What became of a late request."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"
    """Nobody decided it, and its task is done or gone: the clerk found another way, or the applicant withdrew."""

    @classmethod
    def of(cls, decision: Decision, still_open: bool) -> RequestState:
        """`still_open`: whether its task is."""
        if decision is Decision.WAITING:
            return cls.WAITING if still_open else cls.DROPPED
        return cls.SENT if decision is Decision.APPROVED else cls.REFUSED


@dataclass(frozen=True, slots=True)
class LateRequest:
    """One request that waits for a second person, or waited.

    `answers` are the clerk's, sealed as all answers are, kept until the task is done. `items` are the names of what is
    asked for, `beyond` those of them that the first answer did not bring. `used` of `budget` days of ours were over
    when it was made. `unit` is whose case it was.
    """

    id: str
    case_id: str
    task_id: str
    promise: str
    why: tuple[Lateness, ...]
    items: tuple[str, ...]
    beyond: tuple[str, ...]
    used: int
    budget: int
    unit: str | None
    answers: Json
    asked_by: str
    asked_at: datetime
    decision: Decision = Decision.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
