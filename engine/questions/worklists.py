"""Questions about lists: the worklist of a post, and lists of cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Actor, Case, Look, Preferences, SavedView
from engine.questions.asking import Asking
from engine.questions.reading import days_left, soon, urgency
from engine.questions.work_asked import NOTHING, WorkAsked
from engine.roles import APPLICANT
from engine.store.lists import Tab, WorkFilter, WorkRow
from engine.verbs.guarding import post_of
from engine.views import Day, Why, Work, Worklist

if TYPE_CHECKING:
    from engine.store import Reads

EXPORTED = 10_000
"""Rows of one export: more than anybody works through, few enough to be made while somebody waits."""
COUNTED_BACK = timedelta(days=30)
LISTED = "daftar"
"""What is looked at by taking along a list."""
RESTING = "ditunda"
WAITED_FOR = "menunggu"
"""The paces that are no span of due dates: what holders have put off until later, what waits for applicants."""
TABS = {"saya": Tab.MINE, "kelompok": Tab.ROLE, "semua": Tab.ALL, "selesai": Tab.DONE}


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
        """A page of work, least time left first. The last one ends with what is put off until a later day, and
        `semua` after that with what waits for applicants.

        `since`: when the reader began at the top; how many tasks came since is told. `due` is `lewat`, `hari-ini`,
        `besok`, `minggu-ini`, `ditunda` or, of `semua`, `menunggu`. Raises NotFound for an unknown tab, and for
        `semua` unless one supervises.
        """
        asked = self._asked(actor, tab, service, stage, due, text)
        with self._house.store.read() as reads:
            counts = asked.counts(reads)
            resting = counts[asked.tab] if asked.put_off else asked.count_resting(reads)
            page, rests, theirs = asked.page(reads, cursor), NOTHING, NOTHING
            if page.next_cursor is None and not asked.partial:
                rests = asked.resting(reads, None) if resting else NOTHING
                theirs = asked.theirs(reads, None)
            fresh = asked.fresh(reads, since) if since else 0
            found = (*page.rows, *rests.rows, *theirs.rows)
            rows = tuple(self._listed(reads, row, asked.now) for row in found)
        return Worklist(
            rows=rows,
            counts={word: counts[kind] for word, kind in TABS.items()},
            next_cursor=page.next_cursor,
            as_of=asked.now,
            fresh=fresh,
            more_waiting=theirs.next_cursor is not None,
            resting=resting,
        )

    def day(self, actor: Actor) -> Day:
        """What of one's own work is overdue, and what falls due today. The lists of `lewat` and `hari-ini` hold it."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            return Day(*reads.due_counts({actor.id, *actor.stood_in_for}, now, self._midnight(now)))

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
        asked = self._asked(actor, tab, service, stage, due, text)
        with self._house.store.read() as reads:
            rows = asked.every(reads, most)
            looks = self._taken_along(reads, (row.case for row in rows), actor, asked.now)
            works = tuple(self._listed(reads, row, asked.now) for row in rows)
        with self._house.store.write() as tx:
            tx.add_looks(looks)
        return works

    def saved_views(self, actor: Actor) -> tuple[SavedView, ...]:
        """The lists this person keeps, and those kept for one of their roles, by name."""
        with self._house.store.read() as reads:
            return reads.saved_views(actor.id, actor.roles)

    def preferences(self, actor: Actor) -> Preferences:
        """What this member of staff has chosen for themselves."""
        with self._house.store.read() as reads:
            return reads.preferences(actor.id)

    def _asked(
        self, actor: Actor, tab: str, service: str | None, stage: str | None, due: str | None, text: str
    ) -> WorkAsked:
        kind, now = self._tab(actor, tab), self._house.clock.now()
        wanted = WorkFilter(service, stage, *self._bounds(due, now), text=text.strip(), beside=actor.stood_in_for)
        return WorkAsked(actor, kind, wanted, now, put_off=due == RESTING, waiting=due == WAITED_FOR)

    def channels(self, actor: Actor) -> dict[str, int]:
        """How many cases of the last thirty days came in by each way, the commonest first, of one's own services."""
        self._require_staff(actor)
        with self._house.store.read() as reads:
            known = None if self._supervises(actor) else self._services_of(reads, actor)
            return reads.counts_by_channel(self._house.clock.now() - COUNTED_BACK, known)

    def _tab(self, actor: Actor, tab: str) -> Tab:
        kind = TABS.get(tab)
        if kind is None or (kind is Tab.ALL and not self._supervises(actor)):
            raise NotFound
        return kind

    def _taken_along(self, reads: Reads, taken: Iterable[Case], actor: Actor, now: datetime) -> list[Look]:
        """One line of the record for each case, by the post that lets this person see it."""
        cases = {case.id: case for case in taken}
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
            return now, self._midnight(now)
        if due == "besok":
            return now, calendar.plus_working_days(now, 1)
        if due == "minggu-ini":
            return now, calendar.plus_working_days(now, 5)
        return None, None

    def _midnight(self, now: datetime) -> datetime:
        """When this day is over in the city."""
        city = self._house.city
        return datetime.combine(city.calendar.on(now) + timedelta(days=1), time.min, city.zone)

    def _services_of(self, reads: Reads, actor: Actor) -> frozenset[str]:
        """The services in whose diagrams one of the actor's roles stands, or one they stand in for."""
        return frozenset(
            service
            for service in reads.services()
            if actor.work_roles & {e.role for e in self._in_force(reads, service).definition.elements.values()}
        )

    def _work(self, row: WorkRow, now: datetime) -> Work:
        calendar = self._house.city.calendar
        state = urgency(row.case, now, soon(now, calendar))
        left = days_left(row.case, now, calendar)
        return Work(row.task, masked(row.case), state, left, row.task.unit or "", row.round, row.holder_name)

    def _listed(self, reads: Reads, row: WorkRow, now: datetime) -> Work:
        """The same with why it stands there, and what its holder noted."""
        noted = row.follow_up if row.follow_up and row.follow_up.holds(row.task) else None
        resting = noted is not None and noted.rests(row.task, now)
        return replace(self._work(row, now), why=self._why(reads, row, now), follow_up=noted, resting=resting)

    def _why(self, reads: Reads, row: WorkRow, now: datetime) -> Why | None:
        if row.task.closed_at is not None:
            return None
        if row.follow_up is not None and row.follow_up.until_at <= now:
            return Why.REMINDER
        if row.task.role != APPLICANT and self._beside_the_stages(reads, row):
            return Why.ESCALATED
        if row.round > 1:
            return Why.CAME_BACK
        calendar = self._house.city.calendar
        closed_at = calendar.closes_at(calendar.previous_open(calendar.on(now)))
        return Why.NEW if row.task.opened_at >= closed_at else None

    def _beside_the_stages(self, reads: Reads, row: WorkRow) -> bool:
        """A task without a stage of its own: a missed promise that climbs the ladder opens it beside the work."""
        element = self._house.entry(reads, row.case.version).definition.elements.get(row.task.element)
        return element is not None and element.stage is None


def masked(case: Case) -> Case:
    """A case as a row of a list: a confidential one is counted and can be found, and says nothing of its matter."""
    return replace(case, subject="", place="") if case.confidential else case
