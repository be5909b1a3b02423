"""What makes a case like another: worked out from its answers once, when it begins. Pure; knows no store."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from engine.forms import value_at
from engine.model import Likeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model import Similar

_DEGREE_M = 111_320
"""Metres of one degree of latitude."""
_PLACES = 4
"""Decimals of a degree that are kept: some eleven metres, enough to compare and less than was given."""


def likeness_of(rule: Similar, data: Mapping[str, Any]) -> Likeness | None:
    """What a case is compared by; None when the answers that must agree are not all there."""
    same = [value_at(data, path) for path in rule.same]
    if not all(same):
        return None
    latitude, longitude = _point(value_at(data, rule.point) if rule.point else None)
    return Likeness("\n".join(map(str, same)), str(value_at(data, rule.area) or ""), latitude, longitude)


def box(around: Likeness, metres: int) -> tuple[float, float]:
    """Half the height and half the width, in degrees, of a square that holds everything so near."""
    height = metres / _DEGREE_M
    return height, height / max(math.cos(math.radians(around.latitude or 0)), 0.01)


def metres_between(one: Likeness, other: Likeness) -> float | None:
    """How far two points lie apart, by a plane that is true enough within a city; None without both."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    across = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, across) * _DEGREE_M


def _point(text: Any) -> tuple[float | None, float | None]:
    try:
        latitude, longitude = (round(float(part), _PLACES) for part in str(text).split(","))
    except ValueError:
        return None, None
    return latitude, longitude
