"""Questions about late requests: the one that waits, and how many each unit makes."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.forms import effective
from engine.model import Actor, Case, LateRequest, RequestState
from engine.questions.asking import Asking, Held
from engine.questions.looking import DESK, Looking
from engine.verbs.deciding import works_on
from engine.views import AnsweredForm, LateRequestFigures, LateRequests, RequestLine, RequestList, RequestPage

if TYPE_CHECKING:
    from engine.store import Reads

COUNTED_FOR = timedelta(days=90)
"""Figures and their lists go back so far."""
MOST_LISTED = 500
COLUMNS = (RequestState.SENT, RequestState.REFUSED, RequestState.WAITING, RequestState.DROPPED)
"""In the order of `LateRequests`."""


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
            names = reads.names([asked.asked_by, asked.decided_by])
        looking.write(DESK)
        state = RequestState.of(asked.decision, task.closed_at is None)
        waits = state is RequestState.WAITING
        apart = actor.id not in {asked.asked_by, *held.case.stood_aside}
        decides = waits and apart and self._supervises(actor)
        deciders = tuple(one.id for one in self._house.city.roles.values() if waits and one.supervises)
        promise = next(one for one in held.promises if one.rule.id == asked.promise)
        return RequestPage(asked, held.case, task, form, promise, state, decides, deciders, names)

    def late_requests(self, actor: Actor) -> LateRequestFigures:
        """How many late requests each unit made in the last ninety days. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now = self._house.clock.now()
        since = now - COUNTED_FOR
        counts: dict[tuple[str, str | None], dict[RequestState, int]] = defaultdict(lambda: defaultdict(int))
        with self._house.store.read() as reads:
            for one in reads.late_request_counts(since):
                counts[one.service, one.unit][RequestState.of(one.decision, one.still_open)] += one.count
        rows = [LateRequests(*whose, *(found[one] for one in COLUMNS)) for whose, found in counts.items()]
        rows.sort(key=lambda row: (-row.made, row.service, row.unit or ""))
        return LateRequestFigures(tuple(rows), self._house.city.calendar.on(since), now)

    def late_requests_of(
        self, actor: Actor, service: str = "", unit: str | None = "", state: RequestState | None = None
    ) -> RequestList:
        """The late requests that a number of `late_requests` counts; empty `service` and `unit`: of all.

        Raises NotFound unless one supervises.
        """
        self._require_supervisor(actor)
        now = self._house.clock.now()
        since = now - COUNTED_FOR
        with self._house.store.read() as reads:
            found = reads.late_requests_since(since, MOST_LISTED)
            cases = {case.id: case for case in reads.cases([one.case_id for one, _ in found])}
            rows = [
                _line(reads, one, RequestState.of(one.decision, still_open), cases[one.case_id], actor)
                for one, still_open in found
                if service in ("", cases[one.case_id].service) and unit in ("", one.unit)
            ]
            names = reads.names([login for row in rows for login in (row.asked.asked_by, row.asked.decided_by)])
        wanted = tuple(row for row in rows if state in (None, row.state))
        return RequestList(wanted, names, self._house.city.calendar.on(since), len(found) >= MOST_LISTED, now)

    def _asked_form(self, reads: Reads, held: Held, asked: LateRequest, looking: Looking) -> AnsweredForm:
        """The clerk's answers as this reader may see them; once granted those of the finished task."""
        given = [row for row in reads.answers(held.case.id) if row.task_id == asked.task_id]
        task = reads.task(asked.task_id)
        element = task.element if task else ""
        form = effective(held.entry.form(element), self.data(reads, held), held.entry.forms)
        kept = given[-1].answers if given else asked.answers
        answers = looking.sight().of(form.schema, form.ui, self._opened(reads, held, kept))
        return AnsweredForm(element, form.schema, form.ui, answers, asked.asked_by, asked.asked_at)


def _line(reads: Reads, asked: LateRequest, state: RequestState, case: Case, actor: Actor) -> RequestLine:
    readable = not case.confidential or works_on(reads, case, actor)
    return RequestLine(asked, state, case.service, case if readable else None)
