"""Going on: the most urgent task that a colleague may do, their own or one that nobody holds, and taking it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.errors import NotYours, TaskGone, TaskHeld
from engine.model import Actor, Task
from engine.roles import may_work
from engine.store import Tab, WorkFilter
from engine.verbs.conflicts import kept_out
from engine.verbs.holding import Holding

if TYPE_CHECKING:
    from engine.house import House
    from engine.store import Reads, WorkRow

AT_A_TIME = 25
MOST_PAGES = 20
"""Pages of the group's list that are looked through: in a large group the front is held by colleagues."""
_NO_DATE = datetime.max.replace(tzinfo=UTC)


class Onward(Holding):
    """Takes what comes next. Part of the engine's front."""

    def take_next(self, by: Actor, key: str) -> Task | None:
        """Take the most urgent task that this colleague may do; None when there is none.

        Whoever is quicker at one is no hindrance: then it is the next. One that they hold already stays with them.
        """
        with self._house.store.read() as reads:
            ahead = [row.task for row, _ in zip(doable(self._house, reads, by), range(AT_A_TIME), strict=False)]
        for turn, task in enumerate(ahead):
            try:
                self.claim(task.id, by, f"{key}:{turn}")
            except (TaskGone, TaskHeld, NotYours):
                continue
            return task
        return None


def doable(house: House, reads: Reads, by: Actor) -> Iterator[WorkRow]:
    """The open tasks that this colleague may do, the most urgent first: held by them, by whoever they stand in for, or
    by nobody, and not put off."""
    lists = {tab: _pages(house, reads, by, tab) for tab in (Tab.MINE, Tab.ROLE)}
    first = {tab: next(rows, None) for tab, rows in lists.items()}
    while ready := {tab: row for tab, row in first.items() if row is not None}:
        tab = min(ready, key=lambda one: (ready[one].task.due_at or _NO_DATE, one is Tab.ROLE))
        yield ready[tab]
        first[tab] = next(lists[tab], None)


def _pages(house: House, reads: Reads, by: Actor, tab: Tab) -> Iterator[WorkRow]:
    beside = by.stood_in_for
    wanted, cursor = WorkFilter(awake_at=house.clock.now(), beside=beside), None
    for _ in range(MOST_PAGES):
        page = reads.worklist(by.work_posts, by.id, tab, wanted, cursor, AT_A_TIME)
        holders = {by.id, *beside} if tab is Tab.MINE else {None}
        for row in page.rows:
            theirs = row.task.holder in holders and may_work(by, row.task)
            if theirs and not kept_out(house, reads, row.task, row.case) & {by.id, row.task.holder}:
                yield row
        cursor = page.next_cursor
        if cursor is None:
            return
