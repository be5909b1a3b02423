"""A diagram as the analyst drew it, as inline SVG with the present step marked. Pure: geometry in, Markup out.

No styles and no scripts inside, so that a strict content policy holds: every class begins with `jd-` and is dressed in
static/staff.css, in light and dark alike. What a colour says, a sign and a `<title>` say as well.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup

from engine.model import Drawing, Edge, Shape
from webapp.drawings.lettering import LINE, Point, beside, lines_at, moved, number, wrap
from webapp.drawings.marks import CHECK, GATEWAYS, TASKS, event_mark
from webapp.forms.problems import Say

MARGIN = 14.0
HEADER = 30.0
"""Width of the strip at the left of a lane that holds its name."""
_CONTAINERS = frozenset({"participant", "lane", "subProcess", "transaction", "group"})
_TIP = Markup(
    '<defs><marker id="{}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"'
    ' orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path class="jd-tip" d="M0 1 10 5 0 9Z"/></marker>'
    "</defs>"
)


class Standing(StrEnum):
    """Where a shape stands on a case's way."""

    HERE = "here"
    BEEN = "been"
    AHEAD = "ahead"


STANDING_WORDS = {
    Standing.HERE: "sedang di sini",
    Standing.BEEN: "sudah dilewati",
    Standing.AHEAD: "belum dilewati",
}


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a case has come: element ids where its tokens stand, and those passed."""

    at: Collection[str] = ()
    been: Collection[str] = ()

    def standing(self, element: str) -> Standing:
        if element in self.at:
            return Standing.HERE
        return Standing.BEEN if element in self.been else Standing.AHEAD


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a shape besides its name: a class `jd-<kind>`, a badge on its rim, and the same as a sentence."""

    kind: str
    badge: str
    said: str


@dataclass(frozen=True, slots=True)
class Captions:
    """Words for a drawing: its title, names that replace drawn ones, links and marks, all by element id.

    `prefix` begins every id inside, so that two drawings fit on one page.
    """

    title: str
    say: Say
    names: Callable[[str], str | None] = lambda _: None
    link: Callable[[str], str | None] = lambda _: None
    prefix: str = "jd"
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def name(self, shape: Shape | Edge) -> str:
        return self.names(shape.id) or shape.name


def draw(drawing: Drawing, captions: Captions, journey: Journey | None = None) -> Markup:
    """The whole diagram. Without a journey nothing is marked as passed or ahead."""
    x, y, width, height = _frame(drawing)
    here = [captions.name(shape) or shape.id for shape in drawing.shapes if journey and shape.id in journey.at]
    about = captions.say("Sekarang di: %(names)s.", names=", ".join(here)) if here else ""
    parts = [_TIP.format(f"{captions.prefix}-arrow")]
    parts += [_node(shape, captions, journey, ()) for shape in drawing.shapes if shape.kind in _CONTAINERS]
    travelled = _travelled(drawing, journey)
    parts += [_edge(edge, captions, edge.id in travelled) for edge in drawing.edges]
    ends = [end for edge in drawing.edges if edge.points for end in (edge.points[0], edge.points[-1])]
    parts += [_node(shape, captions, journey, ends) for shape in drawing.shapes if shape.kind not in _CONTAINERS]
    parts += [_edge_label(edge, captions) for edge in drawing.edges if captions.name(edge)]
    return Markup(
        '<svg class="jd{}" xmlns="http://www.w3.org/2000/svg" role="{}" viewBox="{} {} {} {}" width="{}" height="{}"'
        ' aria-labelledby="{p}-title {p}-desc"><title id="{p}-title">{}</title><desc id="{p}-desc">{}</desc>{}</svg>'
    ).format(
        " jd-journey" if journey else "",
        # A picture has no parts for whoever cannot see it; links in it could be reached and not be read.
        "group" if any(captions.link(shape.id) for shape in drawing.shapes) else "img",
        *map(number, (x, y, width, height, width, height)),
        captions.title,
        about,
        Markup().join(parts),
        p=captions.prefix,
    )


