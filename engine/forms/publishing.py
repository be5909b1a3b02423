"""What a form releases to everybody, by its fields marked `ui:published`, and what it proposes to release. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.model import Json

from . import masking
from .verdicts import value_at

SUMMARY, POINT = "summary", "point"
MARKS = (SUMMARY, POINT)
"""Marks of the form that releases."""
ANSWER = "answer"
"""Mark of the office's own words, in any form: who reads of the matter reads them too."""


def marked(ui: Json, mark: str) -> str:
    """The name of the field with that mark, empty when there is none."""
    return next((name for name, one in ui.items() if isinstance(one, Mapping) and one.get("ui:published") == mark), "")


def released(ui: Json, answers: Json) -> tuple[str, str]:
    """Summary and point that accepted answers release; empty for what they do not."""
    summary, point = (answers.get(marked(ui, mark)) for mark in (SUMMARY, POINT))
    return str(summary or ""), str(point or "")


def proposals(form_id: str, ui: Json, proposed: Json, data: Json, known: Iterable[str]) -> dict[str, Any]:
    """What a form proposes, with all that would become public covered.

    What was released in an earlier round stands as it was left then: nobody must cover the same thing twice.
    """
    values, earlier = dict(proposed), data.get(form_id)
    for mark in MARKS:
        name = marked(ui, mark)
        if not name:
            continue
        if isinstance(earlier, Mapping):
            value = value_at(data, f"{form_id}.{name}")
        else:
            value = _covered(mark, values.get(name), known)
        values.pop(name, None)
        if value:
            values[name] = value
    return values


def _covered(mark: str, value: Any, known: Iterable[str]) -> Any:
    if not isinstance(value, str):
        return None
    return masking.coarse(value) if mark == POINT else masking.blacked(value, masking.spans(value, known))
