"""What the survey of satisfaction says: to whom it is put, and what all the answers come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from engine.model import Case, ServiceFacts


class SurveyState(StrEnum):
    """Whether a case's survey can be answered: before its result not yet, afterwards once."""

    EARLY = "early"
    OPEN = "open"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Survey:
    """The survey as it is put to whoever holds a case's link."""

    case: Case
    facts: ServiceFacts
    state: SurveyState


@dataclass(frozen=True, slots=True)
class ElementScore:
    """One of the nine elements with the mean of its answers (NRR, 1 to 4)."""

    element: str
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What a service's survey comes to from `since` to `until` (months like `2026-11`), both included.

    With fewer than `least` answers there is neither index nor grade nor element: who answered could be guessed.
    """

    service: str
    people: int
    least: int
    since: str
    until: str
    elements: tuple[ElementScore, ...] = ()
    index: Decimal | None = None
    grade: str = ""
