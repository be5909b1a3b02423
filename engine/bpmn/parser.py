"""SpiffWorkflow's parser with our own kinds of step in the places where the stock ones go wrong.

Makes specs that are never changed again: what SpiffWorkflow would connect while a case runs is connected here, since
one spec serves every case and every thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers, task_parsers
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import first, full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.bpmn.specs.defaults import (
    EndEvent,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    ReceiveTask,
    ScriptTask,
    SendTask,
    StartEvent,
)
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask, MultiInstanceTask

from .events import MessageEvent, RecurringBoundary
from .grammar import parse
from .joins import Junction
from .scripts import parse_script
from .steps import Called, CaseReference, Chore, Decision, Form, Part, Plain, SeveralAtOnce, SeveralInTurn
from .tables import Table
from .timers import TimerEvent
from .xml import XmlElement

JANJI = "urn:janji:bpmn:1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

TIMES = ("timeDate", "timeDuration", "timeCycle")


class _Several:
    """Which classes stand for steps that are done once for each item."""

    PARALLEL_MI_CLASS = SeveralAtOnce
    SEQUENTIAL_MI_CLASS = SeveralInTurn


class _Human(_Several, TaskParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        task = super().create_task()
        task.unit_from = self.node.get(f"{{{JANJI}}}unit")
        return task


class _Script(_Several, task_parsers.ScriptTaskParser):  # type: ignore[misc]
    def get_script(self) -> str:
        text: str = super().get_script() or ""
        parse_script(text)
        return text


class _Part(_Several, task_parsers.SubWorkflowParser):  # type: ignore[misc]
    pass


class _Called(_Several, task_parsers.CallActivityParser):  # type: ignore[misc]
    pass


class _Decision(_Several, TaskParser):  # type: ignore[misc]
    def create_task(self) -> Any:
        spaces = {**self.nsmap, "s": SPIFF}
        named = first(self.node.xpath("./bpmn:extensionElements/s:calledDecisionId", namespaces=spaces))
        name = (named.text or "").strip() if named is not None else ""
        table = self.process_parser.parser.tables.get(name)
        if table is None:
            self.raise_validation_exception(f"there is no decision table {name or 'named'}")
        return self.spec_class(self.spec, self.bpmn_id, table=table, **self.bpmn_attributes)


class _Choice(task_parsers.ConditionalGatewayParser):  # type: ignore[misc]
    def parse_condition(self, sequence_flow: XmlElement) -> Any:
        condition = super().parse_condition(sequence_flow)
        if condition is not None:
            parse(condition)
        return condition


class _Event:
    """Reads our own timers and messages where the stock parser would make its own."""

    node: Any
    process_parser: Any

    def parse_timer_event(self, event: XmlElement) -> TimerEvent:
        for kind in TIMES:
            found = first(event.xpath(f"./bpmn:{kind}", namespaces=self.nsmap))  # type: ignore[attr-defined]
            if found is not None:
                return TimerEvent(self.node.get("id"), kind, found.text or "")
        raise ValidationException("the timer has no time", node=self.node)

    def parse_message_event(self, event: XmlElement) -> MessageEvent:
        messages = self.process_parser.parser.messages
        name = messages.get(event.get("messageRef")) or self.node.get("name") or self.node.get("id")
        return MessageEvent(name)


class _Start(_Event, event_parsers.StartEventParser):  # type: ignore[misc]
    pass


class _End(_Event, event_parsers.EndEventParser):  # type: ignore[misc]
    pass


class _Catch(_Event, event_parsers.IntermediateCatchEventParser):  # type: ignore[misc]
    pass


class _Throw(_Event, event_parsers.IntermediateThrowEventParser):  # type: ignore[misc]
    pass


class _Boundary(_Event, event_parsers.BoundaryEventParser):  # type: ignore[misc]
    pass


class _Send(_Event, event_parsers.SendTaskParser):  # type: ignore[misc]
    pass


class _Receive(_Event, event_parsers.ReceiveTaskParser):  # type: ignore[misc]
    pass


class CaseParser(BpmnParser):  # type: ignore[misc]
    """Parses diagrams whose decisions are asked of `tables`, by id."""

    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 the base class reads it from the class
        full_tag("userTask"): (_Human, Form),
        full_tag("manualTask"): (_Human, Chore),
        full_tag("task"): (_Human, Plain),
        full_tag("scriptTask"): (_Script, ScriptTask),
        full_tag("businessRuleTask"): (_Decision, Decision),
        full_tag("subProcess"): (_Part, Part),
        full_tag("callActivity"): (_Called, Called),
        full_tag("exclusiveGateway"): (_Choice, BpmnParser.PARSER_CLASSES[full_tag("exclusiveGateway")][1]),
        full_tag("parallelGateway"): (task_parsers.GatewayParser, Junction),
        full_tag("startEvent"): (_Start, StartEvent),
        full_tag("endEvent"): (_End, EndEvent),
        full_tag("intermediateCatchEvent"): (_Catch, IntermediateCatchEvent),
        full_tag("intermediateThrowEvent"): (_Throw, IntermediateThrowEvent),
        full_tag("boundaryEvent"): (_Boundary, RecurringBoundary),
        full_tag("sendTask"): (_Send, SendTask),
        full_tag("receiveTask"): (_Receive, ReceiveTask),
    }

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__()
        self.tables = tables


def specs_of(root: XmlElement, process: str, tables: Mapping[str, Table], file: str) -> tuple[Any, dict[str, Any]]:
    """The frozen spec of a process and of everything it enters, by id. Raises SpiffWorkflow's ValidationException."""
    parser = CaseParser(tables)
    parser.add_bpmn_xml(root, file)
    spec, parts = parser.get_spec(process), parser.get_subprocess_specs(process)
    for one in (spec, *parts.values()):
        _freeze(one)
    return spec, parts


def _freeze(spec: Any) -> None:
    for name in spec.start.trigger_specs:
        spec.start.connect(spec.task_specs[name])
        spec.task_specs[name].connect(spec.end)
    for step in spec.task_specs.values():
        if isinstance(step, MultiInstanceTask):
            step.data_output = step.output_item = None
            if isinstance(step.data_input, TaskDataReference):
                step.data_input = CaseReference(step.data_input.bpmn_id)
        if isinstance(step, LoopTask):
            spec.task_specs[step.task_spec].completed_event.connect(step.merge_child)
