"""Outlines of parcels: reading corners or a GeoJSON polygon that a person gave, and refusing what is no outline.

Coordinates are (longitude, latitude) in degrees, WGS 84, as RFC 7946 has them. Knows no form and no case.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from typing import Any, TypeAlias

from .points import DIGITS, read_point

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

LONGEST = 50_000
"""Characters of text that are read at all."""
MOST_POINTS = 200
WIDEST_DEG = 0.5
"""About 55 km: an outline larger than a city is a mistake, often a swapped pair of numbers."""
WEST, EAST, SOUTH, NORTH = 94.0, 142.0, -11.5, 6.5
"""Indonesia with its waters."""


class NoOutline(ValueError):
    """The text is no outline of a parcel. The message says why, for tests and logs; it repeats nothing typed."""


def read_polygon(text: str) -> Ring:
    """The outer ring of a Polygon, of a Feature, or of a collection of one feature; first point repeated at the end.

    Raises NoOutline for anything else: other shapes, holes, open or crossing rings, no area, more than 200 points,
    places outside Indonesia.
    """
    if len(text) > LONGEST:
        raise NoOutline("too long")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NoOutline("not JSON") from None
    return _outline(_coordinates(found))


def read_outline(text: str) -> Ring:
    """The ring of a GeoJSON polygon, or of its corners: latitude, longitude, one corner a line, closed or not.

    Raises NoOutline as `read_polygon` does.
    """
    if text.lstrip().startswith("{"):
        return read_polygon(text)
    if len(text) > LONGEST:
        raise NoOutline("too long")
    corners = [read_point(line) for line in text.splitlines() if line.strip()]
    return _outline([None if one is None else [one[1], one[0]] for one in [*corners, *_closing(corners)]])


def polygon_text(ring: Ring) -> str:
    """A ring as the GeoJSON we keep: always a bare Polygon, without what else was in the file."""
    points = [[round(x, DIGITS), round(y, DIGITS)] for x, y in ring]
    return json.dumps({"type": "Polygon", "coordinates": [points]}, separators=(",", ":"))


def plausible(lon: float, lat: float) -> bool:
    """Whether a point lies in Indonesia. False for a swapped pair."""
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _coordinates(found: Any) -> Any:
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        found = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict) or found.get("type") != "Polygon":
        raise NoOutline("not one polygon")
    rings = found.get("coordinates")
    if not isinstance(rings, list) or len(rings) != 1:
        raise NoOutline("not one ring")
    return rings[0]


def _closing(corners: Sequence[Any]) -> Sequence[Any]:
    """The first corner again, where people have not written it down a second time."""
    return corners[:1] if corners and corners[0] != corners[-1] else ()


def _outline(given: Any) -> Ring:
    ring = _ring(given)
    _require_plausible(ring)
    _require_simple(ring)
    return ring


def _ring(given: Any) -> Ring:
    if not isinstance(given, list) or not 4 <= len(given) <= MOST_POINTS:
        raise NoOutline("fewer than 4 or more than 200 points")
    ring = tuple(_point(one) for one in given)
    if ring[0] != ring[-1]:
        raise NoOutline("not closed")
    return ring


def _point(given: Any) -> Point:
    if not isinstance(given, list) or not 2 <= len(given) <= 3:
        raise NoOutline("a point is not two numbers")
    if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in given):
        raise NoOutline("a point is not two numbers")
    try:
        lon, lat = float(given[0]), float(given[1])
    except OverflowError:
        raise NoOutline("a number without end") from None
    if not (isfinite(lon) and isfinite(lat)):
        raise NoOutline("a number without end")
    return lon, lat


def _require_plausible(ring: Ring) -> None:
    if not all(plausible(*point) for point in ring):
        raise NoOutline("outside Indonesia")
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if max(xs) - min(xs) > WIDEST_DEG or max(ys) - min(ys) > WIDEST_DEG:
        raise NoOutline("larger than a city")


def _require_simple(ring: Ring) -> None:
    """No side may touch another but its neighbours, and there must be something inside."""
    if len(set(ring)) != len(ring) - 1:
        raise NoOutline("a point twice")
    sides = list(pairwise(ring))
    last = len(sides) - 1
    for i, one in enumerate(sides):
        for j in range(i + 2, len(sides)):
            if (i, j) != (0, last) and _touch(*one, *sides[j]):
                raise NoOutline("sides cross")
    if abs(_double_area(ring)) < 1e-14:
        raise NoOutline("no area")


def _touch(a: Point, b: Point, c: Point, d: Point) -> bool:
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    on = ((c, a, b, turns[0]), (d, a, b, turns[1]), (a, c, d, turns[2]), (b, c, d, turns[3]))
    return any(turn == 0 and _between(point, start, end) for point, start, end, turn in on)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(point: Point, start: Point, end: Point) -> bool:
    return all(min(s, e) <= p <= max(s, e) for p, s, e in zip(point, start, end, strict=True))


def _double_area(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
