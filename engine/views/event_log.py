"""What happened in many cases, without a person, a reference or an answer: for tools that look at whole processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LogEvent:
    """A task that opened (`start`), was finished by somebody (`complete`) or taken away by the diagram (`ate_abort`).

    `task` counts the tasks of the case, so that a beginning finds its end.
    """

    task: int
    element: str
    transition: str
    role: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """One case. `outcome` is empty while it goes on."""

    version: str
    channel: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    events: tuple[LogEvent, ...]


@dataclass(frozen=True, slots=True)
class EventLog:
    """The cases of a service that began in the last `days` days, the latest first."""

    service: str
    traces: tuple[Trace, ...]
    days: int
    since_on: date
    as_of: datetime
