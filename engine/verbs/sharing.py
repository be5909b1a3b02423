"""Verbs of sharing work out: switching a post to it, and giving out what was opened for such a post.

Given out by a beat and not when a task opens: finishing a task must not ask who has how much to do. A task that nobody
can have now is looked at again with every beat until somebody can.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, Refusal
from engine.fairness import Fit, suggested
from engine.model import THE_SYSTEM, Actor, Hand, Post, Sharing, Task
from engine.roles import oversees
from engine.verbs.conflicts import kept_out
from engine.verbs.passing import MOST, HandOver, Passing
from engine.verbs.weighing import candidates

if TYPE_CHECKING:
    from engine.store import Reads

LEASE = timedelta(minutes=2)
"""So long a worker may be at one post before another takes it for dead."""
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
            free = reads.free_since(Post(one.role, one.unit or None), one.shared_at - OVERLAP, MOST)
        left = [task for task in free if not self._give(task, now)]
        until = now if len(free) < MOST else free[-1].opened_at
        until = min([until, *(task.opened_at for task in left)])
        with store.write() as tx:
            tx.shared(one, until, now)
        return len(free) - len(left)

    def _give(self, task: Task, now: datetime) -> bool:
        """Give one task out; False when nobody can have it now."""
        with self._house.store.read() as reads:
            act = self._chosen(reads, task, now)
        if act is None:
            return False
        with suppress(Refusal):  # somebody took or finished it meanwhile: then it is in hands already
            self._pass_on(act, task.id)
        return True

    def _chosen(self, reads: Reads, task: Task, now: datetime) -> HandOver | None:
        people = candidates(self._house, reads, reads.users_holding(task.role, task.unit), now)
        fit = Fit(task, kept_out(self._house, reads, task, reads.case(task.case_id)))
        chosen = suggested(fit, people, self._house.city.most_open)
        if chosen is None:
            return None
        why = {"open": chosen.load, "of": sum(fit.allows(one) for one in people)}
        name = keys.hashed(f"share:{task.id}")[:32]
        return HandOver(name, Hand.ASSIGN, THE_SYSTEM, now, chosen.login, of="", facts={"shared": why})

    def _require_over(self, role: str, unit: str, by: Actor) -> None:
        known = self._house.city.roles.get(role)
        post = Post(role, unit or None)
        if known is None or known.citizen or not oversees(by, [post], self._house.city.supervising):
            raise NotFound
