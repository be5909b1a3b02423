"""Letting time pass on a movable clock: from one due timer to the next, so that each fires at its own instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.house import House


class Movable(Protocol):
    """A clock that can be moved forward."""

    def now(self) -> datetime: ...

    def move_to(self, at: datetime) -> None: ...


def let_pass(
    engine: Engine, house: House, clock: Movable, until: datetime, look: Callable[[], object] | None = None
) -> int:
    """Move the clock to `until`, waking every case on the way; returns how many wakes that took.

    `look` is called every morning as the office opens, as the background of a running installation looks ahead.
    Raises ValueError when a timer stays due after its case was woken, which would otherwise never end.
    """
    wakes = 0
    if look is not None:
        while (opens_at := _next_morning(house, clock.now())) <= until:
            wakes += let_pass(engine, house, clock, opens_at)
            look()
    while (due := _next_due(house, until)) is not None:
        case_id, at = due
        if at > clock.now():
            clock.move_to(at)
        # A worker on the same database may have been quicker; only a timer that is due still is stuck.
        if not engine.wake(case_id) and _next_due(house, until) == due:
            raise ValueError(f"a timer due at {at.isoformat()} did not fire")
        wakes += 1
    clock.move_to(until)
    return wakes


def _next_morning(house: House, now: datetime) -> datetime:
    calendar = house.city.calendar
    today = calendar.on(now)
    opens_at = calendar.opens_at(today)
    return opens_at if calendar.is_open(today) and now < opens_at else calendar.opens_at(calendar.next_open(today))


def _next_due(house: House, until: datetime) -> tuple[str, datetime] | None:
    with house.store.read() as reads:
        due = reads.due_cases(until, 1)
        if not due:
            return None
        at = next(timer.due_at for timer in reads.timers(due[0]))
    return (due[0], at) if at else None
