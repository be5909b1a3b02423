"""The kinds of step that differ from SpiffWorkflow's: where answers, results and units go, and what is remembered.

Everything a step leaves behind goes into the one data of the case; the tokens themselves stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.defaults import CallActivity, ManualTask, NoneTask, SubWorkflowTask, UserTask
from SpiffWorkflow.bpmn.specs.mixins import (
    BpmnSpecMixin,
    ParallelMultiInstanceTaskMixin,
    SequentialMultiInstanceTaskMixin,
)
from SpiffWorkflow.util.task import TaskState

from .expressions import ExpressionFailed
from .tables import Table
from .values import at_path, copied

UNIT = "unit"


class _Human:
    """Knows the unit it is for from the moment it opens; later answers do not move it."""

    unit_from: str | None = None

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)  # type: ignore[misc]
        if self.unit_from:
            names = my_task.workflow.script_engine.names(my_task.data)
            unit = at_path(names, self.unit_from)
            if unit is not None and not isinstance(unit, str):
                raise ExpressionFailed(f"the unit at {self.unit_from} is not a text")
            my_task.internal_data[UNIT] = unit


class Form(_Human, UserTask):  # type: ignore[misc]
    """A step with a form."""


class Chore(_Human, ManualTask):  # type: ignore[misc]
    """A step that a person only declares done."""


class Plain(_Human, NoneTask):  # type: ignore[misc]
    """A step of no kind; a person declares it done."""


class _Entered:
    """Remembered when it is entered, once each time."""

    bpmn_id: str

    def start_workflow(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.pass_by(self.bpmn_id)
        super().start_workflow(my_task)  # type: ignore[misc]


class Part(_Entered, SubWorkflowTask):  # type: ignore[misc]
    """A sub-process."""


class Called(_Entered, CallActivity):  # type: ignore[misc]
    """Another process of the same file, carried out here."""


class Decision(BpmnSpecMixin):  # type: ignore[misc]
    """A decision table's step. The result lies under the step's id."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: Table, **attributes: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **attributes)
        self.table = table

    def _run_hook(self, my_task: Any) -> bool:
        speaker = my_task.workflow.script_engine
        decided = self.table.decide(lambda text, own: speaker.value(text, {**my_task.data, **own}))
        speaker.data[self.bpmn_id] = copied(decided, self.bpmn_id, speaker.allowance)
        return True


class CaseReference(TaskDataReference):  # type: ignore[misc]
    """The list a multi-instance step goes through: a dotted path into the case data."""

    def get(self, my_task: Any) -> Any:
        found = at_path(my_task.workflow.script_engine.names(my_task.data), self.bpmn_id)
        if not isinstance(found, list | Mapping):
            raise ExpressionFailed(f"{self.bpmn_id} is no list to go through")
        return found

    def exists(self, my_task: Any) -> bool:
        return at_path(my_task.workflow.script_engine.names(my_task.data), self.bpmn_id) is not None


class _Several:
    """A step done once for each item. Answers lie under the step's id by item (a text) or else by number.

    The stock step copies every instance's own names into its own and then refuses to begin a second round.
    """

    def _update_hook(self, my_task: Any) -> Any:
        my_task.workflow.script_engine.data[my_task.task_spec.bpmn_id] = {}
        return super()._update_hook(my_task)  # type: ignore[misc]


class SeveralAtOnce(_Several, ParallelMultiInstanceTaskMixin, BpmnSpecMixin):  # type: ignore[misc]
    """All instances wait at the same time."""

    def merge_child(self, workflow: Any, child: Any) -> None:  # noqa: ARG002 the signature is SpiffWorkflow's
        my_task = child.parent
        my_task.internal_data["merged"].append(str(child.id))
        if self.check_completion_condition(my_task):
            for other in self._instances(my_task):
                other.cancel()
            my_task._set_state(TaskState.READY)
        elif self.children_complete(my_task):
            my_task._set_state(TaskState.READY)


class SeveralInTurn(_Several, SequentialMultiInstanceTaskMixin, BpmnSpecMixin):  # type: ignore[misc]
    """One instance after another."""

    def merge_child(self, workflow: Any, child: Any) -> None:  # noqa: ARG002 the signature is SpiffWorkflow's
        my_task = child.parent
        my_task.internal_data["merged"].append(str(child.id))
        if self.children_complete(my_task) or self.check_completion_condition(my_task):
            my_task._set_state(TaskState.READY)
        else:
            self.add_next_child(my_task)


def instance_key(task: Any) -> str | None:
    """Under what an instance of a multi-instance step keeps its answers. None for any other task."""
    owner: Any = task.parent.task_spec
    # What follows such a step hangs under it just as its instances do.
    if not isinstance(owner, SeveralAtOnce | SeveralInTurn) or owner.task_spec != task.task_spec.name:
        return None
    item = task.data.get(owner.input_item.bpmn_id) if owner.input_item is not None else None
    if isinstance(item, str):
        return item
    number = task.internal_data.get("key_or_index", task.internal_data.get("item"))
    return str(number)
