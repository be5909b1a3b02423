"""One list of work as it was asked for, in its parts: what is awake, what rests until a later day, what waits for
applicants. A page, the numbers above it and the file of all its rows are read from the same parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import ListTooLong
from engine.model import Actor, ActorKind, Post
from engine.roles import APPLICANT
from engine.store.lists import Page, Row, Tab, WorkFilter, WorkRow
from engine.views import COUNTED_UP_TO, RESTING_UP_TO

if TYPE_CHECKING:
    from engine.store import Reads

PAGE = 25
AT_A_TIME = 500
WAITING = Actor(ActorKind.SYSTEM, "", posts=frozenset({Post(APPLICANT)}))
"""Whose list holds what waits for applicants: they have no desk, so it is a list of its own."""
NOTHING: Page[WorkRow] = Page((), None)


@dataclass(frozen=True, slots=True)
class WorkAsked:
    """Whose list, which tab, narrowed to what, at which instant.

    `put_off`: only what rests until a later day. `waiting`: only what waits for applicants.
    """

    actor: Actor
    tab: Tab
    wanted: WorkFilter
    now: datetime
    put_off: bool = False
    waiting: bool = False

    @property
    def partial(self) -> bool:
        """Whether only a part of the list is asked for that usually stands at its end."""
        return self.put_off or self.waiting

    def page(self, reads: Reads, cursor: str | None, limit: int = PAGE) -> Page[WorkRow]:
        """A page of the first part, which is the one that is paged through."""
        if self.waiting:
            return self.theirs(reads, cursor, limit)
        return self.resting(reads, cursor, limit) if self.put_off else self.awake(reads, cursor, limit)

    def awake(self, reads: Reads, cursor: str | None, limit: int = PAGE) -> Page[WorkRow]:
        # a task that is done cannot rest, whatever was once noted about it
        awake_at = None if self.tab is Tab.DONE else self.now
        wanted = replace(self._ours, awake_at=awake_at)
        return reads.worklist(self.actor.work_posts, self.actor.id, self.tab, wanted, cursor, limit)

    def resting(self, reads: Reads, cursor: str | None, limit: int = PAGE) -> Page[WorkRow]:
        return reads.resting(self.actor.work_posts, self.actor.id, self.tab, self._ours, self.now, cursor, limit)

    def theirs(self, reads: Reads, cursor: str | None, limit: int = PAGE) -> Page[WorkRow]:
        """What waits for applicants: only in the list of everybody's work, and never put off."""
        if self.tab is not Tab.ALL or self.put_off:
            return NOTHING
        return reads.worklist(WAITING.posts, WAITING.id, Tab.ROLE, self.wanted, cursor, limit)

    def counts(self, reads: Reads) -> Mapping[Tab, int]:
        """The length of each tab, narrowed in the same way."""
        if self.put_off:
            return {tab: self._count_resting(reads, tab, COUNTED_UP_TO) for tab in Tab}
        if self.waiting:
            theirs = reads.worklist_counts(WAITING.posts, WAITING.id, self.wanted)[Tab.ROLE]
            return {tab: theirs if tab is Tab.ALL else 0 for tab in Tab}
        return reads.worklist_counts(self.actor.work_posts, self.actor.id, self.wanted)

    def count_resting(self, reads: Reads) -> int:
        """How many of the list rest; what waits for applicants is nobody's to put off."""
        return 0 if self.waiting else self._count_resting(reads, self.tab, RESTING_UP_TO)

    def fresh(self, reads: Reads, since: datetime) -> int:
        """How many came since an instant."""
        if self.partial:
            return 0
        return reads.opened_since(self.actor.work_posts, self.actor.id, self.tab, self._ours, since)

    def every(self, reads: Reads, most: int) -> list[WorkRow]:
        """All rows of all parts, in order. Raises ListTooLong beyond `most`."""
        rows: list[WorkRow] = []
        for row in self._rows(reads):
            rows.append(row)
            if len(rows) > most:
                raise ListTooLong(most)
        return rows

    def _rows(self, reads: Reads) -> Iterator[WorkRow]:
        for part in (self.page,) if self.partial else (self.awake, self.resting, self.theirs):
            yield from every(partial(part, reads, limit=AT_A_TIME))

    def _count_resting(self, reads: Reads, tab: Tab, most: int) -> int:
        wanted = self._ours if tab is self.tab else self.wanted
        return reads.count_resting(self.actor.work_posts, self.actor.id, tab, wanted, self.now, most)

    @property
    def _ours(self) -> WorkFilter:
        """What waits for applicants has terms of its own and would stand between our work: it comes after all of it."""
        return replace(self.wanted, except_roles=frozenset({APPLICANT})) if self.tab is Tab.ALL else self.wanted


def every(page: Callable[[str | None], Page[Row]]) -> Iterator[Row]:
    """The rows of all pages, from the first on. `page` is asked for the one that a cursor names."""
    cursor: str | None = None
    while True:
        found = page(cursor)
        yield from found.rows
        cursor = found.next_cursor
        if cursor is None:
            return
