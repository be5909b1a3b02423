"""The parallel gateway as BPMN means it: it takes one token from each incoming flow and lets one go on.

The stock gateway looks at the whole history of a case and so fires early when a loop brings the branches round again,
and it lets the last branch overwrite what the others wrote. Here a token that arrived waits at the gateway, remembers
whence it came, and is used up once. What branches wrote needs no merging: they write to one case (see interpreter).
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.util.task import TaskState

CAME_FROM = "from"


class Junction(ParallelGateway):  # type: ignore[misc]
    """A parallel gateway, splitting, joining or both. Surplus tokens of one flow wait for their own partners."""

    def _update_hook(self, my_task: Any) -> bool:
        if my_task.has_state(TaskState.PREDICTED_MASK | TaskState.FUTURE):
            my_task._set_state(TaskState.WAITING)
        my_task.internal_data.setdefault(CAME_FROM, my_task.parent.task_spec.name)
        partners = self._partners(my_task)
        if partners is None:
            return False
        for partner in partners:
            partner.cancel()
        my_task._inherit_data()
        return True

    def _partners(self, my_task: Any) -> list[Any] | None:
        """The longest waiting token of every other flow. None while one is missing."""
        wanted = dict.fromkeys(self._inputs)
        wanted.pop(my_task.internal_data[CAME_FROM], None)
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and task is not my_task and task._state == TaskState.WAITING:
                origin = task.internal_data.get(CAME_FROM)
                if origin in wanted and wanted[origin] is None:
                    wanted[origin] = task
        partners = list(wanted.values())
        return None if None in partners else partners

    def _run_hook(self, my_task: Any) -> bool:  # noqa: ARG002 the signature is SpiffWorkflow's
        return True
