"""The question of what becomes of a queue: at the rate of late, which cases will be late by which day.

Each case is reckoned by the very rule that warns of it alone, so that the number is the length of its list and no
warning says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Case
from engine.performance import median
from engine.promises.forecast import Forecast, forecast
from engine.questions.asking import Asking
from engine.questions.reckoning import HORIZON_WORKING_DAYS, MEMORY, MOST_VISITS, ahead, usual_lengths
from engine.questions.worklists import masked
from engine.views import Queue, QueueDay, WillBeLate

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import Reads

FEWEST = 30
"""Closed promises below which nothing is foretold of a service."""
RATE_DAYS = 20
"""Working days over which the middle of what comes in and what is finished is taken."""
MOST_CASES = 1000
"""Cases reckoned at once, those that fall due first: the page must not grow with the city."""
Usual = Mapping[str, Mapping[str, int]]
"""By service and stage how many days four of five visits took."""


class QueueQuestions(Asking):
    """Answers for supervisors about the next five working days."""

    def queues(self, actor: Actor) -> tuple[Queue, ...]:
        """Every service with its queue. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        with self._house.store.read() as reads:
            return self._queues(reads)

    def will_be_late(self, service: str, on: date, actor: Actor) -> tuple[WillBeLate, ...]:
        """The cases that will be late by a day of the forecast: what the number counts, the first due first.

        Raises NotFound unless one supervises, and for a service or day of which nothing is foretold.
        """
        self._require_supervisor(actor)
        now, calendar = self._house.clock.now(), self._house.city.calendar
        with self._house.store.read() as reads:
            foretold = on in next_days(calendar, now) and self._closed_lately(reads, service) >= FEWEST
            if not foretold:
                raise NotFound
            found, _whole = self._late(reads, service, self._usual(reads, now), now)
        until = calendar.closes_at(on)
        return tuple(one for one in found if one.case.due_at is not None and one.case.due_at <= until)

    def _queues(self, reads: Reads) -> tuple[Queue, ...]:
        now, calendar = self._house.clock.now(), self._house.city.calendar
        running = reads.running_counts(now)
        edges = closes_before(calendar, now)
        started, usual = reads.started_by_day(edges), self._usual(reads, now)
        return tuple(
            self._queue(
                reads,
                service,
                running.get(service, (0, 0)),
                _middle(started.get(service, ())),
                edges,
                usual,
            )
            for service in self._offered(reads)
        )

    def _queue(
        self,
        reads: Reads,
        service: str,
        running: tuple[int, int],
        arriving: Decimal,
        edges: Sequence[datetime],
        usual: Usual,
    ) -> Queue:
        now, calendar, known = self._house.clock.now(), self._house.city.calendar, self._closed_lately(reads, service)
        found, whole = self._late(reads, service, usual, now) if known >= FEWEST else ((), True)
        due = [one.case.due_at for one in found if one.case.due_at is not None]
        days = [QueueDay(on, sum(at <= calendar.closes_at(on) for at in due)) for on in next_days(calendar, now)]
        within = [one for one in found if one.case.due_at and one.case.due_at <= calendar.closes_at(days[-1].on)]
        return Queue(
            service,
            *running,
            tuple(days) if known >= FEWEST else (),
            tuple(Counter(one.case.stage or "" for one in within).most_common()),
            arriving,
            _middle(reads.closed_by_day(self._main(reads, service), service, edges)),
            known,
            FEWEST,
            whole,
            now,
        )

    def _usual(self, reads: Reads, now: datetime) -> Usual:
        """How long stages take, of all services at once: each reading costs the latest thousands of visits."""
        return usual_lengths(reads.ended_visits(now - MEMORY, MOST_VISITS), self._house.city.calendar)

    def _late(self, reads: Reads, service: str, usual: Usual, now: datetime) -> tuple[tuple[WillBeLate, ...], bool]:
        """The cases in time that the rule says will be late, and whether none was left out for their number."""
        calendar = self._house.city.calendar
        until = calendar.closes_at(next_days(calendar, now)[-1])
        soon_due = reads.falling_due(now, until, MOST_CASES, service)
        late = [(case, seen) for case, seen in self._foreseen(reads, soon_due, usual, now) if seen.late]
        found = tuple(WillBeLate(masked(case), seen.slow, seen.estimate_on) for case, seen in late)
        return found, len(soon_due) < MOST_CASES

    def _foreseen(
        self, reads: Reads, falling_due: Sequence[tuple[Case, datetime]], usual: Usual, now: datetime
    ) -> Iterator[tuple[Case, Forecast]]:
        """What the rule says of each case."""
        for case, began_at in falling_due:
            if case.due_at is not None and case.stage is not None:
                entry, own = self._house.entry(reads, case.version), self._house.calendar_of(reads, case)
                stages, lengths = ahead(entry, case.stage), usual.get(case.service, {})
                yield case, forecast(stages, began_at, case.due_at, lengths, own, now)

    def _closed_lately(self, reads: Reads, service: str) -> int:
        return reads.closed_since(self._main(reads, service), service, self._house.clock.now() - MEMORY)

    def _main(self, reads: Reads, service: str) -> str:
        rule = self._in_force(reads, service).definition.facts.main
        return rule.id if rule else ""


def next_days(calendar: Calendar, now: datetime) -> list[date]:
    """The next five working days, today among them until the office closes."""
    days = [calendar.received_on(now)]
    while len(days) < HORIZON_WORKING_DAYS:
        days.append(calendar.next_open(days[-1]))
    return days


def closes_before(calendar: Calendar, now: datetime) -> list[datetime]:
    """The closes of office between which the last working days lie, the earliest first."""
    found: list[datetime] = []
    on = calendar.on(now) + timedelta(days=1)
    while len(found) <= RATE_DAYS:
        on = calendar.previous_open(on)
        if calendar.closes_at(on) <= now:
            found.append(calendar.closes_at(on))
    return found[::-1]


def _middle(counts: Sequence[int]) -> Decimal:
    return median(Counter(counts)) or Decimal(0)
