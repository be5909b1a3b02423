"""What our namespace says in a diagram, as written: service, stages, promises, roles and marks. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .graph import BPMN, JANJI, Diagram, Node, Scope, text_of

MARKS = ("starts", "keeps", "pauses")


@dataclass(frozen=True, slots=True)
class Facts:
    """The declarations of one process, each as its attributes; None or empty where nothing is declared."""

    service: dict[str, str] | None
    stages: tuple[dict[str, str], ...]
    promises: tuple[dict[str, str], ...]
    lanes: dict[str, Any]
    """The innermost lane element of a shape, by the shape's id."""
    stage_ids: tuple[str, ...]
    promise_ids: tuple[str, ...]


def facts_of(process: Scope) -> Facts:
    """Read the declarations under a process and the lanes in it."""
    declared = [(name, dict(element.attrib)) for name, element in declarations(process)]
    services = [attributes for name, attributes in declared if name == "service"]
    stages = tuple(attributes for name, attributes in declared if name == "stage")
    promises = tuple(attributes for name, attributes in declared if name == "promise")
    return Facts(
        services[0] if services else None,
        stages,
        promises,
        _lanes(process.element.getroottree().getroot()),
        tuple(stage.get("id", "") for stage in stages),
        tuple(promise.get("id", "") for promise in promises),
    )


def declarations(process: Scope) -> Iterator[tuple[str, Any]]:
    """Our elements under the extension elements of a process, with their local names."""
    for extensions in process.element.findall(f"{{{BPMN}}}extensionElements"):
        for element in extensions:
            if isinstance(element.tag, str) and etree.QName(element).namespace == JANJI:
                yield etree.QName(element).localname, element


def role_of(node: Node, facts: Facts) -> str | None:
    """The role a step is for: its own, else that of its lane, else that of the nearest sub-process around it."""
    at: Node | None = node
    while at is not None:
        if role := at.janji("role"):
            return role
        lane = facts.lanes.get(at.id)
        if lane is not None:
            return str(lane.get(f"{{{JANJI}}}role") or "") or None
        at = at.scope.host
    return None


def stage_of(node: Node) -> str | None:
    """The stage a step belongs to: its own, else that of the nearest sub-process around it."""
    at: Node | None = node
    while at is not None:
        if stage := at.janji("stage"):
            return stage
        at = at.scope.host
    return None


def lanes_of(diagram: Diagram) -> Iterator[Any]:
    """Every lane in which shapes lie directly."""
    for lane in diagram.root.iter(f"{{{BPMN}}}lane"):
        if lane.find(f"{{{BPMN}}}flowNodeRef") is not None:
            yield lane


def _lanes(root: Any) -> dict[str, Any]:
    """Document order puts an outer lane before those inside it, so that the innermost is kept."""
    return {
        text_of(reference): lane
        for lane in root.iter(f"{{{BPMN}}}lane")
        for reference in lane.findall(f"{{{BPMN}}}flowNodeRef")
    }
