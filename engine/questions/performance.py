"""The question of how the city keeps its promises. One read model for the public page, its CSV and whoever oversees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.model import Actor, PromiseRule, PromiseState, ServiceFacts
from engine.performance import LEAST, figures, promise_figures
from engine.promises import applicants_days, month_of, standing
from engine.questions.asking import Asking
from engine.questions.reading import month_before
from engine.store.figures import OpenPromise
from engine.views import Fate, MonthFigures, OnTime, Performance, PromiseFigures, Tally

if TYPE_CHECKING:
    from engine.store import Reads

MONTHS = 12
MOST_PAUSED = 500
"""Ledgers read for one page of whoever oversees."""


class PerformanceQuestions(Asking):
    """Answers about all cases at once, none about one."""

    def performance(self) -> Performance:
        """Every promise that fell due within the last twelve months, this one up to now included."""
        now = self._house.clock.now()
        today = self._house.city.calendar.on(now)
        since, until = month_before(today, MONTHS - 1), month_before(today)
        with self._house.store.read() as reads:
            found = promise_figures(self.tallies(reads, since, now))
            services = {service: self._in_force(reads, service).definition.facts for service in self._offered(reads)}
        order = list(services)
        known = [one for one in found if one.service in services]
        known.sort(key=lambda one: (order.index(one.service), _place(services[one.service], one)))
        return Performance(tuple(known), services, since, until, LEAST, now)

    def on_time(self, actor: Actor) -> OnTime:
        """The main promise of each service by month, for whoever oversees: the public figures with nothing hidden.

        Counted by the database and from few ledgers, whatever the number of open cases. Raises NotFound unless one
        supervises.
        """
        self._require_supervisor(actor)
        now = self._house.clock.now()
        months = self._months(now)
        with self._house.store.read() as reads:
            rules = {service: self._in_force(reads, service).definition.facts.main for service in self._offered(reads)}
            of: dict[str, list[Tally]] = defaultdict(list)
            for tally in (*reads.closed_tallies(months[0], now), *self._open_late(reads, rules, months, now)):
                rule = rules.get(tally.service)
                if rule is not None and rule.id == tally.promise:
                    of[tally.service].append(tally)
        told = tuple(_by_month(of[service], rule) for service, rule in rules.items() if rule and of[service])
        return OnTime(told, months[0], months[-1], now)

    def _months(self, now: datetime) -> list[str]:
        """The months that are told, the earliest first; this one up to now included."""
        today = self._house.city.calendar.on(now)
        return [month_before(today, back) for back in reversed(range(MONTHS))]

    def _open_late(
        self, reads: Reads, rules: Mapping[str, PromiseRule | None], months: Sequence[str], now: datetime
    ) -> Iterator[Tally]:
        """Open promises past their date: those that run by the list's own date, paused ones by their ledger."""
        zone = self._house.city.zone
        edges = [datetime.strptime(month, "%Y-%m").replace(tzinfo=zone) for month in months]
        for service, counts in reads.running_past([*edges, now]).items():
            rule = rules.get(service)
            for month, count in zip(months, counts, strict=True):
                if rule and count:
                    yield Tally(service, rule.id, rule.unit, month, None, None, Fate.OPEN, 0, 0, count)
        yield from (
            one for _, one in self._overdue(reads, reads.paused_past(now, MOST_PAUSED), now) if one.month in months
        )

    def tallies(self, reads: Reads, since: str, now: datetime) -> Iterator[Tally]:
        """Promises that fell due from the month `since` on and not after `now`, closed or not, counted alike."""
        yield from reads.closed_tallies(since, now)
        counts: dict[Tally, int] = defaultdict(int)
        for _, tally in self._overdue(reads, reads.open_promises(), now):
            if tally.month >= since:
                counts[tally] += 1
        for tally, count in counts.items():
            yield replace(tally, count=count)

    def _overdue(self, reads: Reads, promises: Iterable[OpenPromise], now: datetime) -> Iterator[tuple[str, Tally]]:
        """Those that their ledger calls overdue, each with its case."""
        late = [one for one in promises if self._may_be_late(reads, one, now)]
        units = reads.last_units([one.case_id for one in late])
        for one in late:
            calendar = self._house.almanac.calendar(reads, one.calendar)
            rules = self._house.entry(reads, one.version).definition.facts.promises
            rule = next(rule for rule in rules if rule.id == one.promise)
            stands = standing(rule, reads.ledger(one.case_id), calendar, now)
            if stands.overdue:
                month, unit = month_of(stands, calendar), units.get(one.case_id)
                lies = (one.service, one.promise, rule.unit, month, one.stage, unit)
                yield one.case_id, Tally(*lies, Fate.OPEN, stands.used, applicants_days(stands), 1)

    def _may_be_late(self, reads: Reads, one: OpenPromise, now: datetime) -> bool:
        """Whether its ledger must be asked. Of a main promise that runs the list's own date already says no."""
        main = self._house.entry(reads, one.version).definition.facts.promises[0].id == one.promise
        runs = main and one.promise_state in (PromiseState.RUNNING, PromiseState.PAUSED)
        return not runs or (one.due_at is not None and one.due_at < now)


def _by_month(tallies: Sequence[Tally], rule: PromiseRule) -> PromiseFigures:
    months: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        months[tally.month].append(tally)
    told = tuple(MonthFigures(month, figures(months[month])) for month in sorted(months, reverse=True))
    return PromiseFigures(tallies[0].service, rule.id, rule.unit, figures(tallies), told)


def _place(facts: ServiceFacts, one: PromiseFigures) -> int:
    """Where a promise stands in its diagram; one that is no longer made comes last."""
    drawn = [rule.id for rule in facts.promises]
    return drawn.index(one.promise) if one.promise in drawn else len(drawn)
