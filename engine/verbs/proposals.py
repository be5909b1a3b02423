"""What is wrong with an order as it was typed: every mistake at once, each at its field. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from engine.calendars import Calendar, Hours
from engine.model import FieldProblem, OrderKind, OutageProposal, Proposal
from engine.promises.counting import first_turn_on

LONGEST_DAYS = 62
"""The most days of one change of the calendar: two months hold Ramadan and every run of holidays."""
_LINK = re.compile(r"(?i)https?:|www\.|\w\.(com|id|net|org)\b")


def proposal_problems(asked: Proposal, calendar: Calendar, now: datetime) -> list[FieldProblem]:
    """What keeps a change of the calendar from being proposed. Days that are over stay as they were."""
    return [*_texts(asked), *_span(asked, calendar, now), *_hours(asked)]


def outage_problems(asked: OutageProposal, now: datetime, most_days: int, taken: frozenset[str]) -> list[FieldProblem]:
    """What keeps an outage from being declared. `taken`: numbers of earlier outages, folded."""
    problems = [FieldProblem(name, "order.missing") for name in ("number", "reason") if not getattr(asked, name)]
    if asked.number.casefold() in taken:
        problems.append(FieldProblem("number", "order.taken", {"number": asked.number}))
    if _LINK.search(asked.reason):
        problems.append(FieldProblem("reason", "order.link"))
    return [*problems, *_between(asked, now, most_days)]


def _texts(asked: Proposal) -> Iterator[FieldProblem]:
    if not asked.number:
        yield FieldProblem("number", "order.missing")
    if asked.kind is OrderKind.CLOSED and not asked.name:
        yield FieldProblem("name", "order.missing")


def _span(asked: Proposal, calendar: Calendar, now: datetime) -> Iterator[FieldProblem]:
    if asked.first_on is None or asked.last_on is None:
        yield FieldProblem("first_on" if asked.first_on is None else "last_on", "order.missing")
    elif asked.last_on < asked.first_on:
        yield FieldProblem("last_on", "order.backwards")
    elif asked.first_on < first_turn_on(now, calendar):
        yield FieldProblem("first_on", "order.past")
    elif (asked.last_on - asked.first_on).days >= LONGEST_DAYS:
        yield FieldProblem("last_on", "order.too_long", {"days": LONGEST_DAYS})
    elif _idle(asked, asked.first_on, asked.last_on, calendar):
        yield FieldProblem("first_on", "order.idle")


def _idle(asked: Proposal, first_on: date, last_on: date, calendar: Calendar) -> bool:
    """Whether every day is already as it would become."""
    days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    if asked.kind is OrderKind.CLOSED:
        return not any(calendar.is_open(on) for on in days)
    if asked.kind is OrderKind.OPEN:
        return not any(calendar.closed.get(on) for on in days)
    return False


def _hours(asked: Proposal) -> Iterator[FieldProblem]:
    if asked.kind is not OrderKind.HOURS:
        return
    if not asked.week:
        yield FieldProblem("week", "order.missing")
    for weekday, text in asked.week.items():
        try:
            Hours.read(text)
        except ValueError:
            yield FieldProblem(f"week.{weekday}", "order.hours")


def _between(asked: OutageProposal, now: datetime, most_days: int) -> Iterator[FieldProblem]:
    if asked.from_at is None:
        yield FieldProblem("from_at", "order.missing")
    if asked.to_at is None:
        yield FieldProblem("to_at", "order.no_end")
    if asked.from_at is None or asked.to_at is None:
        return
    if asked.to_at <= asked.from_at:
        yield FieldProblem("to_at", "order.backwards")
    elif asked.from_at < now - timedelta(days=most_days):
        yield FieldProblem("from_at", "order.too_old", {"days": most_days})
    elif asked.to_at - asked.from_at > timedelta(days=most_days):
        yield FieldProblem("to_at", "order.too_long", {"days": most_days})
