"""Who may do a task now, and on whose behalf. Asked under the lock of the task's case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotYours, TaskHeld
from engine.model import Actor, StandIn, Task
from engine.roles import require_may_complete
from engine.verbs.conflicts import kept_out

if TYPE_CHECKING:
    from engine.house import House
    from engine.model import Case
    from engine.store import Reads


def require_may_do(house: House, reads: Reads, by: Actor, task: Task, case: Case) -> StandIn | None:
    """Raise NotYours or TaskHeld unless the actor may do the task now; returns for whom, None: as themselves."""
    stand_in = require_may_complete(by, task, kept_out(house, reads, task, case))
    require_away(house, reads, by, stand_in, task)
    return stand_in


def require_away(house: House, reads: Reads, by: Actor, stand_in: StandIn | None, task: Task) -> None:
    """Raise as if there were no substitute when the absence has ended since the actor's page was asked for.

    The actor was read before; this is asked in the transaction of the act, and only when it is done for another.
    """
    if stand_in is None or reads.covers(by.id, stand_in.login, house.city.calendar.on(house.clock.now())):
        return
    if task.holder is not None:
        raise TaskHeld(task.holder)
    raise NotYours(task.role)


def on_behalf(stand_in: StandIn | None) -> dict[str, str]:
    """The fact of an audit entry that names the colleague something was done for."""
    return {"for": stand_in.login} if stand_in else {}
