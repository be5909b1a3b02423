"""What colleagues of a made-up season had begun to type when it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.demo.plan import Plan
    from engine.engine import Engine
    from engine.house import House
    from engine.model import Actor, Task


def leave_unfinished(
    engine: Engine, house: House, plan: Plan, who: Callable[[Task], Actor | None], keys: Iterator[str]
) -> None:
    """Leave the drafts of a plan; `who` does a task."""
    with house.store.read() as reads:
        tasks = reads.all_open_tasks()
        services = {case.id: case.service for case in reads.cases([task.case_id for task in tasks])}
    for (service, element), task in first_of_each(tasks, services).items():
        typed = plan.services[service].unfinished.get(element)
        if typed and (actor := who(task)):
            engine.save_task_draft(task.id, typed, {}, actor, next(keys), task.drafted)


def first_of_each(tasks: Sequence[Task], services: Mapping[str, str]) -> dict[tuple[str, str], Task]:
    """The first task of each step of each service, which two may name alike; `services` by id of the case."""
    return {(services[task.case_id], task.element): task for task in reversed(tasks)}
