"""Putting the city's reasons into a form that offers them: from `x-reasons` to choices with words in both languages.

Only the names become answers. What the applicant reads is looked up when it is shown, in their language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import Json
from engine.reasons import ANSWERS, PAPERS, Reason, offered

OFFERS = "x-reasons"


def with_reasons(schema: Json, reasons: Mapping[str, Reason]) -> dict[str, Any]:
    """A schema whose fields offer what their `x-reasons` asks for; the rest of it is the same."""
    parts = {name: _part(part, reasons) for name, part in schema.get("properties", {}).items()}
    return {**schema, "properties": parts}


def _part(part: Any, reasons: Mapping[str, Reason]) -> Any:
    if not isinstance(part, Mapping):
        return part
    if isinstance(items := part.get("items"), Mapping) and "properties" in items:
        return {**part, "items": with_reasons(items, reasons)}
    if OFFERS not in part:
        return part
    choices = [_choice(one) for one in offered(part[OFFERS], reasons)]
    return {**part, OFFERS: choices} if "x-verdicts-of" in part else {**part, "oneOf": choices}


def _choice(one: Reason) -> dict[str, Any]:
    titles = {"title": one.titles.get("id", one.id), "x-titles": one.titles}
    return {"const": one.id, **titles, "x-sentences": one.sentences, "x-of": one.of}


def choices_for(offers: Any, part: Json) -> list[Json]:
    """Of the reasons that a table of verdicts offers, those that can be said of one answer."""
    paper = "document" in (part.get("format"), part.get("items", {}).get("format"))
    return [one for one in _known(offers) if one["x-of"] in ("", PAPERS if paper else ANSWERS)]


def because(row: Mapping[str, Any], choices: Any) -> dict[str, str]:
    """Why something is asked for again: the chosen reason's sentence by language, and `own`, the writer's words.

    Where nothing is offered the reason itself is the writer's.
    """
    given = str(row.get("alasan") or "")
    chosen = next((one for one in _known(choices) if one["const"] == given), None)
    if chosen is None:
        return {"own": _joined(given, row.get("keterangan"))}
    if "x-sentences" not in chosen:
        return {"own": _joined(chosen["title"], row.get("keterangan"))}
    return {**chosen["x-sentences"], "own": str(row.get("keterangan") or "")}


def _known(choices: Any) -> list[Json]:
    """The choices of a form as `with_reasons` left it; none where nobody put them in."""
    return [one for one in choices if isinstance(one, Mapping)] if isinstance(choices, list) else []


def _joined(*parts: Any) -> str:
    said = [str(part) for part in parts if part]
    return said[0] if len(said) == 1 else ". ".join(part.rstrip(".") for part in said)
