"""Points as people type or copy them: latitude first, in degrees. Knows no form and no case."""

from __future__ import annotations

import re

DIGITS = 7
"""Decimals kept: about a centimetre."""
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?")


def read_point(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) of `-6.98321, 110.40912`, also with a space or `;` between and with decimal commas.

    None for anything else. Whether the place can be meant is not asked here.
    """
    parts = [one.rstrip(",").replace(",", ".") for one in re.split(r"[;\s]+", text.strip()) if one != ","]
    if len(parts) != 2:
        parts = [one.strip() for one in text.split(",")]
    if len(parts) != 2 or not all(_DEGREES.fullmatch(one) for one in parts):
        return None
    return float(parts[0]), float(parts[1])


def point_text(lat: float, lon: float) -> str:
    """A point as we keep it: `-6.98321,110.40912`."""
    return ",".join(f"{one:.{DIGITS}f}".rstrip("0").rstrip(".") for one in (lat, lon))
