"""Where a map of the city opens, as city.toml says it. Draws nothing and knows no tiles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .files import Section

LEAST_ZOOM, MOST_ZOOM = 3, 19
_PAIR = re.compile(r"([+-]?\d{1,2}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class MapView:
    """The middle of a map in degrees (WGS 84) and its zoom: 12 shows a city, 17 a street."""

    lat: float
    lon: float
    zoom: int


INDONESIA = MapView(-2.5, 118.0, 5)
"""Where a map opens for a city that names no centre."""


def read_map(section: Section) -> MapView:
    """The table `[map]`: `centre = "-6.99, 110.42"`, latitude first, and `zoom`. Without the table: INDONESIA."""
    centre = section.text_or_nothing("centre")
    zoom = section.whole_or("zoom", INDONESIA.zoom)
    section.done()
    if not LEAST_ZOOM <= zoom <= MOST_ZOOM:
        section.wrong("zoom", "range", f"must be from {LEAST_ZOOM} to {MOST_ZOOM}, not {zoom}; 13 shows a city")
    if not centre:
        return INDONESIA
    found = _PAIR.fullmatch(centre)
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        section.wrong("centre", "point", f'must read latitude, longitude like "-6.99, 110.42", not {centre!r}')
        return INDONESIA
    return MapView(float(found[1]), float(found[2]), zoom)
