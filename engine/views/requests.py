"""What is told of requests to an applicant that need a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.model import Case, LateRequest, PromiseStanding, RequestState, Task

from .shared import AnsweredForm


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One late request for whoever decides it, or made it. `decides`: this person may, and it still waits.

    `deciders`: the roles of whom one decides it, nobody who asked; empty once it no longer waits.
    """

    asked: LateRequest
    case: Case
    task: Task
    form: AnsweredForm
    promise: PromiseStanding
    state: RequestState
    decides: bool
    deciders: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LateRequests:
    """How many late requests a service and unit made since `since`; `unit` None: the office that signs."""

    service: str
    unit: str | None
    granted: int
    refused: int
    waiting: int
    dropped: int = 0

    @property
    def made(self) -> int:
        return self.granted + self.refused + self.waiting + self.dropped


@dataclass(frozen=True, slots=True)
class LateRequestFigures:
    """The same by service and unit, most first, since a day."""

    rows: tuple[LateRequests, ...]
    since: date
    as_of: datetime


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One late request of a list. `case` None: it is confidential, and not this person's to read."""

    asked: LateRequest
    state: RequestState
    service: str
    case: Case | None


@dataclass(frozen=True, slots=True)
class RequestList:
    """Late requests since a day, the newest first; `more`: there are older ones that are not shown."""

    rows: tuple[RequestLine, ...]
    names: Mapping[str, str]
    since: date
    more: bool
    as_of: datetime
