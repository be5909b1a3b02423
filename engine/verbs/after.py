"""A case as a step leaves it, worked out from what its diagram made of it. Pure; stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.model import Case, Element, Outcome, PromiseStanding, PromiseState
from engine.roles import APPLICANT
from engine.verbs import effects


def case_after(
    case: Case,
    outcome: Outcome,
    promise: tuple[PromiseState, datetime | None],
    elements: Mapping[str, Element],
    now: datetime,
) -> Case:
    """A case as a step leaves it, but for its revision. `promise`: state and date of the main one after the step."""
    stages = stages_of(elements, outcome)
    return replace(
        case,
        stage=stages[-1] if stages else case.stage,
        outcome=effects.concluded(outcome) or case.outcome,
        ended_at=now if outcome.ended else None,
        promise_state=promise[0],
        due_at=promise[1],
        applicant=any(elements[one.element].role == APPLICANT for one in outcome.open),
    )


def state_and_date(promise: PromiseStanding | None) -> tuple[PromiseState, datetime | None]:
    """A promise as lists repeat it: while it is open with its date."""
    if promise is None:
        return PromiseState.NOT_STARTED, None
    return promise.state, promise.due_at if promise.closed_at is None else None


def stages_of(elements: Mapping[str, Element], outcome: Outcome) -> list[str]:
    """The stages a step led through, in order; the last is where the case now is. An escalation beside it has none."""
    path = [*(p.element for p in outcome.passed), *(o.element for o in outcome.opened)]
    return [found.stage for name in path if (found := elements.get(name)) and found.stage]
