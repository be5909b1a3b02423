"""Released points as dots on a plain grid of coordinates: no map is needed, and none is pretended. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from engine.views import PublicCase

WIDTH, HEIGHT, EDGE = 640.0, 480.0, 48.0
LEAST_SPAN = 0.02
"""Degrees, about two kilometres: a single point is drawn in a neighbourhood, not at the end of the world."""
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
LINES = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """A case where it lies on the drawing."""

    case: PublicCase
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Dots, and the lines of longitude and latitude between them, each as (place on the drawing, degrees)."""

    dots: tuple[Dot, ...]
    upright: tuple[tuple[float, str], ...]
    level: tuple[tuple[float, str], ...]


def grid(cases: Iterable[PublicCase]) -> Grid | None:
    """The drawing, north up; None without a point."""
    found = [(case, *_degrees(case.point)) for case in cases if case.point]
    if not found:
        return None
    south, north = _span([latitude for _, latitude, _ in found])
    west, east = _span([longitude for _, _, longitude in found])

    def x(longitude: float) -> float:
        return round(EDGE + (longitude - west) / (east - west) * (WIDTH - 2 * EDGE), 1)

    def y(latitude: float) -> float:
        return round(HEIGHT - EDGE - (latitude - south) / (north - south) * (HEIGHT - 2 * EDGE), 1)

    return Grid(
        tuple(Dot(case, x(longitude), y(latitude)) for case, latitude, longitude in found),
        tuple((x(at), f"{at:.3f}") for at in _lines(west, east)),
        tuple((y(at), f"{at:.3f}") for at in _lines(south, north)),
    )


def _degrees(point: str) -> tuple[float, float]:
    latitude, longitude = point.split(",")
    return float(latitude), float(longitude)


def _span(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    spare = max((LEAST_SPAN - (high - low)) / 2, 0)
    return low - spare, high + spare


def _lines(low: float, high: float) -> list[float]:
    step = next((one for one in _STEPS if (high - low) / one <= LINES), _STEPS[-1])
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]
