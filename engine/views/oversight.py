"""What a supervisor is told: numbers, each of which is a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .work import Work


@dataclass(frozen=True, slots=True)
class Oversight:
    """Four numbers, each of which is a list, and the decisions that wait. `rows`: by service and stage."""

    late: int
    at_risk: int
    running: int
    applicant: int
    rows: tuple[tuple[str, str, int, int, int, int], ...]
    escalated: tuple[Work, ...]
    as_of: datetime
