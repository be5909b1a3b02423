"""What of a case's past the engine still needs: next to nothing. Decides what is kept, in memory and in the tokens.

SpiffWorkflow keeps every step ever taken, gets slower with each rework loop and at a depth of a thousand silently takes
the case for finished. The history is ours and lies elsewhere; what waits, and the splits around it, is enough to go on.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.util.task import TaskState

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


def survivors(workflow: Any) -> list[tuple[Any, int]]:
    """The tasks that must be kept, each with the place of its new parent in this list; the root comes first with -1."""
    tasks = workflow.tasks
    live = [task for task in tasks.values() if task._state & LIVE and not isinstance(task.task_spec, BoundaryEventJoin)]
    needed = {task.id for task in live}
    needed |= {task._parent for task in live if task._parent and _is_split(tasks[task._parent])}
    needed.discard(workflow.task_tree.id)
    kept: list[tuple[Any, int]] = [(workflow.task_tree, -1)]
    place = {workflow.task_tree.id: 0}
    for task in _parents_first(tasks, needed):
        place[task.id] = len(kept)
        kept.append((task, place[_new_parent(tasks, task, place)]))
    return kept


def compact(workflow: Any) -> None:
    """Forget, in memory, what a reloaded case would not have."""
    kept = survivors(workflow)
    workflow.tasks = {task.id: task for task, _ in kept}
    for task, parent in kept:
        task._children = []
        task._parent = kept[parent][0].id if parent >= 0 else None
        if parent >= 0:
            kept[parent][0]._children.append(task.id)
    predict(workflow)


def predict(workflow: Any) -> None:
    """Give every task at which the case stands the steps that follow it, which are not kept.

    Not what waits for an event: most timers never ring, and those that do are given theirs when they do.
    """
    for task in [task for task in workflow.tasks.values() if task._state & LIVE]:
        if task._state != TaskState.WAITING or not isinstance(task.task_spec, CatchingEvent):
            task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def predict_event(task: Any) -> None:
    """Give a task that waited for an event the steps that follow it, unless it has them."""
    if not task._children and isinstance(task.task_spec, CatchingEvent):
        task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)


def _parents_first(tasks: dict[Any, Any], needed: set[Any]) -> list[Any]:
    """Loops may have put a child before its parent in a reloaded tree; the tree itself knows the order."""
    ordered: list[Any] = []
    seen: set[Any] = set()
    for task in tasks.values():
        chain = []
        while task is not None and task.id not in seen:
            seen.add(task.id)
            chain.append(task)
            task = tasks.get(task._parent)
        ordered += [one for one in reversed(chain) if one.id in needed]
    return ordered


def _new_parent(tasks: dict[Any, Any], task: Any, place: dict[Any, int]) -> Any:
    """The nearest ancestor that is kept; a split only of what stood directly under it.

    A boundary join takes the one child of its split that is no boundary event for the host.
    """
    parent = tasks[task._parent]
    if parent.id in place:
        return parent.id
    while parent.id not in place or _is_split(parent):
        parent = tasks[parent._parent]
    return parent.id


def _is_split(task: Any) -> bool:
    return isinstance(task.task_spec, BoundaryEventSplit)
