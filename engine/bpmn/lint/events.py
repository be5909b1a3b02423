"""Rules for events: which kinds run, which the engine would silently take for plain ones, and what they refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from .graph import ACTIVITIES, BPMN, EVENTS, Definition, Node
from .notes import Notes
from .timers import check_timer

_RUNS = {
    "startEvent": {"message", "signal", "timer"},
    "endEvent": {"message", "error", "escalation", "terminate", "cancel"},
    "intermediateCatchEvent": {"message", "signal", "timer"},
    "intermediateThrowEvent": {"message", "signal", "escalation"},
    "boundaryEvent": {"message", "signal", "timer", "error", "escalation", "cancel"},
}
_WAITING = ("intermediateCatchEvent", "boundaryEvent")
_REFERRED = {"message": "message", "signal": "signal", "error": "error", "escalation": "escalation"}
_INSTEAD = {
    ("endEvent", "signal"): "use a signal throw event before a plain end event",
    ("boundaryEvent", "conditional"): "use a message or timer event, or a gateway behind a task",
    ("intermediateCatchEvent", "conditional"): "use a message or timer event, or a gateway behind a task",
}
_BY_KIND = {
    "link": "connect the two places with an arrow",
    "compensate": "draw the steps that undo the work as ordinary steps",
}


@dataclass(frozen=True, slots=True)
class Named:
    """The messages, signals, errors and escalations of a file: their names by id, None for one without a name."""

    by_kind: Mapping[str, Mapping[str, str | None]]

    @classmethod
    def of(cls, root: Any) -> Named:
        return cls({k: {e.get("id", ""): e.get("name") for e in root.iter(f"{{{BPMN}}}{k}")} for k in _REFERRED})


def check_event(node: Node, named: Named, promises: Collection[str], notes: Notes) -> None:
    """Everything wrong with one event, and with message tasks and event gateways, which are events in disguise."""
    if node.kind in EVENTS:
        _kinds(node, notes)
        _place(node, notes)
    if node.kind in ("sendTask", "receiveTask"):
        _message_task(node, named, notes)
    if node.kind == "eventBasedGateway":
        _event_gateway(node, notes)
    for definition in node.definitions:
        if definition.kind == "timer":
            check_timer(node, definition, promises, notes)
        if definition.kind in _REFERRED:
            _reference(node, definition, named, notes)


def _kinds(node: Node, notes: Notes) -> None:
    if not node.definitions and node.kind in _WAITING:
        notes.error("event-empty", node.id, "this event waits for nothing; choose a timer or a message for it")
    if len(node.definitions) > 1:
        notes.error("several-definitions", node.id, "this event has several triggers at once; draw one event for each")
    for definition in node.definitions:
        if definition.kind not in _RUNS[node.kind]:
            instead = _INSTEAD.get((node.kind, definition.kind)) or _BY_KIND.get(definition.kind, "use another event")
            code = (
                "signal-end" if (node.kind, definition.kind) == ("endEvent", "signal") else f"{definition.kind}-event"
            )
            notes.error(code, node.id, f"a {definition.kind} event is not carried out here; {instead}")


def _place(node: Node, notes: Notes) -> None:
    host = node.scope.nodes.get(node.get("attachedToRef")) if node.kind == "boundaryEvent" else None
    if host is not None and host.kind not in ACTIVITIES:
        notes.error("boundary-unattached", node.id, "a boundary event can only sit on a task or a sub-process")
    if node.kind == "startEvent" and node.definitions and node.scope.element.get("triggeredByEvent") != "true":
        _start(node, notes)
    if node.triggered_by("cancel") and (host or node.scope.host) and (host or node.scope.host).kind != "transaction":  # type: ignore[union-attr]
        notes.error("cancel-event", node.id, "a cancel event belongs to a transaction only; use an error event")
    if node.kind == "boundaryEvent" and not node.interrupts and node.triggered_by("message", "signal"):
        notes.warn(
            "hears-again", node.id, "every such message starts this path once more; make sure that this is meant"
        )


def _start(node: Node, notes: Notes) -> None:
    if node.scope.host:
        notes.error("start-waits", node.id, "a sub-process begins when it is reached; use a plain start event")
    else:
        notes.warn("start-waits", node.id, "a case begins when somebody applies; with this start event it waits first")


def _message_task(node: Node, named: Named, notes: Notes) -> None:
    if node.triggered_by("message"):
        return
    reference = node.get("messageRef")
    if not reference:
        notes.error("message-nameless", node.id, "this task has no message; choose one")
    else:
        _name(node, "message", reference, named, notes)


def _reference(node: Node, definition: Definition, named: Named, notes: Notes) -> None:
    kind = definition.kind
    reference = definition.element.get(f"{kind}Ref")
    if reference:
        _name(node, kind, reference, named, notes)
    elif kind in ("message", "signal") and not node.name:
        notes.error(f"{kind}-nameless", node.id, f"this event has no {kind}; choose one")


def _name(node: Node, kind: str, reference: str, named: Named, notes: Notes) -> None:
    known = named.by_kind[kind]
    local = reference.rpartition(":")[2]
    if reference not in known and local not in known:
        notes.error(
            f"{kind}-unknown", node.id, f"it refers to a {kind} “{reference}” that the file does not have; choose again"
        )
    elif kind in ("message", "signal") and not known.get(reference, known.get(local)):
        notes.error(
            f"{kind}-nameless", node.id, f"its {kind} “{reference}” has no name, so nobody can send it; name it"
        )


def _event_gateway(node: Node, notes: Notes) -> None:
    targets = list(node.scope.targets(node))
    if len(node.outgoing) < 2:
        notes.warn("event-gateway-single", node.id, "an event gateway chooses between at least two events")
    for target in targets:
        if target.kind not in ("intermediateCatchEvent", "receiveTask"):
            notes.error(
                "event-gateway-target", node.id, f"an event gateway must lead to events only, not to “{target.id}”"
            )
    timers = [target.id for target in targets if target.triggered_by("timer")]
    if len(timers) > 1:
        notes.error(
            "two-timers",
            node.id,
            f"several timers behind one event gateway ({', '.join(timers)}): only the earliest can happen; keep it",
        )
