"""The question of how the city keeps its promises. One read model for the public page, its CSV and whoever oversees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.model import PromiseState, ServiceFacts
from engine.performance import LEAST, promise_figures
from engine.promises import applicants_days, month_of, standing
from engine.questions.asking import Asking
from engine.questions.reading import month_before
from engine.store.rows import OpenPromise
from engine.views import Fate, Performance, PromiseFigures, Tally

if TYPE_CHECKING:
    from engine.store import Reads

MONTHS = 12


class PerformanceQuestions(Asking):
    """Answers about all cases at once, none about one."""

    def performance(self) -> Performance:
        """Every promise that fell due within the last twelve months, this one up to now included."""
        now = self._house.clock.now()
        today = self._house.city.calendar.on(now)
        since, until = month_before(today, MONTHS - 1), month_before(today)
        with self._house.store.read() as reads:
            found = promise_figures(self.tallies(reads, since, now))
            services = {
                service: self._house.entry(reads, reads.current(service) or "").definition.facts
                for service in self._offered(reads)
            }
        order = list(services)
        known = [one for one in found if one.service in services]
        known.sort(key=lambda one: (order.index(one.service), _place(services[one.service], one)))
        return Performance(tuple(known), services, since, until, LEAST, now)

    def tallies(self, reads: Reads, since: str, now: datetime) -> Iterator[Tally]:
        """Promises that fell due from the month `since` on and not after `now`, closed or not, counted alike."""
        yield from reads.closed_tallies(since, now)
        counts: dict[Tally, int] = defaultdict(int)
        for tally in self._overdue(reads, reads.open_promises(), now):
            if tally.month >= since:
                counts[tally] += 1
        for tally, count in counts.items():
            yield replace(tally, count=count)

    def _overdue(self, reads: Reads, promises: Iterable[OpenPromise], now: datetime) -> Iterator[Tally]:
        late = [one for one in promises if self._may_be_late(reads, one, now)]
        units = reads.last_units([one.case_id for one in late])
        for one in late:
            calendar = self._house.almanac.calendar(reads, one.calendar)
            rules = self._house.entry(reads, one.version).definition.facts.promises
            rule = next(rule for rule in rules if rule.id == one.promise)
            stands = standing(rule, reads.ledger(one.case_id), calendar, now)
            if stands.overdue:
                yield Tally(
                    one.service,
                    one.promise,
                    rule.unit,
                    month_of(stands, calendar),
                    one.stage,
                    units.get(one.case_id),
                    Fate.OPEN,
                    stands.used,
                    applicants_days(stands),
                    1,
                )

    def _may_be_late(self, reads: Reads, one: OpenPromise, now: datetime) -> bool:
        """Whether its ledger must be asked. Of a main promise that runs the list's own date already says no."""
        main = self._house.entry(reads, one.version).definition.facts.promises[0].id == one.promise
        runs = main and one.promise_state in (PromiseState.RUNNING, PromiseState.PAUSED)
        return not runs or (one.due_at is not None and one.due_at < now)


def _place(facts: ServiceFacts, one: PromiseFigures) -> int:
    """Where a promise stands in its diagram; one that is no longer made comes last."""
    drawn = [rule.id for rule in facts.promises]
    return drawn.index(one.promise) if one.promise in drawn else len(drawn)
