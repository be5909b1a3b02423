"""How the desks lie on the morning on which a demo opens: some work is taken, a task waits, a case is followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.errors import Refusal
from engine.model import Actor

if TYPE_CHECKING:
    from engine.demo.staff import Colleague
    from engine.views import Work
    from engine.wiring import Janji

TAKEN = 3
MINE, GROUP, DONE = "saya", "kelompok", "selesai"
LATER = datetime.max.replace(tzinfo=UTC)
"""When a task without a date is due."""
WAITS_WORKING_DAYS = 2
NOTE = "Tunggu kabar dari BPN"


def lay_out(janji: Janji, people: Iterable[Colleague]) -> None:
    """Who holds nothing takes the most urgent of their group; each puts the last of theirs off, and follows a case."""
    for person in people:
        if not janji.queries.worklist(person.actor, MINE).rows:
            _take(janji, person.actor)
        _put_off(janji, person.actor)
        _follow(janji, person.actor)


def _listed(janji: Janji, who: Actor, tab: str) -> list[Work]:
    """The top of a list; what stands there at the same instant by reference, since ids are drawn by chance."""
    rows = sorted(janji.queries.worklist(who, tab).rows, key=lambda work: (work.case.reference, work.task.element))
    if tab == DONE:
        return sorted(rows, key=lambda work: work.task.closed_at or LATER, reverse=True)
    return sorted(rows, key=lambda work: work.task.due_at or LATER)


def _take(janji: Janji, who: Actor) -> None:
    free = [work.task for work in _listed(janji, who, GROUP) if work.task.holder is None]
    for task in free[:TAKEN]:
        janji.engine.claim(task.id, who, f"demo-{task.id}")


def _put_off(janji: Janji, who: Actor) -> None:
    own = [work.task for work in _listed(janji, who, MINE) if work.task.holder == who.id]
    if len(own) >= TAKEN:
        calendar, now = janji.city.calendar, janji.clock.now()
        until_on = calendar.on(calendar.plus_working_days(now, WAITS_WORKING_DAYS))
        janji.engine.put_off([own[-1].id], until_on, NOTE, who)


def _follow(janji: Janji, who: Actor) -> None:
    """The last case whose task they finished, if it goes on."""
    for work in _listed(janji, who, DONE):
        if work.case.ended_at is None:
            try:
                janji.queries.may_watch(work.case.reference, who)
                janji.engine.watch(work.case.reference, who)
            except Refusal:
                continue
            return
