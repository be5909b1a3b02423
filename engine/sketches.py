"""A parcel drawn from its outline: an SVG with a scale and north for letters, and its measures for pages. Pure.

It is a sketch: metres are worked out at the parcel's own latitude, good to about a thousandth over a parcel.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from math import cos, floor, log10, radians

from .forms.geojson import NoOutline, Point, Ring, read_outline, read_polygon
from .model import Json

WIDTH, HEIGHT, MARGIN = 400, 300, 44
NORTH_M = 110_574.0
"""Metres of a degree of latitude near the equator."""
EAST_M = 111_320.0
"""Metres of a degree of longitude at the equator."""


def parcel_svg(geojson: str) -> str:
    """The outline with a scale bar in round metres and an arrow to the north. Raises NoOutline for any other text."""
    ring = read_polygon(geojson)
    placed = metres(ring)
    wide, tall = (max(max(axis), 0.5) for axis in zip(*placed, strict=True))
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
    dx, dy = (WIDTH - wide * scale) / 2, (HEIGHT - tall * scale) / 2
    corners = [(dx + x * scale, HEIGHT - dy - y * scale) for x, y in placed]
    return _drawn(corners, scale)


def sketches_in(data: Json, path: str = "") -> dict[str, str]:
    """Every outline in the data of a case as its drawing, by dotted path (`pendaftaran.batas_persil`)."""
    drawn: dict[str, str] = {}
    for name, value in data.items():
        at = f"{path}.{name}" if path else str(name)
        if isinstance(value, Mapping):
            drawn |= sketches_in(value, at)
        elif isinstance(value, str) and value.startswith("{"):
            with suppress(NoOutline):
                drawn[at] = parcel_svg(value)
    return drawn


def area_m2(outline: str) -> float:
    """The area inside the outline in square metres. Raises NoOutline."""
    placed = metres(read_outline(outline))
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(placed))) / 2


def corners(outline: str) -> tuple[Point, ...]:
    """The corners as people say them: (latitude, longitude), each once. Raises NoOutline."""
    return tuple((lat, lon) for lon, lat in read_outline(outline)[:-1])


def metres(ring: Ring) -> list[Point]:
    """Metres east and north of the outline's south-western corner."""
    west, south = min(x for x, _ in ring), min(y for _, y in ring)
    middle = (south + max(y for _, y in ring)) / 2
    east_m = EAST_M * cos(radians(middle))
    return [((x - west) * east_m, (y - south) * NORTH_M) for x, y in ring]


def round_length(longest: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not longer than `longest`, all in metres."""
    power = 10.0 ** floor(log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest)


def _drawn(corners: list[Point], scale: float) -> str:
    bar = round_length((WIDTH - 2 * MARGIN) / 3 / scale)
    end = MARGIN + bar * scale
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners[:-1])
    base, north = HEIGHT - 14, WIDTH - 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>Sketsa bidang tanah, skala batang {bar:g} m</title>"
        f'<polygon points="{points}" fill="#0b5c6b" fill-opacity="0.14" stroke="#0b5c6b" stroke-width="2"'
        f' stroke-linejoin="round"/>'
        f'<path d="M{MARGIN},{base - 5}V{base}H{end:.1f}V{base - 5}" fill="none" stroke="#222" stroke-width="1.5"/>'
        f'<text x="{end + 6:.1f}" y="{base + 1}" font-size="13" fill="#222">{bar:g} m</text>'
        f'<path d="M{north},14L{north + 7},34L{north},29L{north - 7},34Z" fill="#222"/>'
        f'<text x="{north}" y="50" font-size="13" text-anchor="middle" fill="#222">U</text>'
        "</svg>"
    )
