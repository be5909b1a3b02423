"""A case as SpiffWorkflow moves it: the interpreter it asks, what it passes, scans that do not walk the whole tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from .interpreter import Interpreter

WAITING, READY, STARTED = TaskState.WAITING, TaskState.READY, TaskState.STARTED


class _Scan:
    tasks: dict[Any, Any]

    def collect_log_extras(self, _given: object = None) -> dict[str, Any]:
        """Nothing for SpiffWorkflow's log: it would walk the whole case for it, whether or not anybody logs."""
        return {}

    def update_waiting_tasks(self) -> None:
        """Look at what waits. The stock method walks the tree for it after every single step."""
        for task in [task for task in self.tasks.values() if task._state == WAITING]:
            if task._state == WAITING and task.id in self.tasks:
                task.task_spec._update(task)


class CasePart(_Scan, BpmnSubWorkflow):  # type: ignore[misc]
    """A sub-process that runs."""


class CaseWorkflow(_Scan, BpmnWorkflow):  # type: ignore[misc]
    """A case that runs. There is no way to make one without an interpreter: the stock default runs any Python."""

    def __init__(self, spec: Any, parts: Mapping[str, Any], interpreter: Interpreter, **options: Any) -> None:
        self.interpreter = interpreter
        self.passed: list[str] = []
        super().__init__(spec, dict(parts), script_engine=interpreter, **options)

    @property
    def script_engine(self) -> Interpreter:
        return self.interpreter

    def pass_by(self, element: str) -> None:
        """Remember that a token went through an element."""
        self.passed.append(element)

    def create_subprocess(self, my_task: Any, spec_name: str) -> CasePart:
        part = CasePart(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = part
        return part

    def catch(self, event: Any) -> None:
        """Let the case hear an event that one of its own steps threw."""
        self.forget_ghosts()
        super().catch(event)

    def send_event(self, event: Any) -> None:
        """Let the case hear an event from outside."""
        self.forget_ghosts()
        super().send_event(event)

    def running(self) -> list[Any]:
        """This workflow and every sub-process in it that really runs, outer ones first.

        A sub-process whose step was removed rather than cancelled still looks alive to SpiffWorkflow.
        """
        found: list[Any] = [self]
        for owner, part in self.subprocesses.items():
            host = next((workflow.tasks[owner] for workflow in found if owner in workflow.tasks), None)
            if host is not None and host._state == STARTED and not part.completed:
                found.append(part)
        return found

    def forget_ghosts(self) -> None:
        """Make what was removed without being cancelled deaf to events."""
        tasks = self.event_manager.tasks
        waiting = {task.id: task for workflow in self.running() for task in waiting_events(workflow)}
        for name in [name for name in tasks if name not in waiting]:
            del tasks[name]

    def next_step(self) -> Any | None:
        """The next task that needs nobody, innermost sub-process first. None: everything waits."""
        for workflow in reversed(self.running()):
            for task in workflow.tasks.values():
                if task._state == READY and not task.task_spec.manual:
                    return task
        return None


def waiting_events(workflow: Any) -> list[Any]:
    """The tasks of one workflow that wait for something to happen."""
    return [
        task for task in workflow.tasks.values() if task._state == WAITING and isinstance(task.task_spec, CatchingEvent)
    ]
