"""What whoever oversees follows: rungs of the ladder that were told, and closed cases that are looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Escalation:
    """That a role was told of a case up the ladder. `late`: the promise was missed, else a step took too long.

    `stage` is where the case was. `cleared_at`: since then what was told of is over, and they know.
    """

    line: int
    case_id: str
    role: str
    unit: str | None
    stage: str | None
    late: bool
    at: datetime
    cleared_at: datetime | None


class Verdict(StrEnum):
    """What a second look at a closed case found."""

    FINE = "sesuai"
    WANTING = "perlu_perbaikan"


@dataclass(frozen=True, slots=True)
class Draw:
    """That chance chose `wanted` of the `population` of a service's cases closed in the week from Monday `week_on`."""

    service: str
    week_on: date
    seed: str
    population: int
    wanted: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Sampled:
    """A closed case that chance chose. `verdict` None: nobody has looked yet."""

    case_id: str
    service: str
    week_on: date
    verdict: Verdict | None = None
    note: str = ""
    by: str | None = None
    reviewed_at: datetime | None = None
