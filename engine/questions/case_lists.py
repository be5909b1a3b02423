"""Questions about lists of cases: what stands behind every number of open cases, a page of it or all to take along."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

from engine.errors import ListTooLong, NotFound
from engine.model import Actor, Case
from engine.questions.reading import days_left, office_day, soon, urgency
from engine.questions.work_asked import AT_A_TIME, PAGE, every
from engine.questions.worklists import EXPORTED, ListQuestions, masked
from engine.store import NOBODY
from engine.store.lists import CaseFilter, CaseState, Hands, Place
from engine.views import CaseRow

if TYPE_CHECKING:
    from engine.store import Reads

STATES: dict[str, tuple[CaseState, ...]] = {
    "": (),
    "terlambat": (CaseState.LATE,),
    "mendekati": (CaseState.AT_RISK,),
    "berjalan": (CaseState.RUNNING,),
    "menunggu": (CaseState.APPLICANT,),
    "selesai": (CaseState.ENDED,),
    "berlaku": (CaseState.SETTLED,),
    "terbuka": (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING, CaseState.APPLICANT),
    "jalan": (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING),
    "tepat": (CaseState.AT_RISK, CaseState.RUNNING),
}
"""`terbuka`: what is owed something; `jalan`: our clock runs; `tepat`: it runs and is in time."""
STANDING = "berdiri"
"""Of cases: somebody was told up the ladder and it is not over."""


class Narrowed(TypedDict, total=False):
    """What a list is narrowed to; what is missing or empty narrows nothing.

    `place`, `holder` and `ladder` (`berdiri`) as `oversight` and `ladder` tell them, for those who supervise; `region`
    the code of a kelurahan or kecamatan, `began` a working day as `rates` tells it.
    """

    state: str
    service: str | None
    stage: str | None
    place: str | None
    holder: str | None
    channel: str | None
    region: str
    ladder: str
    began: str
    text: str


class CaseListQuestions(ListQuestions):
    """Lists of cases for people who sign in."""

    def cases(
        self, actor: Actor, *, cursor: str | None = None, **narrowed: Unpack[Narrowed]
    ) -> tuple[tuple[CaseRow, ...], int, str | None]:
        """A page of cases, how many there are in all, and the cursor of the next page.

        Raises NotFound for what only those who supervise may ask, and for an unknown state or day.
        """
        now, risk_until = self._instants()
        with self._house.store.read() as reads:
            wanted = self._wanted(reads, actor, narrowed, now)
            page = reads.case_list(wanted, now, risk_until, cursor, PAGE)
            total = reads.count_cases(wanted, now, risk_until)
        return tuple(self._row(case, now, risk_until) for case in page.rows), total, page.next_cursor

    def exported_cases(
        self, actor: Actor, *, most: int = EXPORTED, **narrowed: Unpack[Narrowed]
    ) -> tuple[CaseRow, ...]:
        """Every row of the same list, to be taken along: that is written down for each case.

        Raises NotFound as `cases`, and ListTooLong beyond `most` rows.
        """
        now, risk_until = self._instants()
        with self._house.store.read() as reads:
            wanted = self._wanted(reads, actor, narrowed, now)
            if reads.count_cases(wanted, now, risk_until) > most:
                raise ListTooLong(most)
            cases = list(every(partial(reads.case_list, wanted, now, risk_until, limit=AT_A_TIME)))
            looks = self._taken_along(reads, cases, actor, now)
        with self._house.store.write() as tx:
            tx.add_looks(looks)
        return tuple(self._row(case, now, risk_until) for case in cases)

    def _instants(self) -> tuple[datetime, datetime]:
        now = self._house.clock.now()
        return now, soon(now, self._house.city.calendar)

    def _wanted(self, reads: Reads, actor: Actor, narrowed: Narrowed, now: datetime) -> CaseFilter:
        self._require_staff(actor)
        place, holder, ladder = narrowed.get("place"), narrowed.get("holder"), narrowed.get("ladder", "")
        if place or holder or ladder:
            self._require_supervisor(actor)
        state, began = narrowed.get("state", ""), narrowed.get("began", "")
        if state not in STATES or ladder not in ("", STANDING):
            raise NotFound
        from_at, before = office_day(began, now, self._house.city.calendar) if began else (None, None)
        return CaseFilter(
            narrowed.get("service"),
            narrowed.get("stage"),
            STATES[state],
            text=narrowed.get("text", "").strip(),
            services=None if self._supervises(actor) else self._services_of(reads, actor),
            channel=narrowed.get("channel"),
            place=Place(place, self._seats()) if place else None,
            hands=Hands(None if holder == NOBODY else holder, self._citizens()) if holder else None,
            region=narrowed.get("region", ""),
            escalated=bool(ladder),
            started_from=from_at,
            started_before=before,
        )

    def _row(self, case: Case, now: datetime, risk_until: datetime) -> CaseRow:
        return CaseRow(
            masked(case), urgency(case, now, risk_until), days_left(case, now, self._house.city.calendar), ""
        )
