"""Lettering of drawings: text in lines, and where the name of an event or gateway has room. Pure SVG text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from engine.model import Shape

Point = tuple[float, float]
LETTER = 6.3
"""Width in drawing units of an average letter at the 12-unit size of the labels."""
LINE = 14.0
NEAR = 90.0
"""Nearer than this, the names of two events on one rim would run into each other."""


def wrap(text: str, width: float) -> list[str]:
    """Text in lines of about `width` units; a word longer than a line stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * LETTER <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def lines_at(lines: list[str], x: float, y: float, classes: str) -> Markup:
    if not any(lines):
        return Markup()
    spans = [
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(number(x), number(y + index * LINE), line)
        for index, line in enumerate(lines)
    ]
    return Markup('<text class="{}">{}</text>').format(classes, Markup().join(spans))


def moved(x: float, y: float, mark: Markup) -> Markup:
    return Markup('<g transform="translate({} {})">{}</g>').format(number(x), number(y), mark) if mark else Markup()


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def beside(shape: Shape, name: str, width: float, ends: Sequence[Point]) -> Markup:
    """The name of an event or gateway where no flow runs: below, else above, else beside what leaves it."""
    lines, x = wrap(name, width), shape.x + shape.width / 2
    below, above = shape.y + shape.height, shape.y
    sides = {(round(ex), round(ey)) for ex, ey in ends}
    if shape.kind == "boundaryEvent":
        return _at_rim(shape, lines, sides)
    if (round(x), round(below)) not in sides:
        return lines_at(lines, x, below + 13, "jd-label jd-halo")
    if (round(x), round(above)) not in sides:
        return lines_at(lines, x, above - 6 - (len(lines) - 1) * LINE, "jd-label jd-halo")
    return lines_at(lines, x + 7, below + 13, "jd-label jd-halo jd-start")


def _at_rim(shape: Shape, lines: list[str], sides: Collection[tuple[int, int]]) -> Markup:
    """Outside the shape an event sits on, beside the flow that leaves it: right of it, or left of a near neighbour."""
    x, y, below = shape.x + shape.width / 2, shape.y + shape.height / 2, shape.y + shape.height
    up = (len(lines) - 1) * LINE
    if (round(shape.x), round(y)) in sides:
        return lines_at(lines, shape.x - 3, y - 7 - up, "jd-label jd-halo jd-finish")
    if (round(shape.x + shape.width), round(y)) in sides:
        return lines_at(lines, shape.x + shape.width + 3, y - 7 - up, "jd-label jd-halo jd-start")
    top = (round(x), round(shape.y)) in sides
    leaves = round(shape.y if top else below)
    crowded = any(ey == leaves and 0 < ex - x < NEAR for ex, ey in sides)
    at, anchor = (x - 7, "jd-finish") if crowded else (x + 7, "jd-start")
    return lines_at(lines, at, shape.y - 6 - up if top else below + 13, f"jd-label jd-halo {anchor}")
