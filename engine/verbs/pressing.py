"""The applicant's verb against delay: once a promise is missed, they may have the next superior told, and get a number.

Moves no date and no task. Who is told is the diagram's own ladder of escalations, up to the first rung not told yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, WindowClosed
from engine.house import House
from engine.model import Actor, ActorKind, AuditEntry, Case, PromiseStanding, PromiseState, Rung
from engine.promises import standing
from engine.texts import PRESSED
from engine.verbs.news import to_rung
from engine.verbs.step import Step
from engine.verbs.tending import WITHDRAWAL
from engine.views import Closed, Press

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import Transaction

VERB = "press"
EVERY_WORKING_DAYS = 2
"""How often one case may be pressed. Configuration, not law: an office that is told daily stops reading."""


class Pressing:
    """Takes what a citizen urges. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def press(self, token: str, key: str) -> Press:
        """Have the next superior told that a case is overdue. The same key again gives the same receipt.

        Raises NotFound; WindowClosed while nothing is overdue, and within two working days of the last time.
        """
        with self._house.store.write() as tx:
            found = tx.case_by_secret(keys.hashed(token))
            if found is None:
                raise NotFound
            case = tx.case_for_update(found.id)
            entries = tx.audit(case.id)
            past = presses(case.reference, entries)
            known = tx.recall(f"{case.id}:{key}")
            if known:
                return past[int(known[1]["press"]) - 1]
            return self._press(tx, case, entries, past, key)

    def _press(
        self, tx: Transaction, case: Case, entries: Sequence[AuditEntry], past: Sequence[Press], key: str
    ) -> Press:
        now, calendar = self._house.clock.now(), self._house.calendar_of(tx, case)
        step = Step(self._house, tx, case, now)
        facts = step.entry.definition.facts
        ledger = tx.ledger(case.id)
        promises = [standing(rule, ledger, calendar, now) for rule in facts.promises]
        refused = shut(promises, past, calendar, now, how_ended(case, entries))
        if refused is not None:
            raise WindowClosed(VERB, refused)
        rungs = told_next(step.entry.definition.ladder, _told(entries))
        data = step.run.outcome().data
        made = Press(_number(case.reference, len(past) + 1), now, tuple(rung.role for rung in rungs))
        by = Actor(ActorKind.CITIZEN, case.id)
        told = [to_rung(rung, data, f"{case.id}:{made.number}:{rung.role}", PRESSED) for rung in rungs]
        tx.add_notices(case.id, told, now)
        tx.add_audit(case.id, now, by, VERB, "", {"number": made.number, "rungs": list(made.to)})
        tx.remember(f"{case.id}:{key}", VERB, {"press": len(past) + 1}, now)
        return made


def presses(reference: str, entries: Iterable[AuditEntry]) -> tuple[Press, ...]:
    """Every time a case was pressed, oldest first, as its audit tells."""
    pressed = (entry for entry in entries if entry.verb == VERB)
    return tuple(
        Press(_number(reference, count), entry.at, tuple(entry.facts.get("rungs", ())))
        for count, entry in enumerate(pressed, 1)
    )


def how_ended(case: Case, entries: Iterable[AuditEntry]) -> Closed | None:
    """How a case ended that owes nothing any more although its promise was not answered; None while it runs."""
    if any(entry.element == WITHDRAWAL for entry in entries):
        return Closed.WITHDRAWN
    return Closed.NEVER if case.ended_at else None


def shut(
    promises: Iterable[PromiseStanding],
    past: Sequence[Press],
    calendar: Calendar,
    now: datetime,
    ended: Closed | None = None,
) -> Closed | None:
    """Why a case cannot be pressed now; None when it can. `ended` is how it ended, see `how_ended`."""
    owed = list(promises)
    if not any(promise.overdue for promise in owed):
        answered = owed and owed[0].state in (PromiseState.KEPT, PromiseState.BROKEN)
        return Closed.OVER if answered else ended or Closed.NOT_LATE
    again_at = opens_again_at(past, calendar)
    return Closed.JUST_PRESSED if again_at is not None and now < again_at else None


def opens_again_at(past: Sequence[Press], calendar: Calendar) -> datetime | None:
    """When a case that was pressed may be pressed again: as the office opens on the second open day after."""
    if not past:
        return None
    return calendar.opens_at(calendar.last_day(calendar.on(past[-1].at), EVERY_WORKING_DAYS))


def told_next(ladder: Sequence[Rung], told: frozenset[str]) -> tuple[Rung, ...]:
    """Everybody on the ladder who knows already, and the first who does not; all of it once everybody knows."""
    fresh = next((place for place, rung in enumerate(ladder) if rung.role not in told), len(ladder) - 1)
    return tuple(ladder[: fresh + 1])


def _told(entries: Iterable[AuditEntry]) -> frozenset[str]:
    return frozenset(role for entry in entries for role in entry.facts.get("rungs", ()))


def _number(reference: str, count: int) -> str:
    """The number of a receipt: that of the case, and which time it was."""
    return f"{reference}-D{count}"
