"""A parcel drawn from its outline: an SVG with numbered corners, a scale and north for letters, its measures for pages.

Pure. It is a sketch: metres are worked out at the parcel's own latitude, good to about a thousandth over a parcel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from math import ceil, cos, dist, floor, hypot, log10, radians

from .forms.geojson import NoOutline, Point, Ring, read_outline, read_polygon
from .model import Json

WIDTH, HEIGHT, MARGIN = 640, 440, 64
MOST_NUMBERS = 40
"""Corners that get a number in the drawing; of more, every second, third … has one. The list names them all."""
MOST_LENGTHS = 12
"""Corners up to which the sides are labelled with their lengths."""
_ROOM = 54.0
"""A side shorter than this in the drawing has no room for its length."""
NORTH_M = 110_574.0
"""Metres of a degree of latitude near the equator."""
EAST_M = 111_320.0
"""Metres of a degree of longitude at the equator."""


def parcel_svg(geojson: str) -> str:
    """The outline with a scale bar in round metres and an arrow to the north. Raises NoOutline for any other text."""
    placed = metres(read_polygon(geojson))
    wide, tall = (max(max(axis), 0.5) for axis in zip(*placed, strict=True))
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
    dx, dy = (WIDTH - wide * scale) / 2, (HEIGHT - tall * scale) / 2
    drawn = [(dx + x * scale, HEIGHT - dy - y * scale) for x, y in placed]
    labels = (*_numbers(drawn), *(_lengths(drawn, placed) if len(placed) - 1 <= MOST_LENGTHS else ()))
    return _drawn(drawn, "".join(labels), scale)


def outlines_in(data: Json, path: str = "") -> dict[str, Json]:
    """Every outline in the data of a case, by dotted path (`pendaftaran.batas_persil`).

    Each with its drawing (`svg`), its `corners` as (latitude, longitude) texts in the order they are numbered in the
    drawing, `area_m2` and `round_m`, the way around it.
    """
    found: dict[str, Json] = {}
    for name, value in data.items():
        at = f"{path}.{name}" if path else str(name)
        if isinstance(value, Mapping):
            found |= outlines_in(value, at)
        elif isinstance(value, str) and value.startswith("{"):
            with suppress(NoOutline):
                found[at] = _told(value)
    return found


def area_m2(outline: str) -> float:
    """The area inside the outline in square metres. Raises NoOutline."""
    return abs(_double_area(metres(read_outline(outline)))) / 2


def corners(outline: str) -> tuple[Point, ...]:
    """The corners as people say them: (latitude, longitude), each once. Raises NoOutline."""
    return tuple((lat, lon) for lon, lat in read_outline(outline)[:-1])


def _told(geojson: str) -> Json:
    sides = pairwise(metres(read_polygon(geojson)))
    return {
        "svg": parcel_svg(geojson),
        "corners": [[f"{lat:.6f}", f"{lon:.6f}"] for lat, lon in corners(geojson)],
        "area_m2": round(area_m2(geojson), 1),
        "round_m": round(sum(dist(one, other) for one, other in sides), 1),
    }


def metres(ring: Ring) -> list[Point]:
    """Metres east and north of the outline's south-western corner."""
    west, south = min(x for x, _ in ring), min(y for _, y in ring)
    middle = (south + max(y for _, y in ring)) / 2
    east_m = EAST_M * cos(radians(middle))
    return [((x - west) * east_m, (y - south) * NORTH_M) for x, y in ring]


def _double_area(ring: Sequence[Point]) -> float:
    """Twice the area, negative when the ring runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def round_length(longest: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not longer than `longest`, all in metres."""
    power = 10.0 ** floor(log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest)


def _outward(one: Point, other: Point, turn: float) -> Point:
    """The direction straight out of a side; `turn` is the sign of the ring's area."""
    length = dist(one, other) or 1.0
    return turn * (other[1] - one[1]) / length, -turn * (other[0] - one[0]) / length


def _numbers(ring: Sequence[Point]) -> Iterator[str]:
    """A dot on each corner, and beside it, outside the parcel, its number."""
    count, turn = len(ring) - 1, 1.0 if _double_area(ring) > 0 else -1.0
    every = ceil(count / MOST_NUMBERS)
    size = 13 if count <= MOST_LENGTHS else 10
    for n in range(count):
        x, y = ring[n]
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="#0b5c6b"/>'
        if n % every == 0:
            before, after = ring[n - 1 if n else count - 1], ring[n + 1]
            (ax, ay), (bx, by) = _outward(before, (x, y), turn), _outward((x, y), after, turn)
            far = hypot(ax + bx, ay + by) or 1.0
            yield _text(x + 13 * (ax + bx) / far, y + 13 * (ay + by) / far, str(n + 1), size, "bold")


def _lengths(ring: Sequence[Point], placed: Sequence[Point]) -> Iterator[str]:
    """The length of each side with room for it, inside the parcel, halfway."""
    turn = 1.0 if _double_area(ring) > 0 else -1.0
    for (one, other), (a, b) in zip(pairwise(ring), pairwise(placed), strict=True):
        if dist(one, other) >= _ROOM:
            ox, oy = _outward(one, other, turn)
            said = f"{dist(a, b):.1f} m".replace(".", ",")
            yield _text((one[0] + other[0]) / 2 - 24 * ox, (one[1] + other[1]) / 2 - 14 * oy, said, 11, "normal")


def _text(x: float, y: float, said: str, size: int, weight: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="middle"'
        f' fill="#222">{said}</text>'
    )


def _drawn(ring: Sequence[Point], labels: str, scale: float) -> str:
    bar = round_length((WIDTH - 2 * MARGIN) / 4 / scale)
    left, base, north = 20, HEIGHT - 14, WIDTH - 28
    end = left + bar * scale
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring[:-1])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>Sketsa bidang tanah, skala batang {bar:g} m</title>"
        f'<polygon points="{points}" fill="#0b5c6b" fill-opacity="0.12" stroke="#0b5c6b" stroke-width="2"'
        f' stroke-linejoin="round"/>{labels}'
        f'<path d="M{left},{base - 6}V{base}H{end:.1f}V{base - 6}" fill="none" stroke="#222" stroke-width="1.5"/>'
        f'<text x="{end + 7:.1f}" y="{base + 1}" font-size="13" fill="#222">{bar:g} m</text>'
        f'<path d="M{north},16L{north + 9},44L{north},37L{north - 9},44Z" fill="#222"/>'
        f'<text x="{north}" y="60" font-size="14" font-weight="bold" text-anchor="middle" fill="#222">U</text>'
        "</svg>"
    )
