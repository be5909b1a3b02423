"""The drawing of a diagram: where the analyst put each shape and arrow. Reads the file's layout, judges nothing.

Only the first page counts: what lies inside a collapsed sub-process is on pages of its own, with coordinates that
overlap everything else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from lxml import etree

from engine.model import Drawing, Edge, Shape

from . import xml
from .xml import XmlElement

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"

_CONTAINERS = ("participant", "laneSet", "lane", "subProcess", "transaction", "adHocSubProcess")
_DRAWN = frozenset(
    {
        *("participant", "lane", "subProcess", "transaction", "adHocSubProcess", "callActivity", "task", "userTask"),
        *("manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask", "startEvent"),
        *("endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "exclusiveGateway"),
        *("parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway", "textAnnotation"),
        *("dataObjectReference", "dataStoreReference"),
    }
)
_ARROWS = frozenset({"sequenceFlow", "messageFlow"})
_FARTHEST = 1_000_000.0


def drawing(content: bytes) -> Drawing:
    """The geometry in a file; empty when nothing is laid out. Raises XmlRefused.

    Containers come first, outer ones before those inside them; boundary events come last, as they lie on their hosts.
    """
    root = xml.parse(content)
    meant = {element.get("id"): element for element in root.iter() if _kind(element) and element.get("id")}
    plane = root.find(f".//{{{DI}}}BPMNPlane")
    if plane is None:
        return Drawing((), ())
    found = [
        (element, shape) for shape in plane.iter(f"{{{DI}}}BPMNShape") if (element := _meant(shape, meant)) is not None
    ]
    shapes = [drawn for element, shape in found if (drawn := _shape(element, shape))]
    edges = [
        _edge(element, edge) for edge in plane.iter(f"{{{DI}}}BPMNEdge") if (element := _meant(edge, meant)) is not None
    ]
    return Drawing(tuple(sorted(shapes, key=_layer)), tuple(edge for edge in edges if edge))


def _meant(laid_out: XmlElement, meant: dict[str, XmlElement]) -> XmlElement | None:
    """The element that a piece of layout stands for. A prefix is allowed: it is a qualified name."""
    name = laid_out.get("bpmnElement", "")
    return meant.get(name, meant.get(name.rpartition(":")[2]))


def _shape(element: XmlElement, laid_out: XmlElement) -> Shape | None:
    bounds = laid_out.find(f"{{{DC}}}Bounds")
    numbers = _numbers(bounds, "x", "y", "width", "height") if bounds is not None else None
    kind = _kind(element)
    if numbers is None or kind not in _DRAWN:
        return None
    dashed = kind == "boundaryEvent" and element.get("cancelActivity", "true").lower() == "false"
    x, y, width, height = numbers
    return Shape(element.get("id"), kind, _label(element), x, y, width, height, _marker(element), dashed)


def _edge(element: XmlElement, laid_out: XmlElement) -> Edge | None:
    points = [point for one in laid_out.findall(f"{{{DD}}}waypoint") if (point := _numbers(one, "x", "y"))]
    if _kind(element) not in _ARROWS or len(points) < 2:
        return None
    return Edge(element.get("id"), element.get("name", ""), tuple((x, y) for x, y in points))


def _layer(shape: Shape) -> tuple[int, float]:
    """Larger containers first; a host before what lies on its border; otherwise as in the file."""
    if shape.kind in _CONTAINERS:
        return _CONTAINERS.index(shape.kind) if shape.kind in (
            "participant",
            "lane",
        ) else 3, -shape.width * shape.height
    return (5, 0.0) if shape.kind == "boundaryEvent" else (4, 0.0)


def _label(element: XmlElement) -> str:
    if _kind(element) == "textAnnotation":
        return " ".join((element.findtext(f"{{{BPMN}}}text") or "").split())
    return str(element.get("name", ""))


def _marker(element: XmlElement) -> str:
    return next(_definitions(element), "")


def _definitions(element: XmlElement) -> Iterator[str]:
    for child in element:
        if _kind(child).endswith("EventDefinition"):
            yield _kind(child).removesuffix("EventDefinition")


def _numbers(element: XmlElement, *names: str) -> tuple[float, ...] | None:
    """Coordinates, None unless all of them are numbers that fit on a page."""
    try:
        found = tuple(float(element.get(name, "")) for name in names)
    except ValueError:
        return None
    return found if all(math.isfinite(one) and abs(one) <= _FARTHEST for one in found) else None


def _kind(element: XmlElement) -> str:
    name = etree.QName(element) if isinstance(element.tag, str) else None
    return name.localname if name is not None and name.namespace == BPMN else ""
