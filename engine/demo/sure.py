"""The cases a season has for certain, so that the demo shows every state whatever chance brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.model import Entry, LedgerEntry
from engine.promises import standing

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.demo.plan import Busy, Waiting
    from engine.model import PromiseRule

DAYS_TO_FINISH = 6
DAYS_TO_ASK = 3
DAYS_TO_ASK_AGAIN = 2
"""Open days before the present on which cases begin that are worked on at once."""


class Way(StrEnum):
    """How people go about a case."""

    USUAL = "usual"
    SLOW = "slow"
    """Nobody touches it while its promise runs; once that is broken it is taken up again, slowly."""
    PROMPT = "prompt"
    """Everybody does what waits as soon as they look at their list."""
    SHELVED = "shelved"
    """Brought to a running promise at once, then left lying."""
    WAITING = "waiting"
    """Everybody is prompt up to the task that the plan leaves to a visitor."""
    ASKED = "asked"
    """The office is prompt, the applicant does not answer."""
    ASKED_AGAIN = "asked_again"
    """Everybody is prompt; what needs a second person's word is left to a visitor."""


@dataclass(frozen=True, slots=True)
class Start:
    """A case that begins for certain: the story it lives and the way it goes, `waiting` at which task for a visitor."""

    story: str
    way: Way
    waiting: Waiting | None = None


def sure_starts(
    busy: Busy, rule: PromiseRule, days: Sequence[date], until: datetime, calendar: Calendar
) -> Iterator[tuple[date, Start]]:
    """The day each certain case of a service begins on. `days` are a season's open days."""
    today = calendar.on(until)
    for name in busy.finished:
        yield _before(days, DAYS_TO_FINISH), Start(name, Way.PROMPT)
    yield _before(days, DAYS_TO_ASK), Start(busy.asked, Way.ASKED)
    if busy.asked_again:
        yield _before(days, DAYS_TO_ASK_AGAIN), Start(busy.asked_again, Way.ASKED_AGAIN)
    for one in busy.waiting:
        yield from ((_before(days, back), Start(one.story, Way.WAITING, one)) for back in one.days_ago)
    shelved = Start(busy.begun, Way.SHELVED)
    yield _before(days, 1), shelved
    due = {on: _due_on(rule, on, calendar) for on in days}
    yield from ((on, shelved) for on in [on for on in days if due[on] < today][-1:])
    yield from ((on, shelved) for on in [on for on in days if due[on] > today][:1])


def _before(days: Sequence[date], count: int) -> date:
    return days[max(0, len(days) - 1 - count)]


def _due_on(rule: PromiseRule, on: date, calendar: Calendar) -> date:
    """The day a promise is due that begins in the morning of `on`."""
    at = calendar.opens_at(on)
    due_at = standing(rule, (LedgerEntry(rule.id, Entry.START, at, "demo"),), calendar, at).due_at
    assert due_at is not None, "a promise that has begun is due"  # noqa: S101
    return calendar.on(due_at)
