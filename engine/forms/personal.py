"""Which answers of a form tell who somebody is, and how a number of a person is shown to others. Pure.

Identity numbers are known by their format, everything else by the mark `ui:identity`. A plot of land (`nop`) and a
business (`nib`) are no person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import ERASED, UNREADABLE, Json

NUMBERS = frozenset({"nik", "npwp"})
VISIBLE = 4
"""Digits left open at each end: enough to compare with a card, too few to use."""


def identity(ui: Json) -> frozenset[str]:
    """The answers that the form marks as telling who somebody is."""
    return frozenset(name for name, said in ui.items() if isinstance(said, Mapping) and said.get("ui:identity"))


def personal(schema: Json, ui: Json) -> frozenset[str]:
    """The answers that are stored sealed: what is marked, and what holds an identity number at any depth."""
    numbered = (name for name, part in schema.get("properties", {}).items() if _has_number(part))
    return identity(ui) | frozenset(numbered)


def masked(schema: Json, answers: Json) -> dict[str, Any]:
    """Answers with each identity number as `3374••••••••0001`, at any depth."""
    parts = schema.get("properties", {})
    return {name: _masked(value, parts.get(name, {})) for name, value in answers.items()}


def mask(number: str) -> str:
    """`3374010101900001` as `3374••••••••0001`; anything shorter than both ends together is hidden whole."""
    hidden = len(number) - 2 * VISIBLE
    return number[:VISIBLE] + "•" * hidden + number[-VISIBLE:] if hidden > 0 else "•" * len(number)


def _has_number(part: Json) -> bool:
    inside = (*part.get("properties", {}).values(), *filter(None, (part.get("items"),)))
    return part.get("format") in NUMBERS or any(_has_number(one) for one in inside)


def _masked(value: Any, part: Json) -> Any:
    if part.get("format") in NUMBERS and isinstance(value, str):
        return value if value in (ERASED, UNREADABLE) else mask(value)
    if isinstance(value, Mapping):
        return masked(part, value)
    if isinstance(value, list):
        return [_masked(one, part.get("items", {})) for one in value]
    return value
