"""What is wrong with an absence as it was typed: every mistake at once, each at its field. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from engine.model import Absence, FieldProblem

LONGEST_DAYS = 366
"""The most days of one absence; whoever is away longer is entered again."""
MOST_SUBSTITUTES = 3
EARLIEST_DAYS = 31
"""So far back an absence may have begun when it is entered: somebody falls ill before anybody writes it down."""


def span_problems(first_on: date | None, last_on: date | None, today: date) -> Iterator[FieldProblem]:
    """What is wrong with the days."""
    if first_on is None or last_on is None:
        yield FieldProblem("first_on" if first_on is None else "last_on", "absence.day")
    elif last_on < first_on:
        yield FieldProblem("last_on", "absence.backwards")
    elif last_on < today:
        yield FieldProblem("last_on", "absence.over")
    elif (today - first_on).days > EARLIEST_DAYS:
        yield FieldProblem("first_on", "absence.too_old", {"days": EARLIEST_DAYS})
    elif (last_on - first_on).days >= LONGEST_DAYS:
        yield FieldProblem("last_on", "absence.too_long", {"days": LONGEST_DAYS})


def overlap_problems(
    login: str, first_on: date, last_on: date, own: Sequence[Absence], stood_in: Sequence[Absence]
) -> Iterator[FieldProblem]:
    """Away twice on one day; or away while standing in for somebody, whose tasks then nobody would do.

    `own`: other absences of the same person; `stood_in`: those in which they are a substitute.
    """
    for one in own:
        if one.touches(first_on, last_on):
            yield FieldProblem("first_on", "absence.twice", {"from": one.first_on, "to": one.last_on})
    for one in stood_in:
        if one.login != login and one.touches(first_on, last_on):
            yield FieldProblem("first_on", "absence.stands_in", {"login": one.login, "to": one.last_on})


def substitute_problems(
    login: str, chosen: Sequence[str], may: Collection[str], away: Sequence[Absence], first_on: date, last_on: date
) -> Iterator[FieldProblem]:
    """Substitutes that cannot be: themselves, strangers, or somebody who is away on one of those days.

    So a substitute never has a substitute: two people cannot stand in for each other, and no chain comes about.
    """
    if len(chosen) > MOST_SUBSTITUTES:
        yield FieldProblem("substitutes", "absence.too_many", {"most": MOST_SUBSTITUTES})
    for substitute in chosen:
        if substitute == login or substitute not in may:
            yield FieldProblem("substitutes", "absence.unfit", {"login": substitute})
        for one in away:
            if one.login == substitute and one.touches(first_on, last_on):
                facts = {"login": substitute, "from": one.first_on, "to": one.last_on}
                yield FieldProblem("substitutes", "absence.away", facts)