def _frame(drawing: Drawing) -> tuple[float, float, float, float]:
    """The box around everything, with room for labels below events at the rim."""
    xs = [x for s in drawing.shapes for x in (s.x, s.x + s.width)] + [x for e in drawing.edges for x, _ in e.points]
    ys = [y for s in drawing.shapes for y in (s.y, s.y + s.height)] + [y for e in drawing.edges for _, y in e.points]
    if not xs:
        return 0.0, 0.0, 1.0, 1.0
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    return left, top, max(xs) + MARGIN - left, max(ys) + MARGIN - top


def _node(shape: Shape, captions: Captions, journey: Journey | None, ends: Sequence[Point]) -> Markup:
    standing = journey.standing(shape.id) if journey and shape.kind not in ("lane", "participant") else None
    name, mark = captions.name(shape), captions.marks.get(shape.id)
    kinds = [shape.kind, *([standing] if standing else []), *([mark.kind] if mark else [])]
    classes = " ".join(["jd-node", *(f"jd-{kind}" for kind in kinds)])
    more = captions.say(STANDING_WORDS[standing]) if standing else mark.said if mark else ""
    said = f"{name or shape.id}: {more}" if more else name or shape.id
    signs = _sign(shape, standing) + (_badge(shape, mark) if mark else Markup())
    drawn = Markup('<g class="{}" id="{}-{}"><title>{}</title>{}{}</g>').format(
        classes, captions.prefix, shape.id, said, _outline(shape, name, ends), signs
    )
    link = captions.link(shape.id)
    return Markup('<a href="{}">{}</a>').format(link, drawn) if link else drawn


def _outline(shape: Shape, name: str, ends: Sequence[Point]) -> Markup:
    if shape.kind in ("lane", "participant"):
        return _lane(shape, name)
    if shape.kind.endswith("Event"):
        return _event(shape) + beside(shape, name, 96, ends)
    if shape.kind.endswith("Gateway"):
        return _gateway(shape) + beside(shape, name, 110, ends)
    if shape.kind in _CONTAINERS:
        label = lines_at([name], shape.x + 10, shape.y + 17, "jd-label jd-start")
        return _box(shape, 10) + label
    if shape.kind == "textAnnotation":
        return lines_at(wrap(name, shape.width), shape.x + 6, shape.y + 14, "jd-label jd-start")
    return _box(shape, 8) + _inside(shape, name)


def _box(shape: Shape, radius: float) -> Markup:
    return Markup('<rect class="jd-shape" x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
        *map(number, (shape.x, shape.y, shape.width, shape.height, radius))
    )


def _inside(shape: Shape, name: str) -> Markup:
    """A task's name in its middle; what does not fit ends in an ellipsis and stays whole in the title."""
    lines = wrap(name, shape.width - 16)
    room = max(1, int((shape.height - 14) // LINE))
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1].rstrip(" .,") + " …"]
    top = shape.y + shape.height / 2 - (len(lines) - 1) * LINE / 2 + 4
    return lines_at(lines, shape.x + shape.width / 2, top + (4 if shape.kind in TASKS else 0), "jd-label")


def _lane(shape: Shape, name: str) -> Markup:
    """A lane with its name standing upright in the strip at its left, in two lines where it is low."""
    lines = wrap(name, shape.height - 8)
    label = lines_at(lines, 0, 4 - (len(lines) - 1) * LINE / 2, "jd-label jd-role")
    return _box(shape, 0) + Markup(
        '<path class="jd-strip" d="M{x} {}V{}"/><g transform="translate({} {}) rotate(-90)">{}</g>'
    ).format(
        *map(number, (shape.y, shape.y + shape.height, shape.x + HEADER / 2, shape.y + shape.height / 2)),
        label,
        x=number(shape.x + HEADER),
    )


