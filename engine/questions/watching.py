"""Questions about cases that are followed: only those one may read, each time anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Case, Watch
from engine.questions.asking import Asking
from engine.questions.reading import days_left, history, people_in, soon, urgency
from engine.questions.worklists import masked
from engine.views import CaseRow, Watched, Watchlist

if TYPE_CHECKING:
    from engine.store import Reads


LATER = datetime.max.replace(tzinfo=UTC)
"""When a case without a date is due."""


class WatchQuestions(Asking):
    """Following gives no right: whoever may not open a case is told nothing of it."""

    def may_watch(self, reference: str, actor: Actor) -> None:
        """Raises NotFound unless the actor may read the case."""
        with self._house.store.read() as reads:
            case = reads.case_by_reference(reference)
            if case is None or not self._may_read(reads, case, actor):
                raise NotFound

    def watched_news(self, actor: Actor) -> int:
        """How many of the cases one follows others have moved since one last looked."""
        with self._house.store.read() as reads:
            return reads.watched_news(actor.id)

    def watchlist(self, actor: Actor) -> Watchlist:
        """Every case one follows with its news; those without by time left."""
        self._require_staff(actor)
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            watches = {watch.case_id: watch for watch in reads.watches(actor.id)}
            cases = reads.cases(list(watches))
            readable = [case for case in cases if self._may_read(reads, case, actor)]
            found = [self._watched(reads, case, watches[case.id], now) for case in readable]
        lost = set(watches) - {case.id for case in readable}
        moved = sorted((one for one in found if one.news), key=lambda one: one.news[0].at, reverse=True)
        still = sorted((one for one in found if not one.news), key=lambda one: one.row.case.due_at or LATER)
        return Watchlist((*moved, *still), tuple(sorted(lost)), now)

    def _watched(self, reads: Reads, case: Case, watch: Watch, now: datetime) -> Watched:
        calendar = self._house.city.calendar
        row = CaseRow(masked(case), urgency(case, now, soon(now, calendar)), days_left(case, now, calendar), unit="")
        entries = [entry for entry in reads.audit(case.id) if entry.seq > watch.seen_seq]
        names = reads.names(people_in(entries))
        told = (event for event in history(entries, names) if event.actor != watch.login)
        return Watched(row, tuple(told))
