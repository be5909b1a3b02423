"""The question of everything that happened in the cases of a service, for tools that look at whole processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.errors import ListTooLong, NotFound
from engine.model import Actor, Case
from engine.questions.timing import TimingQuestions
from engine.store import Stretch
from engine.store.lists import CaseFilter
from engine.views import EventLog, LogEvent, Trace

MOST_CASES = 5000
"""More than this is not made while somebody waits."""


class EventLogQuestions(TimingQuestions):
    """Answers for supervisors, without a person, a reference or an answer in them."""

    def event_log(self, service: str, actor: Actor, days: int = 90) -> EventLog:
        """Every case of a service that began in the last `days` days, confidential ones left out, the latest first.

        Raises NotFound unless one supervises, and for an unknown service; ListTooLong for more than can be told.
        """
        since, now = self._since(actor, days), self._house.clock.now()
        wanted = CaseFilter(service=service, hide_confidential=True, started_from=since)
        with self._house.store.read() as reads:
            if service not in self._offered(reads):
                raise NotFound
            page = reads.case_list(wanted, now, now, None, MOST_CASES)
            if page.next_cursor is not None:
                raise ListTooLong(MOST_CASES)
            tasks = reads.stretches([case.id for case in page.rows])
        traces = tuple(_trace(case, tasks.get(case.id, ())) for case in page.rows)
        return EventLog(service, traces, days, self._house.city.calendar.on(since), now)


def _trace(case: Case, tasks: Iterable[Stretch]) -> Trace:
    events = sorted(_events(tasks), key=lambda one: one.at)
    return Trace(case.version, case.channel, case.started_at, case.ended_at, case.outcome or "", tuple(events))


def _events(tasks: Iterable[Stretch]) -> Iterator[LogEvent]:
    for number, task in enumerate(tasks):
        yield LogEvent(number, task.element, "start", task.role, task.unit or "", task.opened_at)
        if task.closed_at is not None:
            ended = "complete" if task.finished else "ate_abort"
            yield LogEvent(number, task.element, ended, task.role, task.unit or "", task.closed_at)
