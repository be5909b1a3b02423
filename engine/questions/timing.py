"""The question of how long the steps of a service take against their targets, for whoever oversees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Case, Element, ServiceFacts
from engine.questions.asking import Asking
from engine.questions.measuring import Measured, Measuring, Took, length, lengths, staged_of, whose
from engine.questions.shares import Closings, OfficeTime, days_of
from engine.questions.work_asked import PAGE
from engine.questions.worklists import masked
from engine.views import Heat, StageTime, TaskTime, Times, TookLine, TookList

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Reads

SPANS = (30, 90, 180)
"""Over how many days back one may look."""
MOST_VISITS = 5000
"""Visits looked at: what the page costs must not grow with the years."""


class TimingQuestions(Asking):
    """Lengths in open days of the office and parts of them; the applicant's time is not in them."""

    def stage_times(self, actor: Actor, days: int = 90) -> Times:
        """Every stage with a visit that ended in the last `days` days. Raises NotFound unless one supervises."""
        since = self._since(actor, days)
        with self._house.store.read() as reads:
            entries = {service: self._in_force(reads, service) for service in self._offered(reads)}
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
            entry = self._in_force(reads, service)
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

    def visits(self, service: str, stage: str, actor: Actor, days: int = 90, start: int = 0) -> TookList:
        """The visits to a stage that `stage_times` counts, the longest first, from the one in place `start` on.

        Raises NotFound unless one supervises, and for a stage without any.
        """
        return self._took(service, actor, days, start, lambda found: found.visits.get(stage, []))

    def done(self, service: str, element: str, actor: Actor, days: int = 90, start: int = 0) -> TookList:
        """The tasks of a step that `heat` counts, as `visits`."""
        return self._took(service, actor, days, start, lambda found: found.tasks.get(element, []))

    def _took(
        self, service: str, actor: Actor, days: int, start: int, of: Callable[[Measured], list[Took]]
    ) -> TookList:
        since = self._since(actor, days)
        with self._house.store.read() as reads:
            entries = {service: self._in_force(reads, service)} if service in self._offered(reads) else {}
            measured, whole = self._measured(reads, entries, since)
            found = sorted(of(measured[service]), key=lambda one: (-one.tenths, one.case_id, one.began_at))
            if not found:
                raise NotFound
            shown = found[start : start + PAGE]
            cases = {case.id: masked(case) for case in reads.cases([one.case_id for one in shown])}
        more = start + PAGE if len(found) > start + PAGE else None
        rows = tuple(_line(one, cases[one.case_id]) for one in shown)
        return TookList(
            rows, len(found), more, days, self._house.city.calendar.on(since), whole, self._house.clock.now()
        )

    def _since(self, actor: Actor, days: int) -> datetime:
        if not self._supervises(actor) or days not in SPANS:
            raise NotFound
        return self._house.clock.now() - timedelta(days=days)

    def _measured(
        self, reads: Reads, entries: Mapping[str, Entry], since: datetime
    ) -> tuple[dict[str, Measured], bool]:
        """By service; and whether no visit was left out for their number."""
        visits = reads.ended_visits(since, MOST_VISITS)
        cases = {visit.case_id: visit.service for visit in visits if visit.service in entries}
        tasks, closed = reads.stretches(cases), reads.promises_closed(cases)
        now, calendar = self._house.clock.now(), self._house.city.calendar
        opened = (task.opened_at for of_case in tasks.values() for task in of_case)
        began = (visit.began_at for visit in visits)
        first_on, last_on = calendar.on(min(chain(opened, began), default=now)), calendar.on(now)
        measuring = Measuring(Closings(calendar, first_on, last_on), OfficeTime(calendar, first_on, last_on))
        for visit in visits:
            if visit.service in entries:
                definition = entries[visit.service].definition
                main = definition.facts.main
                over_at = closed.get((visit.case_id, main.id)) if main else None
                measuring.visit(visit, over_at or now, tasks[visit.case_id], staged_of(definition.elements))
        for case_id, of_case in tasks.items():
            measuring.tasks(cases[case_id], case_id, of_case, since)
        return measuring.found, len(visits) < MOST_VISITS


def _line(one: Took, case: Case) -> TookLine:
    days = days_of("", one.whose)
    return TookLine(case, one.began_at, one.ended_at, Decimal(one.tenths) / 10, days.ours, days.theirs, days.others)


def _stages(facts: ServiceFacts, found: Measured) -> Iterable[StageTime]:
    for stage in facts.stages:
        if found.visits[stage.id]:
            visits = found.visits[stage.id]
            days = days_of(stage.id, whose(visits))
            took = length(lengths(visits), stage.budget_days)
            yield StageTime(facts.id, stage.id, took, days.ours, days.theirs, days.others)


def _tasks(facts: ServiceFacts, elements: Mapping[str, Element], found: Measured) -> Iterable[TaskTime]:
    targets = {stage.id: stage.budget_days for stage in facts.stages}
    for element in elements.values():
        if found.tasks[element.id]:
            took = length(lengths(found.tasks[element.id]), targets.get(element.stage or ""))
            yield TaskTime(element.id, element.stage, took)
