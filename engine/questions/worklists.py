"""Questions about lists: the worklist of a post, and lists of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Case
from engine.questions.asking import Asking
from engine.questions.reading import days_left, soon, urgency
from engine.store.rows import CaseFilter, CaseState, Tab, WorkFilter, WorkRow
from engine.views import CaseRow, Work, Worklist

if TYPE_CHECKING:
    from engine.store import Reads

PAGE = 25
TABS = {"saya": Tab.MINE, "kelompok": Tab.ROLE, "semua": Tab.ALL, "selesai": Tab.DONE}
STATES = {
    "terlambat": CaseState.LATE,
    "mendekati": CaseState.AT_RISK,
    "berjalan": CaseState.RUNNING,
    "menunggu": CaseState.APPLICANT,
    "selesai": CaseState.ENDED,
    "berlaku": CaseState.SETTLED,
}


class ListQuestions(Asking):
    """Lists for people who sign in. A confidential case is counted and says nothing of its matter."""

    def worklist(
        self,
        actor: Actor,
        tab: str,
        *,
        service: str | None = None,
        stage: str | None = None,
        due: str | None = None,
        text: str = "",
        cursor: str | None = None,
    ) -> Worklist:
        """A page of work, least time left first.

        `due` is `lewat`, `hari-ini` or `minggu-ini`. Raises NotFound for an unknown tab, and for `semua` unless one
        supervises.
        """
        kind = TABS.get(tab)
        if kind is None or (kind is Tab.ALL and not self._supervises(actor)):
            raise NotFound
        now = self._house.clock.now()
        wanted = WorkFilter(service, stage, *self._bounds(due, now), text=text.strip())
        with self._house.store.read() as reads:
            page = reads.worklist(actor.posts, actor.id, kind, wanted, cursor, PAGE)
            counts = reads.worklist_counts(actor.posts, actor.id, wanted)
        named = {word: counts[tab_] for word, tab_ in TABS.items() if tab_ in counts}
        return Worklist(tuple(self._work(row, now) for row in page.rows), named, page.next_cursor, now)

    def cases(
        self,
        actor: Actor,
        *,
        state: str = "",
        service: str | None = None,
        stage: str | None = None,
        text: str = "",
        cursor: str | None = None,
    ) -> tuple[tuple[CaseRow, ...], int, str | None]:
        """A page of cases, how many there are in all, and the cursor of the next page."""
        self._require_staff(actor)
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        if state and state not in STATES:
            raise NotFound
        with self._house.store.read() as reads:
            known = None if self._supervises(actor) else self._services_of(reads, actor)
            wanted = CaseFilter(service, stage, STATES.get(state), text=text.strip(), services=known)
            page = reads.case_list(wanted, now, risk_until, cursor, PAGE)
            total = reads.count_cases(wanted, now, risk_until)
        return tuple(self._row(case, now, risk_until) for case in page.rows), total, page.next_cursor

    def _bounds(self, due: str | None, now: datetime) -> tuple[datetime | None, datetime | None]:
        calendar = self._house.city.calendar
        if due == "lewat":
            return None, now
        if due == "hari-ini":
            return now, calendar.plus_working_days(now, 1)
        if due == "minggu-ini":
            return now, calendar.plus_working_days(now, 5)
        return None, None

    def _services_of(self, reads: Reads, actor: Actor) -> frozenset[str]:
        """The services in whose diagrams one of the actor's roles stands."""
        return frozenset(
            service
            for service in reads.services()
            if actor.roles
            & {e.role for e in self._house.entry(reads, reads.current(service) or "").definition.elements.values()}
        )

    def _work(self, row: WorkRow, now: datetime) -> Work:
        calendar = self._house.city.calendar
        state = urgency(row.case, now, soon(now, calendar))
        left = days_left(row.case, now, calendar)
        return Work(row.task, masked(row.case), state, left, row.task.unit or "", row.round, row.holder_name)

    def _row(self, case: Case, now: datetime, risk_until: datetime) -> CaseRow:
        return CaseRow(
            masked(case), urgency(case, now, risk_until), days_left(case, now, self._house.city.calendar), ""
        )


def masked(case: Case) -> Case:
    """A case as a row of a list: a confidential one is counted and can be found, and says nothing of its matter."""
    return replace(case, subject="", place="") if case.confidential else case
