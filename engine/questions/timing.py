"""The question of how long the steps of a service take against their targets, for whoever oversees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Element, ServiceFacts
from engine.performance import LEAST, median, p90
from engine.questions.asking import Asking
from engine.questions.shares import Closings, OfficeTime, days_of, holders
from engine.roles import APPLICANT
from engine.views import Heat, Length, StageTime, TaskTime, Times, Warmth

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import EndedVisit, Reads, Stretch

SPANS = (30, 90, 180)
"""Over how many days back one may look."""
MOST_VISITS = 5000
"""Visits looked at: what the page costs must not grow with the years."""
FEWEST = 5
"""Below this a middle value says more about single cases than about the step."""


@dataclass
class _Measured:
    """What was found of one service: lengths in tenths of a day to how many, and whose days they were."""

    visits: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    whose: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    tasks: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


class TimingQuestions(Asking):
    """Lengths in open days of the office and parts of them; the applicant's time is not in them."""

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
        now, calendar = self._house.clock.now(), self._house.city.calendar
        opened = (task.opened_at for of_case in tasks.values() for task in of_case)
        began = (visit.began_at for visit in visits)
        first_on, last_on = calendar.on(min(chain(opened, began), default=now)), calendar.on(now)
        measuring = _Measuring(Closings(calendar, first_on, last_on), OfficeTime(calendar, first_on, last_on))
        for visit in visits:
            if visit.service in entries:
                definition = entries[visit.service].definition
                main = definition.facts.promises[0].id if definition.facts.promises else ""
                over_at = closed.get((visit.case_id, main))
                measuring.visit(visit, over_at or now, tasks[visit.case_id], _staged(definition.elements))
        for case_id, of_case in tasks.items():
            measuring.tasks(cases[case_id], of_case, since)
        return measuring.found, len(visits) < MOST_VISITS


class _Measuring:
    """Adds up visits and tasks, by service. Lengths are counted in tenths of an open day."""

    def __init__(self, closings: Closings, hours: OfficeTime) -> None:
        self._closings, self._hours = closings, hours
        self.found: dict[str, _Measured] = defaultdict(_Measured)

    def visit(self, visit: EndedVisit, over_at: datetime, tasks: Sequence[Stretch], staged: Collection[str]) -> None:
        """One visit, up to when the promise was closed: what runs on afterwards is nobody's haste."""
        if visit.began_at >= over_at:
            return
        found, until = self.found[visit.service], min(visit.ended_at, over_at)
        theirs = _overlaps([task for task in tasks if task.role == APPLICANT], visit.began_at, until)
        took = self._hours.between(visit.began_at, until) - sum(self._hours.between(*one) for one in theirs)
        found.visits[visit.stage][_tenths(took)] += 1
        found.whose[visit.stage].update(holders(visit, over_at, tasks, staged, self._closings))

    def tasks(self, service: str, tasks: Iterable[Stretch], since: datetime) -> None:
        """The tasks that somebody of the office finished since then."""
        for task in tasks:
            if task.finished and task.role != APPLICANT and task.closed_at is not None and task.closed_at >= since:
                took = self._hours.between(task.opened_at, task.closed_at)
                self.found[service].tasks[task.element][_tenths(took)] += 1


def _overlaps(tasks: Iterable[Stretch], since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time within a span in which one of the tasks was open, each moment once."""
    for task in sorted(tasks, key=lambda one: one.opened_at):
        begins, ends = max(task.opened_at, since), min(task.closed_at or until, until)
        if begins < ends:
            yield begins, ends
            since = ends


def _tenths(days: float) -> int:
    return round(10 * days)


def _staged(elements: Mapping[str, Element]) -> frozenset[str]:
    return frozenset(element.id for element in elements.values() if element.stage)


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


def length(tenths: Mapping[int, int], target: int | None) -> Length:
    """The figures of counted lengths (tenths of a day to how many) against a target in days."""
    count, middle, slow = sum(tenths.values()), median(tenths), p90(tenths)
    days = None if middle is None else (middle / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)
    most = None if slow is None or count < LEAST else Decimal(slow) / 10
    return Length(count, days, most, target, _warmth(days, target, count))


def _warmth(days: Decimal | None, target: int | None, count: int) -> Warmth:
    if days is None or count < FEWEST:
        return Warmth.FEW
    if target is None:
        return Warmth.NO_TARGET
    if days > target:
        return Warmth.FAR if days >= 2 * target else Warmth.OVER
    return Warmth.BELOW if days <= Decimal(target) / 2 else Warmth.ON
