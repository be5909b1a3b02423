"""Who was told up the ladder, and which closed cases are looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import Case, Draw, Escalation, Sampled


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs that were told, the latest first of `total`, each with its case.

    `standing`: cases in which it is not over.
    """

    rows: tuple[tuple[Escalation, Case], ...]
    standing: int
    total: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class SampledCase:
    """A case that chance chose. `mine`: this person may answer; not whoever worked on it. `by_name`: who answered."""

    sampled: Sampled
    case: Case
    mine: bool
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """The samples of the last weeks and how they were drawn: `reviewed` of `drawn`, `wanting` need repair."""

    rows: tuple[SampledCase, ...]
    draws: tuple[Draw, ...]
    drawn: int
    reviewed: int
    wanting: int
    as_of: datetime
