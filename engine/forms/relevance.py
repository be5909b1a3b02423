"""Which questions of a form matter under what was answered so far: `ui:showWhen` and the schema's conditions. Pure.

Only a form in steps (`"ui:steps": true`) leaves questions out: its pages know what other pages said. Elsewhere
`ui:showWhen` is a sentence beside the question, and every question stands on the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry

from engine.model import Json
from engine.views import Relevance

_NO_REFERENCES: Registry[Any] = Registry()


def relevance(schema: Json, ui: Json, answers: Json) -> Relevance:
    """How each question of a form stands. What the schema asks for all the same is never idle."""
    if not ui.get("ui:steps"):
        return Relevance(needed=required_now(schema, answers))
    names = [name for name in schema.get("properties", {}) if _conditions(ui, name)]
    applies = {name: _applies(ui, answers, name, frozenset()) for name in names}
    never = {name for name, held in applies.items() if held is False}
    needed = required_now(schema, {name: value for name, value in answers.items() if name not in never})
    idle = frozenset(never - needed)
    return Relevance(
        needed=needed,
        idle=idle,
        hidden=frozenset(name for name in idle if not _turned_on_its_page(ui, idle, name, frozenset())),
        open=frozenset(name for name, held in applies.items() if held is None),
    )


def required_now(schema: Json, answers: Json) -> frozenset[str]:
    """Names that the schema asks for under these answers, on its first level."""
    return frozenset(_required(schema, answers))


def _required(rule: Json, answers: Json) -> Iterator[str]:
    yield from rule.get("required", ())
    if "if" in rule:
        holds = Draft202012Validator(rule["if"], registry=_NO_REFERENCES).is_valid(dict(answers))
        yield from _required(rule.get("then" if holds else "else", {}), answers)
    for part in rule.get("allOf", ()):
        yield from _required(part, answers)


def _applies(ui: Json, answers: Json, name: str, asking: frozenset[str]) -> bool | None:
    """Whether a question applies; None while that hangs on one nobody answered. A circle of conditions holds."""
    if name in asking:
        return True
    held = [_holds(ui, answers, other, wanted, asking | {name}) for other, wanted in _conditions(ui, name).items()]
    return False if False in held else None if None in held else True


def _holds(ui: Json, answers: Json, other: str, wanted: Any, asking: frozenset[str]) -> bool | None:
    applies = _applies(ui, answers, other, asking)
    if applies is False:
        return False
    if other not in answers:
        return None
    return applies and answers[other] in (wanted if isinstance(wanted, list) else [wanted])


def _turned_on_its_page(ui: Json, idle: Collection[str], name: str, asking: frozenset[str]) -> bool:
    """Whether an answer on the same page may still make the question apply: then it stays there with its sentence."""
    here = next((group["fields"] for group in ui.get("ui:groups", ()) if name in group.get("fields", ())), ())
    return any(
        other not in idle or _turned_on_its_page(ui, idle, other, asking | {name})
        for other in _conditions(ui, name)
        if other in here and other not in asking
    )


def _conditions(ui: Json, name: str) -> Mapping[str, Any]:
    said = (ui.get(name) or {}).get("ui:showWhen")
    return said if isinstance(said, Mapping) else {}
