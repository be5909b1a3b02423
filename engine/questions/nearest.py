"""The question of which cases break next: in time, due first, with what they wait for and what is foretold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.model import Actor, Case, Task
from engine.questions.queueing import QueueQuestions, next_days
from engine.questions.reading import days_left, soon, urgency
from engine.questions.worklists import masked
from engine.views import Near, NearTask

if TYPE_CHECKING:
    from engine.promises.forecast import Forecast
    from engine.store import Reads

FEW = 5
"""More than this is a list, and behind the numbers there is one."""


class NearestQuestions(QueueQuestions):
    """Answers for supervisors about single cases."""

    def nearest(self, actor: Actor, most: int = FEW) -> tuple[Near, ...]:
        """The cases in time that fall due first within five working days. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now, calendar = self._house.clock.now(), self._house.city.calendar
        with self._house.store.read() as reads:
            until = calendar.closes_at(next_days(calendar, now)[-1])
            found = list(self._foreseen(reads, reads.falling_due(now, until, most), self._usual(reads, now), now))
            open_tasks = {case.id: reads.open_tasks(case.id) for case, _seen in found}
            holders = (task.holder for tasks in open_tasks.values() for task in tasks if task.holder)
            names = reads.names(holders)
            return tuple(self._near(reads, case, seen, open_tasks[case.id], names) for case, seen in found)

    def _near(self, reads: Reads, case: Case, seen: Forecast, tasks: Sequence[Task], names: Mapping[str, str]) -> Near:
        now, calendar = self._house.clock.now(), self._house.city.calendar
        facts = self._house.entry(reads, case.version).definition.facts
        citizens = self._citizens()
        return Near(
            masked(case),
            urgency(case, now, soon(now, calendar)),
            days_left(case, now, calendar),
            tuple(
                NearTask(task, names.get(task.holder or "", task.holder or ""))
                for task in tasks
                if task.role not in citizens
            ),
            seen.late,
            seen.slow,
            seen.estimate_on,
            bool(facts.main and facts.main.extend_days),
        )
