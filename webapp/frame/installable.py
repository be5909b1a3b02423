"""Pages that a phone keeps and puts among its programs: their worker and their manifest. Knows no page."""

from __future__ import annotations

from flask import Response, current_app, jsonify, url_for

from webapp.frame.access import janji
from webapp.frame.words import DEFAULT


def worker(path: str) -> Response:
    """The script that opens pages without a connection, asked for anew each time."""
    answer = current_app.send_static_file(path)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def manifest(name: str, short_name: str, start: str, scope: str) -> Response:
    """Lets a phone put the pages below `scope` among its programs; `start` is the one that it opens."""
    city = janji().city
    told = {
        "name": f"{name} {city.name}",
        "short_name": short_name,
        "start_url": start,
        "scope": scope,
        "display": "standalone",
        "lang": DEFAULT,
        "theme_color": city.accent,
        "background_color": "#f7f5f0",
        "icons": [{"src": url_for("static", filename="janji.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    answer = jsonify(told)
    answer.mimetype = "application/manifest+json"
    return answer
