"""Questions about who was told up the ladder, and about the second look at closed cases."""

from __future__ import annotations

from datetime import timedelta

from engine.model import Actor, Verdict
from engine.questions.asking import Asking
from engine.questions.worklists import masked
from engine.verbs.sampling import last_week, worked_on
from engine.views import Ladder, SampledCase, SamplePage

MOST_ROWS = 200
WEEKS = 8


class LadderQuestions(Asking):
    """Answers for supervisors."""

    def ladder(self, actor: Actor, most: int = MOST_ROWS, *, standing: bool = False) -> Ladder:
        """The latest rungs that were told, or only those that are not over. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        with self._house.store.read() as reads:
            found = reads.escalations(most, standing=standing)
            cases = {case.id: masked(case) for case in reads.cases(list(dict.fromkeys(one.case_id for one in found)))}
            still, total = reads.escalations_standing(), reads.count_escalations(standing=standing)
        return Ladder(tuple((one, cases[one.case_id]) for one in found), still, total, self._house.clock.now())

    def sample(self, actor: Actor) -> SamplePage:
        """The samples of the last weeks, those to be answered first. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now = self._house.clock.now()
        since_on = last_week(self._house.city.calendar.on(now)) - timedelta(weeks=WEEKS - 1)
        with self._house.store.read() as reads:
            found, draws = reads.samples(since_on), reads.draws(since_on)
            cases = {case.id: masked(case) for case in reads.cases([one.case_id for one in found])}
            names, involved = reads.names(one.by for one in found), worked_on(reads, cases)
            rows = [
                SampledCase(
                    one,
                    cases[one.case_id],
                    one.verdict is None and actor.id not in involved[one.case_id],
                    names.get(one.by or "", one.by or ""),
                )
                for one in found
            ]
        rows.sort(key=lambda row: row.sampled.verdict is not None)
        reviewed = [one.verdict for one in found if one.verdict is not None]
        return SamplePage(
            tuple(rows), draws, len(found), len(reviewed), reviewed.count(Verdict.WANTING), self._house.clock.now()
        )
