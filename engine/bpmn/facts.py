"""What our namespace says in a diagram: the service with its stages and promises, and what each shape means to us.

Reads, judges nothing: a diagram reaches this room after it was checked, and what is missing becomes empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.model import Basis, Clarification, Element, Flow, PromiseRule, Retention, ServiceFacts, Similar, Stage, Unit

from .parser import JANJI
from .xml import XmlElement

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
NODES = SCOPES - {"process"} | {
    *("task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"),
    *("callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"),
    *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"),
}


def service_of(process: XmlElement) -> ServiceFacts:
    """The service a process is, with everything declared under it."""
    said = next(_declared(process, "service"), {})
    asked = tuple(_clarification(one) for one in _declared(process, "clarification"))
    caps = {one.promise: one for one in asked}
    starts = process.findall(f"{{{BPMN}}}startEvent")
    return ServiceFacts(
        id=process.get("id", ""),
        code=said.get("code", ""),
        name=process.get("name", ""),
        start_form=starts[0].get("id", "") if starts else "",
        starters=tuple(said.get("starters", "").split()),
        identity=tuple(said.get("identity", "").split()),
        stages=tuple(_stage(one) for one in _declared(process, "stage")),
        promises=tuple(_promise(one, caps.get(one.get("id", ""))) for one in _declared(process, "promise")),
        clarifications=asked,
        similar=next((_similar(one) for one in _declared(process, "similar")), None),
        retention=next((_retention(one) for one in _declared(process, "retention")), None),
        **{name: said.get(name, "") for name in _PATHS},
    )


_PATHS = (
    *("subject", "place", "email", "phone", "anonymous", "confidential", "links"),
    *("party_email", "party_phone", "category", "public"),
)


def elements_of(process: XmlElement) -> dict[str, Element]:
    """Every shape of a process by id, those inside sub-processes with what they inherit from them."""
    lanes = _roles_by_lane(process.getroottree().getroot())
    found: dict[str, Element] = {}
    for node, scope in _nodes(process):
        element = _element(node, scope, found.get(scope), lanes)
        found[element.id] = element
    return found


def flows_of(process: XmlElement) -> tuple[Flow, ...]:
    """Every sequence flow of a process, in the order of the file."""
    return tuple(
        Flow(
            flow.get("id", ""),
            flow.get("sourceRef", ""),
            flow.get("targetRef", ""),
            flow.get("name", ""),
            (flow.findtext(f"{{{BPMN}}}conditionExpression") or "").strip(),
        )
        for flow in process.iter(f"{{{BPMN}}}sequenceFlow")
    )


def _element(node: XmlElement, scope: str, around: Element | None, lanes: dict[str, str | None]) -> Element:
    name = node.get("id", "")
    inherited = around.role if around else None
    boundary = _kind(node) == "boundaryEvent"
    return Element(
        id=name,
        kind=_kind(node),
        name=node.get("name", ""),
        scope=scope,
        role=_ours(node, "role") or lanes.get(name, inherited),
        unit_from=_ours(node, "unit"),
        stage=_ours(node, "stage") or (around.stage if around else None),
        starts=_ours(node, "starts"),
        keeps=_ours(node, "keeps"),
        pauses=_ours(node, "pauses"),
        excludes=_ours(node, "excludes"),
        checks=tuple((_ours(node, "checks") or "").split()),
        brings=tuple((_ours(node, "brings") or "").split()),
        attached_to=node.get("attachedToRef"),
        interrupts=boundary and node.get("cancelActivity", "true").lower() == "true",
        standing=_ours(node, "standing") == "true",
        timed=node.find(f"{{{BPMN}}}timerEventDefinition") is not None,
        script=(node.findtext(f"{{{BPMN}}}script") or "").strip(),
        documentation=(node.findtext(f"{{{BPMN}}}documentation") or "").strip(),
    )


def _nodes(scope: XmlElement) -> Iterator[tuple[XmlElement, str]]:
    """Nodes with the id of their scope, a sub-process before what it holds."""
    waiting = [scope]
    while waiting:
        around = waiting.pop(0)
        for node in around:
            if _kind(node) in NODES:
                yield node, around.get("id", "")
                if _kind(node) in SCOPES:
                    waiting.append(node)


def _roles_by_lane(root: XmlElement) -> dict[str, str | None]:
    """The role of the innermost lane of a shape: outer lanes come first in a file and are overwritten."""
    roles: dict[str, str | None] = {}
    for lane in root.iter(f"{{{BPMN}}}lane"):
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef"):
            role = _ours(lane, "role")
            name = (reference.text or "").strip()
            if role or name not in roles:
                roles[name] = role
    return roles


def _stage(said: dict[str, str]) -> Stage:
    days = said.get("days", "")
    return Stage(said.get("id", ""), said.get("name", ""), said.get("now", ""), int(days) if days else None)


def _promise(said: dict[str, str], asked: Clarification | None) -> PromiseRule:
    return PromiseRule(
        said.get("id", ""),
        said.get("name", ""),
        int(said.get("budget", "")),
        Unit(said.get("unit", "")),
        Basis(said.get("basis", "")),
        said.get("source", ""),
        int(said.get("extend_days") or 0),
        asked.pause_days if asked else 0,
        asked.tasks if asked else (),
        asked.repeats if asked else (),
    )


LATE_AFTER = 60
"""From this share of a budget on, in percent, asking is late where a service names no other."""


def _clarification(said: dict[str, str]) -> Clarification:
    return Clarification(
        said.get("promise", ""),
        tuple(said.get("tasks", "").split()),
        int(said.get("late_after") or LATE_AFTER),
        int(said.get("pause_days", "")),
        Basis(said.get("basis", "")),
        said.get("source", ""),
        tuple(said.get("repeats", "").split()),
    )


def _similar(said: dict[str, str]) -> Similar:
    same, metres = tuple(said.get("same", "").split()), said.get("metres", "")
    return Similar(same, said.get("area", ""), said.get("point", ""), int(metres) if metres else 0)


def _retention(said: dict[str, str]) -> Retention:
    months, least = int(said.get("months", "")), said.get("least_months", "")
    return Retention(months, int(least) if least else months, Basis(said.get("basis", "")), said.get("source", ""))


def _declared(process: XmlElement, name: str) -> Iterator[dict[str, str]]:
    for element in process.findall(f"{{{BPMN}}}extensionElements/{{{JANJI}}}{name}"):
        yield dict(element.attrib)


def _ours(node: XmlElement, attribute: str) -> str | None:
    return node.get(f"{{{JANJI}}}{attribute}") or None


def _kind(node: Any) -> str:
    """Local name of a BPMN element; empty for anything of another namespace."""
    name = etree.QName(node)
    return name.localname if name.namespace == BPMN else ""