def _event(shape: Shape) -> Markup:
    x, y, r = shape.x + shape.width / 2, shape.y + shape.height / 2, shape.width / 2
    dashed = " jd-dashed" if shape.dashed else ""
    ring = Markup('<circle class="jd-shape{}" cx="{}" cy="{}" r="{}"/>')
    drawn = ring.format(dashed, number(x), number(y), number(r))
    if shape.kind.startswith(("intermediate", "boundary")):
        drawn += ring.format(f" jd-ring{dashed}", number(x), number(y), number(r - 3))
    return drawn + moved(x, y, event_mark(shape.kind, shape.marker))


def _gateway(shape: Shape) -> Markup:
    x, y, w, h = shape.x + shape.width / 2, shape.y + shape.height / 2, shape.width / 2, shape.height / 2
    diamond = Markup('<path class="jd-shape" d="M{} {}L{} {} {} {} {} {}Z"/>').format(
        *map(number, (x, y - h, x + w, y, x, y + h, x - w, y))
    )
    return diamond + moved(x, y, GATEWAYS.get(shape.kind, Markup()))


def _sign(shape: Shape, standing: Standing | None) -> Markup:
    """The kind of a task at its left corner; at the right one a full dot where the case is, a tick where it was."""
    if shape.kind in ("lane", "participant"):
        return Markup()
    drawn = moved(shape.x + 13, shape.y + 13, TASKS.get(shape.kind, Markup()))
    corner = shape.x + shape.width, shape.y
    if standing is Standing.HERE:
        drawn += moved(*corner, Markup('<circle class="jd-token" r="9"/><circle class="jd-token-eye" r="3.5"/>'))
    if standing is Standing.BEEN and shape.kind not in _CONTAINERS:
        drawn += moved(*corner, Markup('<circle class="jd-passed" r="7"/>') + CHECK)
    return drawn


def _badge(shape: Shape, mark: Mark) -> Markup:
    """A label astride the lower rim, wide enough for its text."""
    width = 12 + 7 * len(mark.badge)
    x, y = shape.x + shape.width / 2, shape.y + shape.height
    return Markup('<rect class="jd-badge" x="{}" y="{}" width="{}" height="18" rx="9"/>').format(
        *map(number, (x - width / 2, y - 9, width))
    ) + lines_at([mark.badge], x, y + 4, "jd-label jd-badge-text")


def _edge(edge: Edge, captions: Captions, travelled: bool) -> Markup:
    way = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in edge.points)
    return Markup('<path class="jd-flow{}" d="{}" marker-end="url(#{}-arrow)"/>').format(
        " jd-been" if travelled else "", way, captions.prefix
    )


def _edge_label(edge: Edge, captions: Captions) -> Markup:
    """Beside the longest stretch of the flow, where there is most room: above it, or right of an upright one."""
    stretches = list(zip(edge.points, edge.points[1:], strict=False))
    if not stretches:
        return Markup()
    (x1, y1), (x2, y2) = max(stretches, key=lambda pair: math.dist(*pair))
    lines = wrap(captions.name(edge), 110)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    if abs(x2 - x1) >= abs(y2 - y1):
        return lines_at(lines, x, y - 6 - (len(lines) - 1) * LINE, "jd-label jd-halo jd-said")
    return lines_at(lines, x + 6, y - (len(lines) - 1) * LINE / 2 + 4, "jd-label jd-halo jd-said jd-start")


def _travelled(drawing: Drawing, journey: Journey | None) -> set[str]:
    """Flows between two shapes the case has been to. A drawing names no ends, so they are found where it touches."""
    if journey is None:
        return set()
    known = {*journey.at, *journey.been}
    return {
        edge.id
        for edge in drawing.edges
        if len(edge.points) > 1
        and (touched(drawing, edge.points[0]) in journey.been)
        and touched(drawing, edge.points[-1]) in known
    }


def touched(drawing: Drawing, point: tuple[float, float]) -> str | None:
    """The id of the smallest shape with this point on its rim or inside it."""
    x, y = point
    found = [
        shape
        for shape in drawing.shapes
        if shape.kind not in ("lane", "participant")
        and shape.x - 2 <= x <= shape.x + shape.width + 2
        and shape.y - 2 <= y <= shape.y + shape.height + 2
    ]
    return min(found, key=lambda shape: shape.width * shape.height).id if found else None
