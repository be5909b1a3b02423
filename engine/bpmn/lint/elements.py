"""Rules for kinds of shapes: what has no meaning here, and what a shape must name to have one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .graph import BPMN, SPIFF, Diagram, Node, Scope, tag, text_of
from .language import read_expression
from .notes import Notes, shown

_REFUSED = {
    "complexGateway": (
        "complex-gateway",
        "a complex gateway is not carried out; use exclusive and parallel ones",
    ),
    "inclusiveGateway": (
        "inclusive-gateway",
        "an inclusive gateway loses answers at its join; use a parallel one with an exclusive one in each branch",
    ),
    "serviceTask": (
        "service-task",
        "a service task calls a program and there is none here; use a script task with our words, or a user task",
    ),
    "adHocSubProcess": (
        "ad-hoc",
        "an ad-hoc sub-process has no order that could be followed; draw the steps with arrows",
    ),
}


def check_element(node: Node, callable_: Collection[str], notes: Notes) -> None:
    """Everything wrong with what kind of shape this is."""
    if node.kind in _REFUSED:
        notes.error(_REFUSED[node.kind][0], node.id, _REFUSED[node.kind][1])
    if node.is_event_scope:
        notes.error(
            "event-sub-process",
            node.id,
            "an event sub-process is not carried out as drawn; put its event on the border of a sub-process around all",
        )
    if node.get("isForCompensation") == "true":
        notes.error("compensation", node.id, "compensation is not carried out; draw the steps that undo the work")
    if node.kind == "callActivity":
        _call(node, callable_, notes)
    if _surrounding_scripts(node):
        message = "a script before or after a step is not run here; draw it as a script task of its own"
        notes.error("script-ignored", node.id, message)
    for marker in node.children("multiInstanceLoopCharacteristics"):
        _several(node, marker, notes)
    if node.kind == "businessRuleTask" and not decision_of(node):
        notes.error(
            "no-decision", node.id, "this step names no decision table; set spiffworkflow:calledDecisionId to its id"
        )


def _surrounding_scripts(node: Node) -> bool:
    found = [
        node.element.findall(f"{{{BPMN}}}extensionElements/{{{SPIFF}}}{name}") for name in ("preScript", "postScript")
    ]
    return any(text_of(script) for scripts in found for script in scripts)


def decisions_in(diagram: Diagram) -> set[str]:
    """The ids of all decision tables that a diagram asks."""
    return {name for node in diagram.nodes() if (name := decision_of(node))}


def decision_of(node: Node) -> str:
    """The id of the decision table that a business rule task asks, empty when it names none."""
    if node.kind != "businessRuleTask":
        return ""
    found = node.element.find(f"{{{BPMN}}}extensionElements/{{{SPIFF}}}calledDecisionId")
    return text_of(found)


def _call(node: Node, callable_: Collection[str], notes: Notes) -> None:
    called = node.get("calledElement")
    if not called:
        notes.error("called-process", node.id, "this call activity names no process; say which one it calls")
    elif called not in callable_:
        notes.error(
            "called-process", node.id, f"the process “{shown(called)}” is not in this file; draw it as a sub-process"
        )


def _several(node: Node, marker: Any, notes: Notes) -> None:
    parts = {tag(child): child for child in marker}
    count, rows = parts.get("loopCardinality"), parts.get("loopDataInputRef")
    if (count is None) == (rows is None):
        notes.error("multi-instance", node.id, "say exactly one of: how many times, or the list to go through")
    for part in (count, parts.get("completionCondition")):
        if part is not None:
            for fault in read_expression(text_of(part)).faults:
                notes.error(fault.code, node.id, f"the multi-instance marker {fault.message}")


def check_data(diagram: Diagram, judged: list[Scope], notes: Notes) -> None:
    """Data objects: the engine's parser looks for one in the scope and the next, and beyond that looks for ever."""
    references = {e.get("id"): e.get("dataObjectRef") for e in diagram.root.iter(f"{{{BPMN}}}dataObjectReference")}
    for store in diagram.root.iter(f"{{{BPMN}}}dataStore"):
        notes.error("data-store", store.get("id"), "data stores are not known here; the case keeps its own data")
    for node in (node for scope in judged for node in scope.nodes.values()):
        for name in _associated(node):
            if not _is_near(node.scope, references.get(name)):
                notes.error(
                    "data-object",
                    node.id,
                    f"the data object “{shown(name)}” is drawn too far away or not at all; draw it beside this step",
                )


def _associated(node: Node) -> list[str]:
    ends = {"dataInputAssociation": "sourceRef", "dataOutputAssociation": "targetRef"}
    return [
        text_of(end)
        for association in node.element
        if (wanted := ends.get(tag(association)))
        for end in association
        if tag(end) == wanted
    ]


def _is_near(scope: Scope, data_object: str | None) -> bool:
    near = [scope, scope.parent] if scope.parent else [scope]
    return data_object is not None and any(
        child.get("id") == data_object for one in near for child in one.element if tag(child) == "dataObject"
    )
