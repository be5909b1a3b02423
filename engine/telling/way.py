"""Where a case is among the units of the city, in one short sentence: which has it, and which of how many that had it.

As its citizen's page tells it, and as it was when a notice was written. Units only, never a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.questions.chain import stays

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.house import House
    from engine.model import Case, Task
    from engine.store import Reads


def way(house: House, reads: Reads, case: Case, at: datetime, say: Callable[..., str]) -> str:
    """The sentence; empty while no unit has it. A carried case without work of its own is where its main one is.

    `say` words a phrase: `way` names `at`, `way_on` also `nth` and `count`.
    """
    tasks, carried = reads.tasks(case.id), reads.merger(case.id)
    if carried and not any(task.closed_at is None for task in tasks):
        case, tasks = reads.case(carried.main_id), reads.tasks(carried.main_id)
    known = [_as_it_was(task, at) for task in tasks if task.opened_at <= at]
    elements = house.entry(reads, case.version).definition.elements
    found = stays(known, elements, lambda task: _unit_of(house, task), reads.audit(case.id))
    if not found or all(task.closed_at for task in found[-1][1]):
        return ""
    had = list(dict.fromkeys(unit for (_, unit), _ in found if unit and unit in house.city.units))
    unit = found[-1][0][1] or ""
    if unit not in had:
        return ""
    place = house.city.units[unit].short
    return (
        say("way_on", at=place, nth=str(had.index(unit) + 1), count=str(len(had))) if had[1:] else say("way", at=place)
    )


def _as_it_was(task: Task, at: datetime) -> Task:
    return replace(task, closed_at=None) if task.closed_at and task.closed_at > at else task


def _unit_of(house: House, task: Task) -> str | None:
    role = house.city.roles.get(task.role)
    return task.unit or (role.unit if role else "") or None
