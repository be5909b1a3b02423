"""The question of how long the steps of a service take against their targets, for whoever oversees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Element, ServiceFacts
from engine.performance import LEAST, median, p90
from engine.questions.asking import Asking
from engine.questions.shares import Closings, days_of, holders
from engine.roles import APPLICANT
from engine.views import Heat, Length, StageTime, TaskTime, Times, Warmth

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Reads, Stretch

SPANS = (30, 90, 180)
"""Over how many days back one may look."""
MOST_VISITS = 5000
"""Visits looked at: what the page costs must not grow with the years."""
FEWEST = 5
"""Below this a middle value says more about single cases than about the step."""


@dataclass
class _Measured:
    """What was found of one service."""

    visits: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    whose: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    tasks: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


class TimingQuestions(Asking):
    """Lengths in open days, the day of receipt being day 0; the applicant's days are told apart."""

    def stage_times(self, actor: Actor, days: int = 90) -> Times:
        """Every stage with a visit that ended in the last `days` days. Raises NotFound unless one supervises."""
        since = self._since(actor, days)
        with self._house.store.read() as reads:
            entries = {service: self._current(reads, service) for service in self._offered(reads)}
            found, whole = self._measured(reads, entries, since)
        stages = tuple(
            one for service, entry in entries.items() for one in _stages(entry.definition.facts, found[service])
        )
        return Times(stages, days, self._house.city.calendar.on(since), whole, self._house.clock.now())

    def heat(self, service: str, actor: Actor, days: int = 90) -> Heat:
        """One service with its diagram. Raises NotFound unless one supervises, and for an unknown service."""
        since = self._since(actor, days)
        with self._house.store.read() as reads:
            if service not in self._offered(reads):
                raise NotFound
            entry = self._current(reads, service)
            found, whole = self._measured(reads, {service: entry}, since)
            version = reads.current(service) or ""
        facts, of = entry.definition.facts, found[service]
        return Heat(
            facts,
            version,
            entry.definition.drawing,
            tuple(_stages(facts, of)),
            tuple(_tasks(facts, entry.definition.elements, of)),
            days,
            self._house.city.calendar.on(since),
            whole,
            self._house.clock.now(),
        )

    def _since(self, actor: Actor, days: int) -> datetime:
        if not self._supervises(actor) or days not in SPANS:
            raise NotFound
        return self._house.clock.now() - timedelta(days=days)

    def _current(self, reads: Reads, service: str) -> Entry:
        return self._house.entry(reads, reads.current(service) or "")

    def _measured(
        self, reads: Reads, entries: Mapping[str, Entry], since: datetime
    ) -> tuple[dict[str, _Measured], bool]:
        """By service; and whether no visit was left out for their number."""
        visits = reads.ended_visits(since, MOST_VISITS)
        cases = {visit.case_id: visit.service for visit in visits if visit.service in entries}
        tasks, closed = reads.stretches(cases), reads.promises_closed(cases)
        found: dict[str, _Measured] = defaultdict(_Measured)
        now, calendar = self._house.clock.now(), self._house.city.calendar
        earliest = min((visit.began_at for visit in visits), default=now)
        opened = (task.opened_at for of_case in tasks.values() for task in of_case)
        closings = Closings(calendar, calendar.on(min(earliest, *opened, now)), calendar.on(now))
        staged = {name: _staged(entry.definition.elements) for name, entry in entries.items()}
        for visit in visits:
            if visit.service not in entries:
                continue
            promises = entries[visit.service].definition.facts.promises
            over_at = closed.get((visit.case_id, promises[0].id)) if promises else None
            if over_at is None or visit.began_at < over_at:
                whose = Counter(holders(visit, over_at or now, tasks[visit.case_id], staged[visit.service], closings))
                found[visit.service].visits[visit.stage][whose.total() - whose[APPLICANT]] += 1
                found[visit.service].whose[visit.stage].update(whose)
        for case_id, of_case in tasks.items():
            _add_tasks(found[cases[case_id]], of_case, since, closings)
        return found, len(visits) < MOST_VISITS


def _staged(elements: Mapping[str, Element]) -> frozenset[str]:
    return frozenset(element.id for element in elements.values() if element.stage)


def _add_tasks(found: _Measured, tasks: Iterable[Stretch], since: datetime, closings: Closings) -> None:
    for task in tasks:
        if task.finished and task.role != APPLICANT and task.closed_at is not None and task.closed_at >= since:
            found.tasks[task.element][len(closings.between(task.opened_at, task.closed_at))] += 1


def _stages(facts: ServiceFacts, found: _Measured) -> Iterable[StageTime]:
    for stage in facts.stages:
        if found.visits[stage.id]:
            days = days_of(stage.id, found.whose[stage.id])
            took = length(found.visits[stage.id], stage.budget_days)
            yield StageTime(facts.id, stage.id, took, days.ours, days.theirs, days.others)


def _tasks(facts: ServiceFacts, elements: Mapping[str, Element], found: _Measured) -> Iterable[TaskTime]:
    targets = {stage.id: stage.budget_days for stage in facts.stages}
    for element in elements.values():
        if found.tasks[element.id]:
            took = length(found.tasks[element.id], targets.get(element.stage or ""))
            yield TaskTime(element.id, element.stage, took)


def length(days: Mapping[int, int], target: int | None) -> Length:
    """The figures of counted days (value to count) against a target."""
    count, middle = sum(days.values()), median(days)
    if middle is None or count < FEWEST:
        warmth = Warmth.FEW
    elif target is None:
        warmth = Warmth.NO_TARGET
    elif middle >= 2 * target:
        warmth = Warmth.FAR
    else:
        warmth = Warmth.OVER if middle > target else Warmth.ON if middle == target else Warmth.BELOW
    return Length(count, middle, p90(days) if count >= LEAST else None, target, warmth)
