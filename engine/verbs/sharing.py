"""Verbs of sharing work out: switching a post to it, and giving out what was opened for such a post.

Given out by a beat and not when a task opens: finishing a task must not ask who has how much to do. A task that nobody
can have now is looked at again with every beat until somebody can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, Refusal, TaskGone, TaskHeld
from engine.fairness import Candidate, Fit, chosen_for
from engine.model import THE_SYSTEM, Actor, Hand, Post, Sharing, Task
from engine.roles import oversees
from engine.verbs.conflicts import kept_out
from engine.verbs.passing import MOST, HandOver, Passing
from engine.verbs.weighing import candidates

if TYPE_CHECKING:
    from engine.store import Reads

LEASE = timedelta(minutes=2)
"""So long a worker may be at one post before another takes it for dead."""
MOST_LOOKED_AT = 2000
"""Tasks of one post that one beat looks at: those that nobody can have must not hide what came after them."""
OVERLAP = timedelta(minutes=2)
"""A task is stored a little after the instant at which it was opened: each look begins so much before the last one."""


class SharingOut(Passing):
    """Gives out the new tasks of some posts. Part of the engine's front."""

    def share_by_itself(self, role: str, unit: str, by: Actor) -> None:
        """From now on new tasks of a role (in a unit, or empty: in all) go to whoever is suggested. Again: no change.

        Raises NotFound unless the actor oversees such a post.
        """
        self._require_over(role, unit, by)
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            if any((one.role, one.unit) == (role, unit) for one in tx.sharings()):
                return
            tx.add_office_act(now, by, "share", f"{role}@{unit}", {})
            tx.share(Sharing(role, unit, by.id, now, now, now))

    def share_by_hand(self, role: str, unit: str, by: Actor) -> None:
        """The group takes new tasks itself again. Raises as `share_by_itself`."""
        self._require_over(role, unit, by)
        with self._house.store.write() as tx:
            if tx.share_no_more(role, unit):
                tx.add_office_act(self._house.clock.now(), by, "share_no_more", f"{role}@{unit}", {})

    def share_due(self) -> int:
        """Give out what was opened for the posts that share: one part of a beat. How many tasks."""
        with self._house.store.read() as reads:
            sharings = reads.sharings()
        return sum(self._share(one) for one in sharings)

    def _share(self, one: Sharing) -> int:
        """One post's tasks, by one worker at a time: two would not know of what the other has just given."""
        now, store = self._house.clock.now(), self._house.store
        with store.write() as tx:
            if not tx.take_sharing(one, now, now + LEASE):
                return 0
        with store.read() as reads:
            free = reads.free_since(Post(one.role, one.unit or None), one.shared_at - OVERLAP, MOST_LOOKED_AT)
            acts = list(islice(self._chosen(reads, free, now), MOST))
        done = {task_id for task_id, act in acts if self._give(task_id, act)}
        until = now if len(free) < MOST_LOOKED_AT else free[-1].opened_at
        until = min([until, *(task.opened_at for task in free if task.id not in done)])
        with store.write() as tx:
            tx.shared(one, until, now)
        return len(done)

    def _give(self, task_id: str, act: HandOver) -> bool:
        """Give one task out; False when it must be tried again with another beat."""
        try:
            self._pass_on(act, task_id)
        except (TaskGone, TaskHeld):
            return True  # somebody finished or took it meanwhile: it is in hands already
        except Refusal:
            return False  # whoever was chosen has left or stood aside meanwhile
        return True

    def _chosen(self, reads: Reads, free: Sequence[Task], now: datetime) -> Iterator[tuple[str, HandOver]]:
        """How each of these tasks is given out, as far as somebody can have it now."""
        if not free:
            return
        fits, people = self._fit(reads, free), self._people(reads, free, now)
        chosen = chosen_for(fits, people, self._house.city.most_open)
        for fit in fits:
            task_id = fit.task.id
            if (to := chosen.get(task_id)) is not None:
                why = {"open": to.load, "of": sum(fit.allows(one) for one in people)}
                name = keys.hashed(f"share:{task_id}")[:32]
                act = HandOver(name, Hand.ASSIGN, THE_SYSTEM, now, to.login, of="", facts={"shared": why})
                yield task_id, act

    def _fit(self, reads: Reads, free: Sequence[Task]) -> list[Fit]:
        cases = {case.id: case for case in reads.cases([task.case_id for task in free])}
        return [Fit(task, kept_out(self._house, reads, task, cases[task.case_id])) for task in free]

    def _people(self, reads: Reads, free: Sequence[Task], now: datetime) -> list[Candidate]:
        """Everybody who has a post for one of these tasks."""
        posts = {(task.role, task.unit) for task in free}
        users = {user.login: user for role, unit in posts for user in reads.users_holding(role, unit)}
        return candidates(self._house, reads, users.values(), now)

    def _require_over(self, role: str, unit: str, by: Actor) -> None:
        known = self._house.city.roles.get(role)
        post = Post(role, unit or None)
        if known is None or known.citizen or not oversees(by, [post], self._house.city.supervising):
            raise NotFound
