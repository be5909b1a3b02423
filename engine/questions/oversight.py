"""Questions of whoever oversees the work of others: what is late, at risk, running, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor
from engine.questions.reading import soon
from engine.questions.worklists import PAGE, ListQuestions
from engine.store.rows import CaseState, OversightRow, Tab, WorkFilter
from engine.views import Oversight

if TYPE_CHECKING:
    pass


class OversightQuestions(ListQuestions):
    """Answers for supervisors; each number is a list."""

    def oversight(self, actor: Actor) -> Oversight:
        """What is late, at risk, running, and waiting for applicants. Raises NotFound unless one supervises."""
        if not self._supervises(actor):
            raise NotFound
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        with self._house.store.read() as reads:
            rows = reads.oversight(now, risk_until)
            mine = reads.worklist(actor.posts, actor.id, Tab.ROLE, WorkFilter(), None, PAGE)
        total = {state: sum(row.counts.get(state, 0) for row in rows) for state in CaseState}
        return Oversight(
            late=total[CaseState.LATE],
            at_risk=total[CaseState.AT_RISK],
            running=total[CaseState.RUNNING],
            applicant=total[CaseState.APPLICANT],
            rows=tuple(_stage_counts(row) for row in rows),
            escalated=tuple(self._work(row, now) for row in mine.rows),
            as_of=now,
        )


def _stage_counts(row: OversightRow) -> tuple[str, str, int, int, int, int]:
    late, at_risk, running, applicant = (
        row.counts.get(state, 0)
        for state in (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING, CaseState.APPLICANT)
    )
    return row.service, row.stage or "", late, at_risk, running, applicant
