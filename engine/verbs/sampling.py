"""A second look at closed cases that chance chose: drawn once a week by the clock, answered by a supervisor.

Nobody can pick a case: the seed comes from the machine's own chance, is drawn once for a service and week, and is kept,
so that whoever has the cases closed in that week can draw again and must come to the same ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from engine.errors import AnswersRejected, NotFound, NotYours, WindowClosed
from engine.house import House
from engine.model import Actor, Draw, FieldProblem, Verdict
from engine.verbs.deciding import supervises

if TYPE_CHECKING:
    from engine.store import Reads

VERB = "review"
LONGEST_NOTE = 1000


class Sampling:
    """Draws and takes what was found. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def draw_samples(self) -> int:
        """Draw for each service from the last whole week, unless that was done; returns how many cases were chosen."""
        week_on = last_week(self._house.city.calendar.on(self._house.clock.now()))
        with self._house.store.read() as reads:
            done = {one.service for one in reads.draws(week_on) if one.week_on == week_on}
            left = [service for service in reads.services() if service not in done]
        return sum(self._draw(service, week_on) for service in left)

    def review(self, reference: str, verdict: str, note: str, by: Actor, key: str) -> None:
        """Write down what a second look found. The same key again changes nothing.

        Raises NotFound unless the case was drawn and the actor supervises, NotYours for whoever worked on the case,
        AnswersRejected for a verdict that is none and for a fault without a word, WindowClosed when it was reviewed.
        """
        if not supervises(self._house, by):
            raise NotFound
        self._check(verdict, note)
        with self._house.store.write() as tx:
            case = tx.case_of_reference_for_update(reference)
            if tx.sampled(case.id) is None:
                raise NotFound
            if tx.recall(f"{case.id}:{key}"):
                return
            if by.id in worked_on(tx, [case.id])[case.id]:
                raise NotYours("", "conflict")
            now = self._house.clock.now()
            if not tx.review_sample(case.id, Verdict(verdict), note.strip(), by.id, now):
                raise WindowClosed(VERB, "reviewed")
            tx.add_audit(case.id, now, by, VERB, "", {"verdict": verdict})
            tx.remember(f"{case.id}:{key}", VERB, {}, now)

    def _check(self, verdict: str, note: str) -> None:
        problems = []
        if verdict not in set(Verdict):
            problems.append(FieldProblem("verdict", "required"))
        if verdict == Verdict.WANTING and not note.strip():
            problems.append(FieldProblem("note", "required"))
        if problems:
            raise AnswersRejected(problems)

    def _draw(self, service: str, week_on: date) -> int:
        zone, now, wanted = self._house.city.zone, self._house.clock.now(), self._house.city.sample_per_week
        since = datetime(week_on.year, week_on.month, week_on.day, tzinfo=zone)
        with self._house.store.write() as tx:
            promises = self._house.entry(tx, tx.current(service) or "").definition.facts.promises
            if not promises:
                return 0
            found = tx.closed_between(service, promises[0].id, since, since + timedelta(days=7))
            seed = secrets.token_hex(16)
            picked = chosen(found, wanted, seed)
            return len(picked) if tx.add_draw(Draw(service, week_on, seed, len(found), wanted, now), picked) else 0


def chosen(population: Sequence[str], wanted: int, seed: str) -> list[str]:
    """The cases that a seed chooses from a population in order: the same ones each time."""
    return Random(seed).sample(list(population), min(wanted, len(population)))  # noqa: S311 repeatable, nothing secret


def last_week(today: date) -> date:
    """The Monday of the last week that is over."""
    return today - timedelta(days=today.weekday() + 7)


def worked_on(reads: Reads, case_ids: Collection[str]) -> Mapping[str, Collection[str]]:
    """By case everybody who ever acted in it, but for the second look itself."""
    return reads.acted_in(case_ids, but=VERB)
