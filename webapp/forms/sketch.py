"""Places as pages show them: a sketch without a map behind it, and the same in words. Pure; knows no case.

The looks are classes of static/fields.css, so that a sketch follows the reader's colours and prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, hypot, pi
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from engine import sketches
from webapp.forms.problems import Say

WIDTH, HEIGHT, MARGIN = 260, 200, 34
WINDS = ("timur", "timur laut", "utara", "barat laut", "barat", "barat daya", "selatan", "tenggara")
"""Directions counter-clockwise from the east, as angles are counted."""
_FAR_M = 200_000
"""Beyond it a point is a slip of the pen, and the plain sum of metres no longer holds."""

Dots = Sequence[tuple[float, float]]


def corner_lines(text: str) -> str:
    """An outline as its corners, `latitude, longitude` one a line; any other text as it is."""
    try:
        return "\n".join(_pair(*corner) for corner in sketches.corners(text))
    except ValueError:
        return text


def parcel(text: str, say: Say, language: str) -> Markup:
    """An outline as a figure: the sketch, its area, its corners. Any other text as it is."""
    try:
        corners = sketches.corners(text)
    except ValueError:
        return Markup('<code class="long">{}</code>').format(text)
    area = format_decimal(sketches.area_m2(text), "#,##0", locale=language)
    told = say("%(corners)s sudut, luas kira-kira %(area)s m²", corners=len(corners), area=area)
    listed = Markup().join(Markup("<li>{}</li>").format(_pair(*corner)) for corner in corners)
    more = Markup("<details><summary>{}</summary><ol>{}</ol></details>").format(say("Koordinat sudut"), listed)
    dots, scale = _fitted(sketches.metres(tuple((lon, lat) for lat, lon in corners)))
    shape = Markup('<polygon class="sketch-shape" points="{}"/>').format(" ".join(f"{x:.1f},{y:.1f}" for x, y in dots))
    return _figure(say("Sketsa bidang: %(told)s", told=told), shape, scale, Markup("{}{}").format(told, more), say)


def pin(text: str, centre: Any, say: Say, language: str) -> Markup:
    """A point as a figure: its coordinates, and where it lies from the city's `centre` (a `MapView`).

    Without a centre, far from it, or when the text is no point: the text alone.
    """
    lat, _, lon = text.partition(",")
    try:
        middle, point = sketches.metres(((centre.lon, centre.lat), (float(lon), float(lat))))
    except (AttributeError, ValueError):
        return Markup("{}").format(text)
    east, north = point[0] - middle[0], point[1] - middle[1]
    if hypot(east, north) > _FAR_M:
        return Markup("{}").format(text)
    km = format_decimal(hypot(east, north) / 1000, "0.0", locale=language)
    told = say("%(km)s km di %(wind)s pusat kota", km=km, wind=say(_wind(east, north)))
    ((mx, my), (px, py)), scale = _fitted((middle, point))
    drawn = Markup(
        '<path class="sketch-way" d="M{0:.1f},{1:.1f}L{2:.1f},{3:.1f}"/>'
        '<path class="sketch-middle" d="M{0:.1f},{1:.1f}m-7,0h14m-7,-7v14"/>'
        '<circle class="sketch-point" cx="{2:.1f}" cy="{3:.1f}" r="6"/>'
    ).format(mx, my, px, py)
    return _figure(told, drawn, scale, Markup("{}<br>{}").format(_pair(float(lat), float(lon)), told), say)


def _fitted(placed: Dots) -> tuple[list[tuple[float, float]], float]:
    """Metres as dots of the sketch, and the dots of one metre."""
    wide, tall = (max(max(axis), 1.0) for axis in zip(*placed, strict=True))
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall)
    dx, dy = (WIDTH - wide * scale) / 2, (HEIGHT - tall * scale) / 2
    return [(dx + x * scale, HEIGHT - dy - y * scale) for x, y in placed], scale


def _figure(label: str, drawn: Markup, scale: float, caption: Markup, say: Say) -> Markup:
    bar = sketches.round_length((WIDTH - 2 * MARGIN) / 3 / scale)
    end, words = 10 + bar * scale, f"{bar / 1000:g} km" if bar >= 1000 else f"{bar:g} m"
    frame = Markup(
        '<path class="sketch-bar" d="M10,{1}v5H{0:.1f}v-5"/><text x="{2:.1f}" y="{3}">{4}</text>'
        '<path class="sketch-north" d="M{5},10l6,18l-6,-4l-6,4Z"/><text x="{5}" y="41" text-anchor="middle">{6}</text>'
    ).format(end, HEIGHT - 12, end + 6, HEIGHT - 5, words, WIDTH - 16, say("U"))
    return Markup(
        '<figure class="sketch"><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
        "<figcaption>{}</figcaption></figure>"
    ).format(WIDTH, HEIGHT, label, drawn, frame, caption)


def _wind(east: float, north: float) -> str:
    return WINDS[round(atan2(north, east) / (pi / 4)) % len(WINDS)]


def _pair(lat: float, lon: float) -> str:
    return f"{lat:.6f}, {lon:.6f}"
