"""Questions of whoever keeps the system running: incidents, timers and their lag, the outbox, the chain."""

from __future__ import annotations

from datetime import datetime

from engine.errors import NotFound
from engine.model import Actor
from engine.questions.asking import Asking
from engine.views import Operations, Pulse


class OperationsQuestions(Asking):
    """Answers for operators; nothing here names a citizen."""

    def operations(self, actor: Actor) -> Operations:
        """The operator's page. Raises NotFound unless the actor operates."""
        if not self._operates(actor):
            raise NotFound
        return self.figures()

    def pulse(self, actor: Actor) -> Pulse:
        """The two numbers by which whoever oversees sees that reminders run. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            timers, tick = reads.timer_figures(now), reads.setting("tick_at")
        return Pulse(datetime.fromisoformat(tick) if tick else None, _age_s(timers.oldest_due_at, now), now)

    def figures(self) -> Operations:
        """The same for the machine's own metrics, which carry no actor."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            timers, outbox = reads.timer_figures(now), reads.outbox_figures()
            tick = reads.setting("tick_at")
            return Operations(
                incidents=reads.incidents(),
                timers_due=timers.due,
                timers_next_day=timers.next_day,
                lag_s=_age_s(timers.oldest_due_at, now),
                tick_at=datetime.fromisoformat(tick) if tick else None,
                outbox_waiting=outbox.waiting,
                outbox_oldest_s=_age_s(outbox.oldest_at, now),
                outbox_failed=outbox.failed,
                cases_open=reads.cases_open(),
                as_of=now,
            )


def _age_s(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
