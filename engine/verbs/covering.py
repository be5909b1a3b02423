"""Verbs about being away: entering an absence with who stands in, changing that, and ending it early.

No task moves. While an absence lasts its substitutes may do what the absent colleague may (`roles.worked_for`); when it
is over they may not, by the calendar alone, and nothing has to be given back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from engine.errors import AnswersRejected, NotFound, WindowClosed
from engine.house import House
from engine.model import Absence, AbsenceKind, Actor, FieldProblem, Json, Notice
from engine.roles import USER, may_stand_in, oversees
from engine.texts import STANDS_IN
from engine.verbs.away import overlap_problems, span_problems, substitute_problems

if TYPE_CHECKING:
    from engine.store import Transaction
    from engine.store.rows import User


ABSENCE = "absence"
"""The fact of a notice that says which absence it is about."""


class Covering:
    """Knows who is away. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def be_away(
        self,
        login: str,
        kind: AbsenceKind,
        first_on: date | None,
        last_on: date | None,
        substitutes: Sequence[str],
        by: Actor,
        key: str,
    ) -> str:
        """Enter an absence, one's own or that of somebody one oversees; returns its id. The same key again: the same.

        Raises NotFound for somebody who is not there or not overseen, AnswersRejected with every problem: no span,
        away twice, away while standing in for somebody, or a substitute who is away then or may not stand in.
        """
        wanted, now = f"{by.id}:{key}", self._house.clock.now()
        with self._house.store.write() as tx:
            if known := tx.recall(wanted):
                return str(known[1]["absence"])
            user = tx.user(login)
            if user is None or not self._may_enter(by, user):
                raise NotFound
            found = list(span_problems(first_on, last_on, self._today))
            if found or first_on is None or last_on is None:
                raise AnswersRejected(found)
            made = Absence(uuid.uuid4().hex, login, kind, first_on, last_on, by.id, now, None, tuple(substitutes))
            self._enter_record(tx, by, "absence", made)
            self._require_fit(tx, made, user, by)
            tx.add_absence(made)
            tx.add_notices(None, named(made), now)
            tx.remember(wanted, "be_away", {"absence": made.id}, now)
            return made.id

    def set_substitutes(self, absence_id: str, substitutes: Sequence[str], by: Actor) -> None:
        """Name others to stand in from now on. Raises as `be_away`, and WindowClosed when the absence is over."""
        with self._house.store.write() as tx:
            seen, user = self._theirs(tx, absence_id, by)
            wanted = replace(seen, substitutes=tuple(substitutes))
            self._enter_record(tx, by, "substitutes", wanted)
            found = self._unfit_substitutes(tx, wanted, user, by)
            if found:
                raise AnswersRejected(found)
            tx.set_substitutes(absence_id, substitutes)
            tx.add_notices(None, named(wanted), self._house.clock.now())

    def end_absence(self, absence_id: str, by: Actor) -> None:
        """Somebody is back early, or does not go after all: from now on nobody stands in for them. Again: no change."""
        with self._house.store.write() as tx:
            seen, _ = self._theirs(tx, absence_id, by)
            if tx.end_absence(absence_id, self._house.clock.now()):
                self._enter_record(tx, by, "back", seen)

    def _theirs(self, tx: Transaction, absence_id: str, by: Actor) -> tuple[Absence, User]:
        """The absence and whose it is."""
        found = tx.absence(absence_id)
        user = tx.user(found.login) if found else None
        if found is None or user is None or not self._may_enter(by, user):
            raise NotFound
        if found.last_on < self._today:
            raise WindowClosed("absence", "over")
        return found, user

    def _may_enter(self, by: Actor, user: User) -> bool:
        return user.active and (user.login == by.id or oversees(by, user.posts, self._house.city.supervising))

    def _require_fit(self, tx: Transaction, made: Absence, user: User, by: Actor) -> None:
        own, stood_in = tx.absences_of(made.login, made.first_on), tx.stood_in_by(made.login, made.first_on)
        found = list(overlap_problems(made.login, made.first_on, made.last_on, own, stood_in))
        found += self._unfit_substitutes(tx, made, user, by)
        if found:
            raise AnswersRejected(found)

    def _unfit_substitutes(self, tx: Transaction, of: Absence, user: User, by: Actor) -> list[FieldProblem]:
        decides = oversees(by, user.posts, self._house.city.supervising)
        may = {one.login for one in tx.users() if one.active and (decides or may_stand_in(one.posts, user.posts))}
        away = [one for one in tx.absences(of.first_on) if one.id != of.id]
        return list(substitute_problems(of.login, of.substitutes, may, away, of.first_on, of.last_on))

    def _enter_record(self, tx: Transaction, by: Actor, verb: str, of: Absence) -> None:
        """Write it into the office's record, before what it must fit is read: its row is the lock that two entries at
        once wait for.

        Why somebody is away is not in it: it may be their health, and the record is never erased.
        """
        facts: Json = {
            "from": of.first_on.isoformat(),
            "to": of.last_on.isoformat(),
            "substitutes": list(of.substitutes),
        }
        tx.add_office_act(self._house.clock.now(), by, verb, of.login, facts)

    @property
    def _today(self) -> date:
        return self._house.city.calendar.on(self._house.clock.now())


def named(absence: Absence) -> Iterator[Notice]:
    """A mail to each substitute. Its key lets nobody have it twice, however often they are named."""
    for login in absence.substitutes:
        yield Notice(f"{STANDS_IN}:{absence.id}:{login}", f"{USER}{login}", STANDS_IN, facts={ABSENCE: absence.id})
