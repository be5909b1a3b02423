"""Messages and boundary events as we need them: a message carries no data of its own, and what may recur does recur.

The payload of a message is put into the case data by the run, under the name of the message and nowhere else, so that
no sender can set a variable that the diagram routes by.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from .timers import TIMERS, TimerEvent


class MessageEvent(MessageEventDefinition):  # type: ignore[misc]
    """Waits for, or sends within the case, a message by name."""

    def catch(self, my_task: Any, event: Any = None) -> None:  # noqa: ARG002 the signature is SpiffWorkflow's
        my_task._set_internal_data(event_fired=True)

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.catch(BpmnEvent(self))

    def update_task(self, my_task: Any) -> None:
        """Nothing to correlate: a message reaches the case by its reference."""

    def update_task_data(self, my_task: Any) -> None:
        """Nothing to copy: see the module's words on the payload."""

    def reset(self, my_task: Any) -> None:
        my_task._set_internal_data(event_fired=False)


class RecurringBoundary(BoundaryEvent):  # type: ignore[misc]
    """A boundary event that, while it does not interrupt, waits again after it fired.

    The stock event hears one message and is deaf afterwards, and hangs the tokens of a cycle under an event that is
    cancelled together with its host. Here each firing ends one event and puts a fresh one beside it.
    """

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        if self.cancel_activity:
            return
        if isinstance(self.event_definition, TimerEvent):
            armed = self.event_definition.again(my_task)
            if armed is not None:
                self._beside(my_task, {TIMERS: {self.event_definition.name: armed}})
        elif isinstance(self.event_definition, MessageEventDefinition | SignalEventDefinition):
            self._beside(my_task, {})

    def _beside(self, my_task: Any, internal: dict[str, Any]) -> None:
        fresh = my_task.parent._add_child(self, TaskState.WAITING)
        fresh.triggered = True
        fresh.internal_data.update(internal)
        self._predict(fresh, mask=TaskState.NOT_FINISHED_MASK)
        self._update(fresh)
