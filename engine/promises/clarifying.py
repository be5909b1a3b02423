"""When asking the applicant for more needs a second person: nobody may win time by asking. Pure.

It does once so much of the budget is used, and whenever the applicant was asked before, answered or not. What is asked
then should be about what their answer brought; anything else is named. What asks for nothing new, such as a payment,
may be sent back once. Knows no store, no form and no task.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.calendars import Calendar
from engine.model import Clarification, Entry, Lateness, LedgerEntry, PromiseStanding, ServiceFacts

from .standing import standing


@dataclass(frozen=True, slots=True)
class Late:
    """Why a request is late, and how much of our time was used by then."""

    promise: str
    why: tuple[Lateness, ...]
    beyond: tuple[str, ...]
    used: int
    budget: int


def lateness(
    facts: ServiceFacts,
    opens: Collection[str],
    items: Iterable[str],
    data: Mapping[str, Any],
    ledger: Iterable[LedgerEntry],
    calendar: Calendar,
    now: datetime,
) -> Late | None:
    """Why a step that opens these tasks must wait for a second person; None when it need not.

    `items` are the names of what it asks for, `data` the case's answers before the step.
    """
    rule = next((one for one in facts.clarifications if {*one.tasks, *one.repeats} & set(opens)), None)
    if rule is None:
        return None
    promise = next(one for one in facts.promises if one.id == rule.promise)
    lines = tuple(line for line in ledger if line.promise == promise.id)
    stands = standing(promise, lines, calendar, now)
    if set(rule.tasks) & set(opens):
        why, beyond = _asked(rule, stands, tuple(items), data, lines)
    else:
        why, beyond = _returned(set(rule.repeats) & set(opens), lines), ()
    return Late(promise.id, why, beyond, stands.used, stands.budget) if why else None


def _asked(
    rule: Clarification,
    stands: PromiseStanding,
    items: tuple[str, ...],
    data: Mapping[str, Any],
    ledger: tuple[LedgerEntry, ...],
) -> tuple[tuple[Lateness, ...], tuple[str, ...]]:
    """Why asking is late, and what of it the first answer did not bring."""
    earlier = [data[task] for task in rule.tasks if task in data]
    brought = {name for answers in earlier for name in answers}
    beyond = tuple(name for name in items if earlier and name not in brought)
    running = stands.started_at is not None and stands.closed_at is None
    share = running and stands.used * 100 >= rule.late_after * stands.budget
    again = earlier or any(line.kind is Entry.PAUSE and line.element in rule.tasks for line in ledger)
    why = (
        *((Lateness.SHARE,) if share else ()),
        *((Lateness.AGAIN,) if again else ()),
        *((Lateness.BEYOND,) if beyond else ()),
    )
    return why, beyond


def _returned(tasks: Collection[str], ledger: Iterable[LedgerEntry]) -> tuple[Lateness, ...]:
    """Why sending back is late: it would be the second time. The first pause is what was asked for at all."""
    times = sum(line.kind is Entry.PAUSE and line.element in tasks for line in ledger)
    return (Lateness.RETURNED,) if times > 1 else ()
