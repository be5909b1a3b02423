"""What a browser posts, as the engine takes it: flat answers and uploads, and the same nested for showing it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Request

from webapp.frame.security import OWN_FIELDS

OURS = OWN_FIELDS | {
    *("kembali", "lanjut", "saluran", "konsep", "draf", "serupa", "terima_pada", "terima_sebab"),
    *("kalimat", "ke_isian"),
}
"""Fields of the page itself, never answers: also where to go back to, the channel somebody came by, the draft seen,
and which ready sentence goes into which text."""
CHOSEN = "pilih:"
"""Begins the name of a field that says whose text is taken; no answer is named so."""
DEEPEST = 6
MOST_ROWS = 100


def answers(request: Request) -> dict[str, Any]:
    """Posted text by field name; a name posted several times gives a list."""
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in request.form.lists()
        if name not in OURS and not name.startswith(CHOSEN)
    }


def uploads(request: Request) -> dict[str, list[tuple[str, bytes]]]:
    """Posted files by field name as (name, content). A file field left empty is no upload."""
    return {
        name: kept
        for name, files in request.files.lists()
        if (kept := [(one.filename, one.read()) for one in files if one.filename])
    }


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Flat names as the objects and rows they stand for: `putusan.ktp.hasil` lies in {"putusan": {"ktp": …}}.

    Only for showing a form again; deeper names than any form has are dropped, as are row numbers beyond a hundred.
    """
    tree: dict[str, Any] = {}
    for name, value in flat.items():
        steps = name.split(".")
        if len(steps) <= DEEPEST:
            _put(tree, steps, value)
    return {name: _rows(value) for name, value in tree.items()}


def seen(request: Request) -> int:
    """The version of the draft that stood on the page which was posted; 0: none."""
    found = request.form.get("konsep", "")
    return int(found) if found.isdecimal() and len(found) < 9 else 0


def flat(values: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """What `nested` undoes: answers by the names under which a form posts them. A tick is `true`."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        at = f"{path}{name}"
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            value = {str(index): one for index, one in enumerate(value)}
        if isinstance(value, Mapping):
            found |= flat(value, f"{at}.")
        elif isinstance(value, list):
            found[at] = [_text(one) for one in value]
        elif value is not None:
            found[at] = _text(value)
    return found


def pairs(flat: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Name and value of each field that posts this again; a name with several values stands several times."""
    return [(name, one) for name, value in flat.items() for one in (value if isinstance(value, list) else [value])]


def day_of(text: str) -> date | None:
    """A day as it was typed, `2026-11-26`; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _put(tree: dict[str, Any], steps: list[str], value: Any) -> None:
    *way, last = steps
    for step in way:
        below = tree.setdefault(step, {})
        if not isinstance(below, dict):
            return
        tree = below
    if not isinstance(tree.get(last), dict):
        tree[last] = value


def _rows(value: Any) -> Any:
    """An object whose names are all numbers is a list of rows."""
    if not isinstance(value, dict):
        return value
    if value and all(name.isdecimal() and len(name) < 4 for name in value):
        return [_rows(value[name]) for name in sorted(value, key=int)[:MOST_ROWS]]
    return {name: _rows(below) for name, below in value.items()}


def typed_texts(flat: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a person wrote in words, by field, so that it can be shown for copying when a form can no longer be sent."""
    return [(name, text) for name, text in pairs(flat) if isinstance(text, str) and text.strip()]


def local_path(wanted: str | None, otherwise: str) -> str:
    """An address within this site, or `otherwise`: nobody is sent to a stranger's page by a prepared link."""
    text = (wanted or "").strip()
    if not text.startswith("/") or text.startswith("//") or "\\" in text or any(ord(letter) < 32 for letter in text):
        return otherwise
    parts = urlsplit(text)
    return otherwise if parts.scheme or parts.netloc else text
