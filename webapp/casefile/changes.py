"""What a later answer changed: the value before beside the one after, as this reader may see both. Pure.

Derived from the rounds of answers, of which every one is kept; the audit knows hashes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.views import AnsweredForm


@dataclass(frozen=True, slots=True)
class Change:
    """Questions whose answer one form changed, by title, and that form with what stood there before."""

    titles: tuple[str, ...]
    before: AnsweredForm


def changes(answered: Iterable[AnsweredForm]) -> dict[tuple[str, datetime], Change]:
    """By element and instant, for the forms that changed something. `answered` is oldest first.

    A correction changes the form it corrects; any other form what it said in its last round.
    """
    found: dict[tuple[str, datetime], Change] = {}
    data: dict[str, dict[str, Any]] = {}
    for one in answered:
        of = str(one.ui.get("x-corrects") or one.element)
        stood = data.get(of, {})
        before = {name: stood[name] for name, said in one.answers.items() if name in stood and stood[name] != said}
        if before:
            titles = tuple(_title(one.schema, name) for name in before)
            found[one.element, one.at] = Change(titles, replace(one, answers=before))
        data[of] = {**stood, **one.answers} if of != one.element else dict(one.answers)
        data[one.element] = dict(one.answers)
    return found


def _title(schema: Mapping[str, Any], name: str) -> str:
    return str(schema.get("properties", {}).get(name, {}).get("title", name))
