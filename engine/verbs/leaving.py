"""Somebody works here no more: their account is closed, and what they held goes back to the roles.

One act that can be repeated: closing is one transaction, each task then has its own. Whoever was about to take or to be
given a task is waited for (`OfficeWrites.has_left`), so nothing stays in the hands of a closed account.
"""

from __future__ import annotations

from engine import keys
from engine.errors import NotFound, Refusal
from engine.model import Actor, ActorKind, Hand, Post
from engine.roles import oversees
from engine.store.lists import Tab
from engine.verbs.passing import MOST, HandOver, Passing


class Leaving(Passing):
    """Lets colleagues go. Part of the engine's front."""

    def leave(self, login: str, by: Actor) -> int:
        """Close an account: sessions end, absences and standing in for others end, open tasks return to their roles.

        Histories keep the name; lists kept for a role stay. Returns how many tasks went back; again: those that were
        left. Raises NotFound for nobody, for oneself, and for somebody one does not oversee.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            user = tx.user(login)
            if user is None or login == by.id or not self._may_let_go(by, user.posts):
                raise NotFound
            if user.active:
                tx.add_office_act(now, by, "leave", login, {})
                tx.deactivate_user(login)
            for absence in tx.absences_of(login, self._house.city.calendar.on(now)):
                tx.end_absence(absence.id, now)
            tx.drop_substitute(login)
        act = HandOver(keys.hashed(f"leave:{login}")[:32], Hand.LEAVE, by, now, of=login)
        tried: dict[str, bool] = {}
        while left := [task_id for task_id in self._held(login) if task_id not in tried]:
            tried |= {task_id: self._went_back(act, task_id) for task_id in left}
        return sum(tried.values())

    def _held(self, login: str) -> list[str]:
        with self._house.store.read() as reads:
            return [row.task.id for row in reads.worklist((), login, Tab.MINE, limit=MOST).rows]

    def _went_back(self, act: HandOver, task_id: str) -> bool:
        try:
            self._pass_on(act, task_id)
        except Refusal:
            return False  # finished or passed on meanwhile
        return True

    def _may_let_go(self, by: Actor, posts: frozenset[Post]) -> bool:
        city = self._house.city
        operates = bool(by.roles & city.operating)
        return by.kind is ActorKind.SYSTEM or operates or oversees(by, posts, city.supervising)
