"""How the city looks: its accent colour in both schemes, and addresses of static files that may be cached for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, url_for

from webapp.frame.access import access

_STATIC = Path(__file__).parents[1] / "static"
_BRIGHT = 0.55
"""How far the accent moves towards white to be read as text on a dark ground."""
_FOR_EVER = "public, max-age=31536000, immutable"
FALLBACK = "#0b5c6b"


def register(app: Flask, city: Any, settings: Any) -> None:
    """Give templates `city`, `accent_css`, `asset`, `icon`, `map_of_city` and `has`; serve folders of static files."""
    marks = _marks()
    css = accent_css(city.accent or FALLBACK)

    def asset(name: str) -> str:
        folder = name.rpartition("/")[0]
        if folder:
            return url_for("neighbours", mark=marks.get(folder, "x"), filename=name)
        return url_for("static", filename=name, v=marks.get(name, ""))

    @app.get("/static/v/<mark>/<path:filename>")
    @access("public")
    def neighbours(mark: str, filename: str) -> Response:
        """A file of a folder whose mark stands before its name: so modules find each other by relative addresses."""
        answer = app.send_static_file(filename)
        # Two versions may serve side by side for a while: what is not of this mark must not be kept under it.
        answer.headers["Cache-Control"] = _FOR_EVER if mark == marks.get(filename.rpartition("/")[0]) else "no-store"
        return answer

    shown = {"city": city, "accent_css": css, "asset": asset, "map_of_city": _map(city, settings), "has": _has}
    app.context_processor(lambda: shown)
    # A page shows some thirty of the same few pictures: each is drawn once, and no template has to import them.
    app.jinja_env.globals["icon"] = cache(app.jinja_env.get_template("icons.html").module.icon)  # type: ignore[attr-defined]


def accent_css(accent: str) -> str:
    """`#0b5c6b` → the two custom properties that the stylesheet builds on."""
    return f":root{{--accent:{accent};--accent-bright:{towards_white(accent, _BRIGHT)}}}"


def towards_white(colour: str, share: float) -> str:
    """A colour `#rrggbb` mixed with white; share 0 leaves it, 1 makes it white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def _map(city: Any, settings: Any) -> Mapping[str, str]:
    """What the scripts need to know of maps, as data attributes of their element."""
    return {
        "data-centre": f"{city.map.lat},{city.map.lon}",
        "data-zoom": str(city.map.zoom),
        "data-zone": str(city.zone),
        "data-tiles": settings.tile_url,
        "data-credit": settings.tile_attribution,
    }


def _marks() -> dict[str, str]:
    """The mark of each file at the top by its name, and of each folder below by its path."""
    marks = {path.name: _mark([path]) for path in _STATIC.iterdir() if path.is_file()}
    for folder in (path for path in _STATIC.rglob("*") if path.is_dir()):
        files = sorted(path for path in folder.iterdir() if path.is_file())
        marks[folder.relative_to(_STATIC).as_posix()] = _mark(files)
    return marks


def _mark(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _has(endpoint: str) -> bool:
    """Whether a page exists, so that a link to it may be shown."""
    return endpoint in current_app.view_functions
