"""Checklists: items that must be ticked before a task may be finished in a certain way, or waived with a reason. Pure.

An item is answered with `{"tanda": true}`, or with `{"alasan": "…"}`: it cannot be met, and this is why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.model import Json

LONGEST_REASON = 500


def checklist_schema(spec: Json) -> dict[str, Any]:
    """The schema of a field with `x-checklist`: a tick and a reason for each. `open_items` says if they suffice."""
    items = spec["x-checklist"]["items"]
    return {**spec, "properties": {one["id"]: _item(one["title"]) for one in items}, "additionalProperties": False}


def open_items(schema: Json, answers: Json) -> Iterator[tuple[str, str]]:
    """Field and item of everything on a checklist that is neither ticked nor waived, where the answers ask for it."""
    for name, part in _checklists(schema):
        if _asked(part["x-checklist"].get("before", {}), answers):
            given = answers.get(name)
            yield from ((name, one["id"]) for one in part["x-checklist"]["items"] if not _met(given, one["id"]))


def waived(schema: Json, answers: Json) -> tuple[str, ...]:
    """Titles of the items that were not ticked but waived with a reason."""
    return tuple(
        one["title"]
        for name, part in _checklists(schema)
        for one in part["x-checklist"]["items"]
        if not _ticked(answers.get(name), one["id"]) and _met(answers.get(name), one["id"])
    )


def _checklists(schema: Json) -> Iterator[tuple[str, Json]]:
    return ((name, part) for name, part in schema.get("properties", {}).items() if "x-checklist" in part)


def _asked(before: Mapping[str, Any], answers: Json) -> bool:
    return all(answers.get(name) in wanted for name, wanted in before.items())


def _met(given: Any, item: str) -> bool:
    return _ticked(given, item) or bool(_of(given, item).get("alasan"))


def _ticked(given: Any, item: str) -> bool:
    return _of(given, item).get("tanda") is True


def _of(given: Any, item: str) -> Mapping[str, Any]:
    found = given.get(item) if isinstance(given, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _item(title: str) -> dict[str, Any]:
    return {
        "type": "object",
        "title": title,
        "properties": {
            "tanda": {"type": "boolean", "title": title},
            "alasan": {"type": "string", "title": title, "maxLength": LONGEST_REASON},
        },
        "additionalProperties": False,
    }
