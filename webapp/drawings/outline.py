"""A diagram as a list to read: the same shapes in order, for screen readers, small phones and print. Pure.

Order is the way one reads the drawing, left to right within each sub-process; events on a rim follow their host.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Drawing, Shape
from webapp.drawings.diagram import Captions, Journey, Standing

KINDS = {
    "userTask": "tugas",
    "manualTask": "tugas",
    "scriptTask": "otomatis",
    "serviceTask": "otomatis",
    "sendTask": "pesan",
    "receiveTask": "menunggu pesan",
    "businessRuleTask": "tabel keputusan",
    "callActivity": "proses lain",
    "startEvent": "mulai",
    "endEvent": "akhir",
    "intermediateCatchEvent": "menunggu",
    "intermediateThrowEvent": "tonggak",
    "boundaryEvent": "peristiwa",
    "exclusiveGateway": "pilihan",
    "parallelGateway": "serentak",
    "inclusiveGateway": "pilihan",
    "eventBasedGateway": "yang lebih dulu terjadi",
    "subProcess": "bagian",
}
TIMER = "pengingat waktu"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the outline. `kind` is a word, `lane` whose work it is, `parts` what lies inside or on its rim."""

    id: str
    name: str
    kind: str
    lane: str
    standing: Standing | None
    parts: tuple[Step, ...] = ()


def outline(drawing: Drawing, captions: Captions, journey: Journey | None = None) -> tuple[Step, ...]:
    """The steps of a diagram in reading order. Shapes without a name are left out unless the case stands on them."""
    inside: dict[str | None, list[Shape]] = {}
    for shape in drawing.shapes:
        if shape.kind in KINDS:
            inside.setdefault(_home(shape, drawing), []).append(shape)
    return _steps(None, inside, drawing, captions, journey)


def _steps(
    home: str | None,
    inside: dict[str | None, list[Shape]],
    drawing: Drawing,
    captions: Captions,
    journey: Journey | None,
) -> tuple[Step, ...]:
    made = []
    for shape in sorted(inside.get(home, ()), key=lambda one: (one.x, one.y)):
        name, standing = captions.name(shape), journey.standing(shape.id) if journey else None
        parts = _steps(shape.id, inside, drawing, captions, journey)
        if name or parts or standing is Standing.HERE:
            kind = TIMER if shape.marker.startswith("timer") else KINDS[shape.kind]
            lane = _lane(shape, drawing, captions)
            made.append(Step(shape.id, name or shape.id, captions.say(kind), lane, standing, parts))
    return tuple(made)


def _home(shape: Shape, drawing: Drawing) -> str | None:
    """What a shape belongs to: its host when it sits on a rim, else the smallest sub-process around it."""
    x, y = shape.x + shape.width / 2, shape.y + shape.height / 2
    around = [
        other
        for other in drawing.shapes
        if (other.kind == "subProcess" or _rim(shape, other)) and _area(other) > _area(shape) and _holds(other, x, y)
    ]
    return min(around, key=_area).id if around else None


def _area(shape: Shape) -> float:
    return shape.width * shape.height


def _rim(shape: Shape, other: Shape) -> bool:
    return shape.kind == "boundaryEvent" and other.kind.endswith(("Task", "callActivity"))


def _holds(other: Shape, x: float, y: float) -> bool:
    return other.x - 1 <= x <= other.x + other.width + 1 and other.y - 1 <= y <= other.y + other.height + 1


def _lane(shape: Shape, drawing: Drawing, captions: Captions) -> str:
    x, y = shape.x + shape.width / 2, shape.y + shape.height / 2
    lanes = [lane for lane in drawing.shapes if lane.kind == "lane" and _holds(lane, x, y)]
    return captions.name(min(lanes, key=_area)) if lanes else ""
