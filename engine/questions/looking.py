"""Who looks is written down: once for a person, a case, a thing and a day, before the page is given out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.house import House
from engine.model import Actor, Case, Look, Post, ServiceFacts
from engine.questions.sight import Sight, sight
from engine.verbs.guarding import NUMBERS, OPEN_FOR, post_of

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Reads

CASE_FILE, DESK, PAPER = "berkas", "tugas", "dokumen:"


class Looking:
    """One look of one colleague at one case: ask it what they see, then have it written down."""

    def __init__(self, house: House, reads: Reads, case: Case, entry: Entry, actor: Actor) -> None:
        self._house = house
        self._case = case
        self._entry = entry
        self._actor = actor
        self._now = house.clock.now()
        self._seen_on = house.city.calendar.on(self._now)
        self._today: Mapping[str, datetime] = reads.looks_of_day(case.id, self._seen_on, actor.id)

    @property
    def whole_until(self) -> datetime | None:
        """Until when this person sees identity numbers whole; None: they are masked."""
        opened_at = self._today.get(NUMBERS)
        until = opened_at + OPEN_FOR if opened_at else None
        return until if until and self._now < until else None

    def sight(self) -> Sight:
        """How much this person sees of who somebody is."""
        facts: ServiceFacts = self._entry.definition.facts
        return sight(self._actor, self._case, facts, numbers=self.whole_until is not None)

    def write(self, what: str) -> None:
        """Write it down. In a transaction of its own, and only the first time on a day."""
        if what in self._today:
            return
        post: Post = post_of(self._actor, self._entry, self._house.city)
        seen = Look(self._case.id, self._seen_on, self._actor.id, what, self._now, post.role, post.unit)
        with self._house.store.write() as tx:
            tx.add_look(seen)
