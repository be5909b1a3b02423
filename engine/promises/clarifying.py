"""When asking the applicant for more needs a second person: nobody may win time by asking. Pure.

It does once so much of the budget is used, and whenever the applicant was asked before, answered or not. What is asked
then should be about what their answer brought; anything else is named. Knows no store, no form and no task.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.calendars import Calendar
from engine.model import Clarification, Entry, Lateness, LedgerEntry, PromiseRule, ServiceFacts

from .counting import Account
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
    rule = next((one for one in facts.clarifications if set(one.tasks) & set(opens)), None)
    if rule is None:
        return None
    promise = next(one for one in facts.promises if one.id == rule.promise)
    return _judged(rule, promise, tuple(items), data, tuple(ledger), calendar, now)


def _judged(
    rule: Clarification,
    promise: PromiseRule,
    items: tuple[str, ...],
    data: Mapping[str, Any],
    ledger: tuple[LedgerEntry, ...],
    calendar: Calendar,
    now: datetime,
) -> Late | None:
    stands = standing(promise, ledger, calendar, now)
    earlier = [data[task] for task in rule.tasks if task in data]
    brought = {name for answers in earlier for name in answers}
    beyond = tuple(name for name in items if earlier and name not in brought)
    share = Account(promise.id, ledger).open and stands.used * 100 >= rule.late_after * stands.budget
    again = earlier or any(line.kind is Entry.PAUSE and line.element in rule.tasks for line in ledger)
    why = (
        *((Lateness.SHARE,) if share else ()),
        *((Lateness.AGAIN,) if again else ()),
        *((Lateness.BEYOND,) if beyond else ()),
    )
    return Late(promise.id, why, beyond, stands.used, stands.budget) if why else None
