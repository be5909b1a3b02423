"""What is told of requests to an applicant that need a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.model import Case, LateRequest, PromiseStanding, Task

from .shared import AnsweredForm


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One late request for whoever decides it, or made it. `decides`: this person may, and it still waits."""

    asked: LateRequest
    case: Case
    task: Task
    form: AnsweredForm
    promise: PromiseStanding
    decides: bool
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LateRequests:
    """How many late requests a service and unit made since `since`; `unit` None: the office that signs."""

    service: str
    unit: str | None
    granted: int
    refused: int
    waiting: int

    @property
    def made(self) -> int:
        return self.granted + self.refused + self.waiting


@dataclass(frozen=True, slots=True)
class LateRequestFigures:
    """The same by service and unit, most first, since a day."""

    rows: tuple[LateRequests, ...]
    since: date
    as_of: datetime
