"""How the city looks: its accent colour in both schemes, and addresses of static files that may be cached for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for

_STATIC = Path(__file__).parent / "static"
_BRIGHT = 0.55
"""How far the accent moves towards white to be read as text on a dark ground."""
FALLBACK = "#0b5c6b"


def register(app: Flask, city: Any) -> None:
    """Give templates `city`, `accent_css`, `asset` and `has`."""
    marks = {path.name: _mark(path) for path in _STATIC.iterdir() if path.is_file()}
    css = accent_css(city.accent or FALLBACK)

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=marks.get(name, ""))

    app.context_processor(lambda: {"city": city, "accent_css": css, "asset": asset, "has": _has})


def accent_css(accent: str) -> str:
    """`#0b5c6b` → the two custom properties that the stylesheet builds on."""
    return f":root{{--accent:{accent};--accent-bright:{towards_white(accent, _BRIGHT)}}}"


def towards_white(colour: str, share: float) -> str:
    """A colour `#rrggbb` mixed with white; share 0 leaves it, 1 makes it white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def _mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _has(endpoint: str) -> bool:
    """Whether a page exists, so that a link to it may be shown."""
    return endpoint in current_app.view_functions
