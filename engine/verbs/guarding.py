"""Verbs about who sees whom: showing identity numbers whole, for a reason and for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.house import House
from engine.model import Actor, Look, Post

if TYPE_CHECKING:
    from engine.city import City
    from engine.library import Entry

NUMBERS = "nomor"
OPEN_FOR = timedelta(minutes=10)
"""How long numbers stay whole for whoever asked: enough to compare them with a card."""
REASONS = ("cocokkan", "sistem_lain", "permintaan_pemilik", "pemeriksaan")
"""Words and no free text: the record can never be erased, so nothing about a person may be written into it."""


class Guarding:
    """Guards what tells who somebody is. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def unmask(self, reference: str, reason: str, by: Actor, key: str) -> None:
        """Let a colleague who may read the case see its identity numbers whole for ten minutes, and record it.

        Whether they may read it is asked before, by `queries.case_file`. Raises NotFound, also for another reason
        than one of REASONS.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            found = tx.case_by_reference(reference)
            if found is None or reason not in REASONS:
                raise NotFound
            if tx.recall(f"{by.id}:{key}"):
                return
            post = post_of(by, self._house.entry(tx, found.version), self._house.city)
            seen_on = self._house.city.calendar.on(now)
            tx.add_look_again(Look(found.id, seen_on, by.id, NUMBERS, now, post.role, post.unit))
            tx.add_audit(found.id, now, by, "unmask", "", {"reason": reason})
            tx.remember(f"{by.id}:{key}", "unmask", {"case_id": found.id}, now)


def post_of(actor: Actor, entry: Entry, city: City) -> Post:
    """The post by which somebody looks at a case: one that its diagram knows before one that only supervises.

    Their own before that of a colleague they stand in for.
    """
    drawn = {element.role for element in entry.definition.elements.values()}
    own = actor.posts
    posts = sorted(actor.work_posts, key=lambda p: (p.role not in drawn, p not in own, p.role, p.unit or ""))
    post = posts[0] if posts else Post("")
    role = city.roles.get(post.role)
    return Post(post.role, post.unit or (role.unit if role else "") or None)
