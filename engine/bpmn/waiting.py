"""What a running case waits for: people, times and messages. Looks, moves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition

from .timers import Armed, timers_of
from .workflow import READY, CaseWorkflow, waiting_events


def people(workflow: CaseWorkflow) -> list[Any]:
    """The tasks that wait for a person, outer sub-processes first, oldest first."""
    if workflow.completed:
        return []
    return [
        task
        for part in workflow.running()
        for task in part.tasks.values()
        if task._state == READY and task.task_spec.manual
    ]


def timers(workflow: CaseWorkflow) -> list[Armed]:
    """Every armed timer, those without a date too."""
    return [timer for task in _events(workflow) for timer in timers_of(task)]


def messages(workflow: CaseWorkflow) -> frozenset[str]:
    """The names of the messages that something waits for."""
    definitions = [task.task_spec.event_definition for task in _events(workflow)]
    return frozenset(
        one.name for definition in definitions for one in _each(definition) if isinstance(one, MessageEventDefinition)
    )


def _events(workflow: CaseWorkflow) -> list[Any]:
    if workflow.completed:
        return []
    return [task for part in workflow.running() for task in waiting_events(part)]


def _each(definition: Any) -> Iterator[Any]:
    if isinstance(definition, MultipleEventDefinition):
        yield from definition.event_definitions
    else:
        yield definition
