"""Late requests of the season: its clerks leave them alone, and a supervisor lets them go out after two days."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.errors import Refusal
from engine.model import Case, Decision, Task
from engine.verbs.deciding import supervises

if TYPE_CHECKING:
    from engine.demo.staff import Colleague
    from engine.engine import Engine
    from engine.house import House

WAITS = timedelta(days=2)
"""So long nobody decides, so that the newest still wait for a visitor."""


def awaited(engine: Engine, house: House, people: Iterable[Colleague], case: Case, task: Task) -> bool:
    """Whether a task rests for a second person's word, who gives it once it has waited long enough."""
    if case.request is not Decision.WAITING:
        return False
    with house.store.read() as reads:
        asked = reads.late_request_of(task.id)
    if asked is None or asked.decision is not Decision.WAITING:
        return False
    if house.clock.now() >= asked.asked_at + WAITS:
        second = next(one.actor for one in people if supervises(house, one.actor) and one.actor.id != asked.asked_by)
        with suppress(Refusal):
            engine.grant_request(asked.id, "", second, f"second:{asked.id}")
    return True
