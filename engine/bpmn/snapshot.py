"""A running case as a document and back: what `tree` keeps, by name of step, and nothing of the spec.

`{"d": data, "e": ended, "w": [[owner, [[id, parent, step, state, internal, own data, triggered], …]], …]}`; the first
workflow is the case itself, owner None. Steps that follow are not stored but predicted again.
"""

from __future__ import annotations

from collections import ChainMap
from typing import Any
from uuid import UUID

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import TokensUnreadable

from .interpreter import Interpreter
from .tree import predict, survivors
from .words import Words
from .workflow import CasePart, CaseWorkflow, waiting_events


def taken(workflow: CaseWorkflow) -> dict[str, Any]:
    """The document of a case."""
    parts = [workflow] if workflow.completed else workflow.running()
    return {
        "d": workflow.interpreter.data,
        "e": workflow.completed,
        "w": [[_hex(part.parent_task_id), [_row(task, parent) for task, parent in survivors(part)]] for part in parts],
    }


def restored(document: dict[str, Any], spec: Any, parts: dict[str, Any], words: Words) -> CaseWorkflow:
    """The case of a document. Raises TokensUnreadable when it does not fit the specs."""
    try:
        workflow = CaseWorkflow(spec, parts, Interpreter(words, dict(document["d"])), deserializing=True)
        (_, first), *others = document["w"]
        _fill(workflow, first)
        for owner, rows in others:
            _fill(_part(workflow, parts, UUID(hex=owner)), rows)
        workflow.completed = bool(document["e"])
        for part in workflow.running():
            predict(part)
            for task in waiting_events(part):
                workflow.event_manager.add_task(task)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise TokensUnreadable(f"these tokens do not fit their diagram: {type(error).__name__} {error}") from None
    return workflow


def _row(task: Any, parent: int) -> list[Any]:
    own = task.data or None
    internal = task.internal_data or None
    return [task.id.hex, parent, task.task_spec.name, task._state, internal, own, int(task.triggered)]


def _part(workflow: CaseWorkflow, parts: dict[str, Any], owner: UUID) -> CasePart:
    tasks = [one.tasks for one in (workflow, *workflow.subprocesses.values())]
    host = ChainMap(*tasks)[owner]
    part = CasePart(parts[host.task_spec.spec], owner, workflow, deserializing=True)
    workflow.subprocesses[owner] = part
    part.completed_event.connect(host.task_spec._on_subworkflow_completed, host)
    return part


def _fill(workflow: Any, rows: list[list[Any]]) -> None:
    steps = workflow.spec.task_specs
    made: list[Any] = []
    for name, parent, step, state, internal, own, triggered in rows:
        task = _task(workflow, UUID(hex=name), steps[step], int(state))
        task.internal_data, task.data, task.triggered = internal or {}, own or {}, bool(triggered)
        if parent >= 0:
            task._parent = made[parent].id
            made[parent]._children.append(task.id)
        workflow.tasks[task.id] = task
        made.append(task)
    workflow.task_tree = made[0]


def _task(workflow: Any, name: UUID, step: Any, state: int) -> Any:
    """A task as it was. The constructor would tell a parent that it has a new child, in whatever order."""
    if state not in (TaskState.WAITING, TaskState.READY, TaskState.STARTED, TaskState.COMPLETED):
        raise ValueError(f"no task is kept in state {state}")
    task = Task.__new__(Task)
    task.id, task.workflow, task.task_spec, task._state = name, workflow, step, state
    task._parent, task._children = None, []
    task.thread_id, task.last_state_change = 0, 0.0
    return task


def _hex(name: UUID | None) -> str | None:
    return None if name is None else name.hex
