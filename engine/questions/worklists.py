"""Questions about lists: the worklist of a post, and lists of cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import ListTooLong, NotFound
from engine.model import Actor, ActorKind, Case, Look, Post, SavedView
from engine.questions.asking import Asking
from engine.questions.reading import days_left, soon, urgency
from engine.roles import APPLICANT
from engine.store import NOBODY
from engine.store.rows import CaseFilter, CaseState, Hands, Place, Tab, WorkFilter, WorkPage, WorkRow
from engine.verbs.guarding import post_of
from engine.views import CaseRow, Work, Worklist

if TYPE_CHECKING:
    from engine.store import Reads

PAGE = 25
AT_A_TIME = 500
EXPORTED = 10_000
"""Rows of one export: more than anybody works through, few enough to be made while somebody waits."""
WAITING = Actor(ActorKind.SYSTEM, "", posts=frozenset({Post(APPLICANT)}))
"""Whose list holds what waits for applicants: they have no desk, so it is a list of its own."""
NOTHING = WorkPage((), None)
LISTED = "daftar"
"""What is looked at by taking along a list."""
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
        since: datetime | None = None,
    ) -> Worklist:
        """A page of work, least time left first. `semua` ends with what waits for applicants, on the last page.

        `since`: when the reader began at the top; how many tasks came since is told. `due` is `lewat`, `hari-ini` or
        `minggu-ini`. Raises NotFound for an unknown tab, and for `semua` unless one supervises.
        """
        kind, now = self._tab(actor, tab), self._house.clock.now()
        wanted = WorkFilter(service, stage, *self._bounds(due, now), text=text.strip())
        with self._house.store.read() as reads:
            page = reads.worklist(actor.posts, actor.id, kind, _ours(kind, wanted), cursor, PAGE)
            theirs = self._theirs(reads, actor, wanted) if kind is Tab.ALL and page.next_cursor is None else NOTHING
            counts = reads.worklist_counts(actor.posts, actor.id, wanted)
            fresh = reads.opened_since(actor.posts, actor.id, kind, _ours(kind, wanted), since) if since else 0
        named = {word: counts[tab_] for word, tab_ in TABS.items() if tab_ in counts}
        shown = (row for row in (*page.rows, *theirs.rows) if not _stands_aside(actor, kind, row))
        rows = tuple(self._work(row, now) for row in shown)
        return Worklist(rows, named, page.next_cursor, now, fresh, more_waiting=theirs.next_cursor is not None)

    def exported(
        self,
        actor: Actor,
        tab: str,
        *,
        service: str | None = None,
        stage: str | None = None,
        due: str | None = None,
        text: str = "",
        most: int = EXPORTED,
    ) -> tuple[Work, ...]:
        """Every row of a list as `worklist` pages through it, to be taken along: that is written down for each case.

        Raises NotFound as `worklist`, and ListTooLong beyond `most` rows.
        """
        kind, now = self._tab(actor, tab), self._house.clock.now()
        wanted = WorkFilter(service, stage, *self._bounds(due, now), text=text.strip())
        with self._house.store.read() as reads:
            rows = self._every(reads, actor, kind, wanted, most)
            if kind is Tab.ALL:
                rows += self._every(reads, WAITING, Tab.ROLE, wanted, most - len(rows))
            looks = self._taken_along(reads, rows, actor, now)
        with self._house.store.write() as tx:
            tx.add_looks(looks)
        return tuple(self._work(row, now) for row in rows)

    def saved_views(self, actor: Actor) -> tuple[SavedView, ...]:
        """The lists this person keeps, and those kept for one of their roles, by name."""
        with self._house.store.read() as reads:
            return reads.saved_views(actor.id, actor.roles)

    def cases(
        self,
        actor: Actor,
        *,
        state: str = "",
        service: str | None = None,
        stage: str | None = None,
        place: str | None = None,
        holder: str | None = None,
        text: str = "",
        cursor: str | None = None,
    ) -> tuple[tuple[CaseRow, ...], int, str | None]:
        """A page of cases, how many there are in all, and the cursor of the next page.

        `place` and `holder`, for those who supervise, as `oversight` tells them. Raises NotFound otherwise, and for an
        unknown state.
        """
        self._require_staff(actor)
        if (place or holder) and not self._supervises(actor):
            raise NotFound
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        if state and state not in STATES:
            raise NotFound
        with self._house.store.read() as reads:
            known = None if self._supervises(actor) else self._services_of(reads, actor)
            wanted = CaseFilter(
                service,
                stage,
                STATES.get(state),
                text=text.strip(),
                services=known,
                place=Place(place, self._seats()) if place else None,
                hands=Hands(None if holder == NOBODY else holder, self._citizens()) if holder else None,
            )
            page = reads.case_list(wanted, now, risk_until, cursor, PAGE)
            total = reads.count_cases(wanted, now, risk_until)
        return tuple(self._row(case, now, risk_until) for case in page.rows), total, page.next_cursor

    def _theirs(self, reads: Reads, actor: Actor, wanted: WorkFilter) -> WorkPage:
        return reads.worklist(WAITING.posts, actor.id, Tab.ROLE, wanted, None, PAGE)

    def _tab(self, actor: Actor, tab: str) -> Tab:
        kind = TABS.get(tab)
        if kind is None or (kind is Tab.ALL and not self._supervises(actor)):
            raise NotFound
        return kind

    def _every(self, reads: Reads, actor: Actor, kind: Tab, wanted: WorkFilter, most: int) -> list[WorkRow]:
        rows: list[WorkRow] = []
        cursor: str | None = ""
        while cursor is not None:
            page = reads.worklist(actor.posts, actor.id, kind, _ours(kind, wanted), cursor or None, AT_A_TIME)
            rows.extend(page.rows)
            cursor = page.next_cursor
            if len(rows) > most:
                raise ListTooLong(most)
        return rows

    def _taken_along(self, reads: Reads, rows: Iterable[WorkRow], actor: Actor, now: datetime) -> list[Look]:
        """One line of the record for each case, by the post that lets this person see it."""
        cases = {row.case.id: row.case for row in rows}
        versions = {case.version for case in cases.values()}
        city, seen_on = self._house.city, self._house.city.calendar.on(now)
        posts = {version: post_of(actor, self._house.entry(reads, version), city) for version in versions}
        of = ((case.id, posts[case.version]) for case in cases.values())
        return [Look(case_id, seen_on, actor.id, LISTED, now, post.role, post.unit) for case_id, post in of]

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


def _ours(kind: Tab, wanted: WorkFilter) -> WorkFilter:
    """What waits for applicants has terms of its own and would stand between our work: it comes after all of it."""
    return replace(wanted, except_roles=frozenset({APPLICANT})) if kind is Tab.ALL else wanted


def _stands_aside(actor: Actor, kind: Tab, row: WorkRow) -> bool:
    """The group's list leaves out what this person declared an interest in. Its counts do not: the work is there."""
    return kind is Tab.ROLE and actor.id in row.case.stood_aside


def masked(case: Case) -> Case:
    """A case as a row of a list: a confidential one is counted and can be found, and says nothing of its matter."""
    return replace(case, subject="", place="") if case.confidential else case
