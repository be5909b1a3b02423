"""Questions about sharing work out: who could take tasks, whom they should go to, and how many each would get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.fairness import Candidate, Fit, shared_out, suggested
from engine.model import Actor, Post
from engine.questions.people import PeopleQuestions
from engine.questions.worklists import masked
from engine.store.lists import Tab, WorkRow
from engine.verbs.conflicts import kept_out
from engine.verbs.passing import MOST
from engine.verbs.weighing import candidates
from engine.views import Colleague, Offer, Person, Planned, SharedPost, SharePlan

if TYPE_CHECKING:
    from engine.store import Reads


class SharingQuestions(PeopleQuestions):
    """Only about work that one may see."""

    def offer(self, task_ids: Iterable[str], actor: Actor) -> Offer:
        """Who could be given some of these tasks, and whom one task should go to.

        In order of how many they could take, who is here, and how little they have to do.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            fits, people, persons = self._weighed(reads, self._open(reads, task_ids, actor), actor, now)
        found = [Colleague(persons[one.login], sum(fit.allows(one) for fit in fits)) for one in people]
        one = suggested(fits[0], people, self._house.city.most_open) if len(fits) == 1 else None
        return Offer(
            tuple(sorted((one for one in found if one.fits), key=_in_order)), persons[one.login] if one else None
        )

    def plan(self, task_ids: Iterable[str], actor: Actor, among: Collection[str] = ()) -> SharePlan:
        """How tasks would be shared out fairly, the most urgent first; `among`: only to these colleagues."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            work = sorted(self._open(reads, task_ids, actor), key=_urgent_first)
            fits, people, persons = self._weighed(reads, work, actor, now)
        meant = [one for one in people if not among or one.login in among]
        plan = shared_out(fits, meant, self._house.city.most_open)
        counts = Counter(plan.values())
        return SharePlan(
            rows=tuple(
                Planned(row.task, masked(row.case), plan.get(row.task.id, ""), _could(fit, meant, persons))
                for row, fit in zip(work, fits, strict=True)
            ),
            gets=tuple((persons[one.login], counts[one.login]) for one in meant if any(f.allows(one) for f in fits)),
        )

    def queue(self, login: str, actor: Actor, due: str = "") -> tuple[str, ...]:
        """The tasks somebody holds, or the part `lewat` or `segera`, as one act can pass them on: at most MOST.

        Raises NotFound unless one oversees them, or is them.
        """
        with self._house.store.read() as reads:
            user = self._known(reads, login, actor)
            if login != actor.id and not self._oversees(actor, user):
                raise NotFound
            page = reads.worklist((), login, Tab.MINE, self._part(due, self._house.clock.now()), None, MOST)
        return tuple(row.task.id for row in page.rows)

    def shared_posts(self, actor: Actor) -> tuple[SharedPost, ...]:
        """The posts one oversees that more than one person holds, and which of them share out new tasks by themselves.

        Raises NotFound unless one supervises.
        """
        self._require_supervisor(actor)
        with self._house.store.read() as reads:
            users = [user for user in reads.users() if user.active and self._oversees(actor, user)]
            on = {(one.role, one.unit): one for one in reads.sharings()}
            names = reads.names([one.by for one in on.values()])
        held = Counter((post.role, post.unit or "") for user in users for post in user.posts)
        posts = sorted(post for post, count in held.items() if count > 1 or post in on)
        return tuple(
            SharedPost(*post, held[post], on[post].at, names.get(on[post].by, ""))
            if post in on
            else SharedPost(*post, held[post], None, "")
            for post in posts
        )

    def _open(self, reads: Reads, task_ids: Iterable[str], actor: Actor) -> list[WorkRow]:
        wanted = list(dict.fromkeys(task_ids))[:MOST]
        rows = {row.task.id: row for row in reads.work(wanted)}
        seen = (rows[task_id] for task_id in wanted if task_id in rows)
        return [row for row in seen if row.task.closed_at is None and self._may_see(actor, row.task)]

    def _weighed(
        self, reads: Reads, work: Sequence[WorkRow], actor: Actor, now: datetime
    ) -> tuple[list[Fit], list[Candidate], dict[str, Person]]:
        """The tasks with who is kept out, everybody who has a post for one of them, and what is told of these."""
        fits = [Fit(row.task, kept_out(self._house, reads, row.task, row.case)) for row in work]
        wanted = {Post(row.task.role, row.task.unit) for row in work}
        users = {user.login: user for post in wanted for user in reads.users_holding(post.role, post.unit)}
        people = candidates(self._house, reads, users.values(), now)
        persons = self._persons(reads, users.values(), actor, now)
        return fits, people, {one.login: one for one in persons}


def _in_order(one: Colleague) -> tuple[object, ...]:
    person = one.person
    return -one.fits, person.away is not None, person.load.open + person.covered, person.name


def _urgent_first(row: WorkRow) -> tuple[bool, datetime | None, str]:
    return row.task.due_at is None, row.task.due_at, row.task.id


def _could(fit: Fit, people: Iterable[Candidate], persons: dict[str, Person]) -> tuple[Person, ...]:
    return tuple(sorted((persons[one.login] for one in people if fit.allows(one)), key=lambda one: one.name))
