"""What an operator is told of the machine; nothing here names a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """A case, a notice or an effect that failed and is tried again. `next_at` None: tries are used up."""

    id: str
    case_id: str
    reference: str
    kind: str
    element: str
    message: str
    attempts: int
    first_at: datetime
    next_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Operations:
    """The operator's page. `lag_s`: how long the most overdue timer has been due; `tick_at` the last sweep."""

    incidents: tuple[Incident, ...]
    timers_due: int
    timers_next_day: int
    lag_s: float
    tick_at: datetime | None
    outbox_waiting: int
    outbox_oldest_s: float
    outbox_failed: int
    cases_open: int
    as_of: datetime
