"""The questions of which promises a figure counts: what fell due by month, what was closed in a time, day by day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, PromiseRule
from engine.questions.performance import MOST_PAUSED, PerformanceQuestions
from engine.questions.queueing import RATE_DAYS, closes_before
from engine.questions.reading import office_day
from engine.questions.reckoning import MEMORY
from engine.questions.work_asked import PAGE
from engine.questions.worklists import masked
from engine.store import ClosedIn, FellDue
from engine.views import DayRate, Fate, PromiseLine, PromiseList, Rates

if TYPE_CHECKING:
    from engine.store import Reads

COUNTED = frozenset({Fate.KEPT, Fate.LATE, Fate.OPEN})
"""What a month's number of promises consists of; one that was cancelled before its day is in none."""
LATELY = "180-hari"
_WEEK = re.compile(r"\d{4}-W\d{2}")


class PromiseListQuestions(PerformanceQuestions):
    """Answers for supervisors: the lists that the numbers of `on_time`, `queues` and `sample` count."""

    def promises_due(
        self,
        service: str,
        actor: Actor,
        *,
        month: str = "",
        fates: Collection[Fate] = COUNTED,
        cursor: str | None = None,
    ) -> PromiseList:
        """The main promises of a service that fell due in a month of `on_time`, or in all of them.

        Raises NotFound unless one supervises, and for a service or month of which nothing is told.
        """
        self._require_supervisor(actor)
        now = self._house.clock.now()
        months = self._months(now)
        if month and month not in months:
            raise NotFound
        since, until = (month, month) if month else (months[0], months[-1])
        edges, counted = self._edges_of(since, until, now), frozenset(fates) & COUNTED
        with self._house.store.read() as reads:
            rule = self._rule_of(reads, service)
            paused = tuple(self._paused_in(reads, rule.id, since, until, now))
            wanted = FellDue(service, rule.id, since, until, edges, counted, paused)
            return self._listed_promises(reads, wanted, rule, cursor, now)

    def promises_closed(self, service: str, when: str, actor: Actor, *, cursor: str | None = None) -> PromiseList:
        """The main promises of a service that were closed in a time, whatever became of them.

        `when`: `180-hari`, what the forecast knows; a week like `2026-W47`, what chance drew from, without confidential
        cases; a working day like `2026-11-23`, from one close of office to the next. Raises NotFound as above.
        """
        self._require_supervisor(actor)
        now = self._house.clock.now()
        from_at, before = self._span(when, now)
        with self._house.store.read() as reads:
            rule = self._rule_of(reads, service)
            wanted = ClosedIn(service, rule.id, from_at, before, told=bool(_WEEK.fullmatch(when)))
            return self._listed_promises(reads, wanted, rule, cursor, now)

    def rates(self, service: str, actor: Actor) -> Rates:
        """What came in and what was finished on each of the last working days, the latest first."""
        self._require_supervisor(actor)
        now, calendar = self._house.clock.now(), self._house.city.calendar
        edges = closes_before(calendar, now)
        with self._house.store.read() as reads:
            rule = self._rule_of(reads, service)
            started = reads.started_by_day(edges).get(service, [0] * RATE_DAYS)
            closed = reads.closed_by_day(rule.id, service, edges)
        days = (DayRate(calendar.on(at), *both) for at, *both in zip(edges[1:], started, closed, strict=True))
        return Rates(service, tuple(reversed(list(days))), now)

    def _rule_of(self, reads: Reads, service: str) -> PromiseRule:
        rule = self._in_force(reads, service).definition.facts.main
        if rule is None:
            raise NotFound
        return rule

    def _edges_of(self, since: str, until: str, now: datetime) -> tuple[datetime, datetime]:
        """When the first month begins and the last one ends; nothing falls due after now."""
        zone = self._house.city.zone
        begins = datetime.strptime(since, "%Y-%m").replace(tzinfo=zone)
        last = datetime.strptime(until, "%Y-%m").replace(tzinfo=zone)
        ends = (last + timedelta(days=31)).replace(day=1)
        return begins, min(ends, now)

    def _paused_in(self, reads: Reads, promise: str, since: str, until: str, now: datetime) -> Iterator[str]:
        for case_id, one in self._overdue(reads, reads.paused_past(now, MOST_PAUSED), now):
            if one.promise == promise and since <= one.month <= until:
                yield case_id

    def _span(self, when: str, now: datetime) -> tuple[datetime, datetime]:
        calendar, zone = self._house.city.calendar, self._house.city.zone
        if when == LATELY:
            return now - MEMORY, now + timedelta(microseconds=1)
        if not _WEEK.fullmatch(when):
            return office_day(when, now, calendar)
        try:
            monday = date.fromisoformat(when)
        except ValueError:
            raise NotFound from None
        begins = datetime(monday.year, monday.month, monday.day, tzinfo=zone)
        return begins, begins + timedelta(days=7)

    def _listed_promises(
        self, reads: Reads, wanted: FellDue | ClosedIn, rule: PromiseRule, cursor: str | None, now: datetime
    ) -> PromiseList:
        rows, further = reads.promise_list(wanted, now, cursor, PAGE)
        cases = {case.id: masked(case) for case in reads.cases([row.case_id for row in rows])}
        lines = tuple(
            PromiseLine(cases[row.case_id], row.due_at, row.closed_at, row.fate, row.ours, row.theirs) for row in rows
        )
        return PromiseList(wanted.service, rule, lines, reads.count_promises(wanted, now), further, now)
