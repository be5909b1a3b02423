"""Questions about late requests: the one that waits, and how many each unit makes."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.forms import effective
from engine.model import Actor, Decision, LateRequest
from engine.questions.asking import Asking, Held
from engine.questions.looking import DESK, Looking
from engine.verbs.deciding import supervises
from engine.views import AnsweredForm, LateRequestFigures, LateRequests, RequestPage

if TYPE_CHECKING:
    from engine.store import Reads

COUNTED_FOR = timedelta(days=90)
"""Figures go back so far."""


class RequestQuestions(Asking):
    """Answers for who asked and for who supervises."""

    def late_request(self, request_id: str, actor: Actor) -> RequestPage:
        """What was asked, why it is late, and how our promise stands. Raises NotFound as for the case file."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            asked = reads.late_request(request_id)
            task = reads.task(asked.task_id) if asked else None
            if asked is None or task is None:
                raise NotFound
            held = self.hold(reads, reads.case(asked.case_id), now)
            self._require_may_read(reads, held, actor)
            looking = Looking(self._house, reads, held.case, held.entry, actor)
            form = self._asked_form(reads, held, asked, looking)
            names = self._names(reads, [asked.asked_by, asked.decided_by])
        looking.write(DESK)
        waits = asked.decision is Decision.WAITING and task.closed_at is None
        decides = waits and asked.asked_by != actor.id and supervises(self._house, actor)
        promise = next(one for one in held.promises if one.rule.id == asked.promise)
        return RequestPage(asked, held.case, task, form, promise, decides, names)

    def late_requests(self, actor: Actor) -> LateRequestFigures:
        """How many late requests each unit made in the last ninety days. Raises NotFound unless one supervises."""
        if not supervises(self._house, actor):
            raise NotFound
        now = self._house.clock.now()
        since = now - COUNTED_FOR
        counts: dict[tuple[str, str | None], dict[Decision, int]] = defaultdict(lambda: defaultdict(int))
        with self._house.store.read() as reads:
            for one in reads.late_request_counts(since):
                counts[one.service, one.unit][one.decision] += one.count
        rows = [
            LateRequests(*whose, found[Decision.APPROVED], found[Decision.REJECTED], found[Decision.WAITING])
            for whose, found in counts.items()
        ]
        rows.sort(key=lambda row: (-row.made, row.service, row.unit or ""))
        return LateRequestFigures(tuple(rows), self._house.city.calendar.on(since), now)

    def _asked_form(self, reads: Reads, held: Held, asked: LateRequest, looking: Looking) -> AnsweredForm:
        """The clerk's answers as this reader may see them; once granted those of the finished task."""
        given = [row for row in reads.answers(held.case.id) if row.task_id == asked.task_id]
        task = reads.task(asked.task_id)
        element = task.element if task else ""
        form = effective(held.entry.form(element), self.data(reads, held), held.entry.forms)
        kept = given[-1].answers if given else asked.answers
        answers = looking.sight().of(form.schema, form.ui, self._opened(reads, held, kept))
        return AnsweredForm(element, form.schema, form.ui, answers, asked.asked_by, asked.asked_at)
