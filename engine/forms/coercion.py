"""From what came in to what a schema speaks of: trimmed text, numbers, ticks, lists, rows. Judges nothing.

What comes in is either a posted form (flat names such as `putusan.ktp.hasil` and `tetangga.0.nama`, text or lists of
text) or JSON that is typed already. Only what the schema asks for is read. A value that cannot be understood stays as
it was typed, so that validation can name it and the page can show it again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any, Final

from engine.model import Json

from . import formats
from .verdicts import spread

LARGEST: Final = 256_000
"""Characters of a whole form."""
DEEPEST: Final = 6
MOST_ITEMS: Final = 500
LONG_TEXT: Final = 200
"""Text that may be longer keeps its lines; the renderer gives it a text area for the same reason."""
_MOST_DIGITS = 30
_LARGEST_NUMBER = 10**15
"""Beyond it a JSON number is no longer exact everywhere."""

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA = re.compile(r"[+-]?\d+(,\d+)?")
_POINT = re.compile(r"[+-]?\d+(\.\d+)?")
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+\.\d+")
_YES, _NO = frozenset({"on", "true", "1", "ya", "yes"}), frozenset({"off", "false", "0", "tidak", "no"})
_BLANKS = re.compile(r"[^\S\n]+")


class Misfit:
    """Stands where a value has a shape that no text or tick can have; no schema type is satisfied by it."""


MISFIT: Final = Misfit()


def read(schema: Json, ui: Json, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in `raw` to what `schema` asks, without empty ones. Reading its own result changes nothing."""
    return _object(schema, ui, _tree(raw))


def settled(schema: Json, answers: Json) -> dict[str, Any]:
    """The same answers with every text in the one spelling its format is kept in."""
    parts = schema.get("properties", {})
    return {name: _settle(parts.get(name, {}), value) for name, value in answers.items()}


def without_misfits(value: Any) -> Any:
    """The same answers without what had no usable shape, for storing a draft and showing it again."""
    if isinstance(value, dict):
        return {name: without_misfits(one) for name, one in value.items() if one is not MISFIT}
    if isinstance(value, list):
        return [without_misfits(one) for one in value if one is not MISFIT]
    return value


def too_large(raw: Mapping[str, Any]) -> bool:
    """Whether there is more text than any form asks for. Counts without recursion: the input may be hostile."""
    total = 0
    for text in _texts(raw):
        total += len(text) + 1
        if total > LARGEST:
            return True
    return False


def shortened(schema: Json, answers: Json) -> dict[str, Any]:
    """Answers with every text cut a little after its limit: what of an enormous post is worth showing again."""
    parts = schema.get("properties", {})
    return {name: _shorten(parts.get(name, {}), value) for name, value in answers.items()}


def clean(text: str) -> str:
    """Text in composed Unicode without characters that control screens, files or the direction of writing."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(one for one in composed if one in "\n\t" or unicodedata.category(one) not in _UNWANTED).strip()


_UNWANTED = frozenset({"Cc", "Cs", "Cf", "Co", "Cn"})


def number(text: str) -> int | float | None:
    """A number as Indonesians (`1.250,5`) or machines (`1250.5`) write it, None when it is neither.

    A point before exactly three digits groups thousands, so `1.250` is one thousand two hundred and fifty.
    """
    bare = text.replace("\N{MINUS SIGN}", "-").removeprefix("Rp").replace(" ", "")
    if len(bare) > _MOST_DIGITS or not bare.isascii():
        return None
    if _GROUPED.fullmatch(bare) or _COMMA.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(bare):
        bare = bare.replace(",", "")
    elif not _POINT.fullmatch(bare):
        return None
    return _exact(float(bare) if "." in bare else int(bare))


# ── shape ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tree(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Flat names as the objects they stand for; deeper names than any form has are dropped."""
    tree: dict[str, Any] = {}
    for name, value in raw.items():
        steps = name.split(".") if isinstance(name, str) else []
        if 0 < len(steps) <= DEEPEST:
            _put(tree, steps, value)
    return tree


def _put(tree: dict[str, Any], steps: list[str], value: Any) -> None:
    *way, last = steps
    for step in way:
        below = tree.get(step)
        if not isinstance(below, dict):
            below = tree[step] = dict(below) if isinstance(below, Mapping) else {}
        tree = below
    if not isinstance(tree.get(last), dict):
        tree[last] = value


def _object(spec: Json, ui: Json, given: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        name: _value(part, ui.get(name) or {}, given.get(name)) for name, part in spec.get("properties", {}).items()
    }
    return {name: value for name, value in found.items() if not _empty(value)}


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list)) and not value)


def _value(spec: Json, ui: Json, given: Any) -> Any:
    kind = spec.get("type")
    if kind == "object":
        return _part(spec, ui, given)
    if kind == "array":
        return _list(spec, ui, given)
    if isinstance(given, (list, tuple)):
        given = next((one for one in reversed(given) if one not in (None, "")), None)
    if kind == "boolean":
        return _tick(spec, ui, given)
    if given is None or isinstance(given, (Mapping, list, tuple)):
        return None if given is None else MISFIT
    return _number(given, kind) if kind in ("number", "integer") else _text(spec, ui, given)


def _part(spec: Json, ui: Json, given: Any) -> Any:
    if given is not None and not isinstance(given, Mapping):
        return MISFIT if given not in ("", [], [""]) else None
    if "x-verdicts-of" in spec:
        given = spread(spec, given or {})
    found = _object(spec, ui, given or {})
    # An empty table of verdicts is kept, so that each verdict that is missing is named.
    return found if found or "x-verdicts-of" in spec else None


def _list(spec: Json, ui: Json, given: Any) -> Any:
    if isinstance(given, Mapping):
        numbered = [name for name in given if str(name).isdecimal() and len(str(name)) < 5]
        given = [given[name] for name in sorted(numbered, key=int)]
    elif given is not None and not isinstance(given, (list, tuple)):
        given = [given]
    items = spec.get("items", {})
    found = [_value(items, ui.get("items") or ui, one) for one in (given or ())[:MOST_ITEMS]]
    return [one for one in found if not _empty(one)]


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tick(spec: Json, ui: Json, given: Any) -> Any:
    """A box that was left empty is posted as nothing and means no, unless an answer is asked for in so many words."""
    if isinstance(given, str):
        text = clean(given).lower()
        given = None if not text else True if text in _YES else False if text in _NO else clean(given)
    if given is None:
        return None if "const" in spec or ui.get("ui:widget") in ("radio", "select") else False
    return MISFIT if isinstance(given, Mapping) else given


def _number(given: Any, kind: str) -> Any:
    if isinstance(given, str):
        text = clean(given)
        found = number(text)
        given = text if found is None else found
    if isinstance(given, float) and not isfinite(given):
        return MISFIT
    if isinstance(given, float) and kind == "integer" and given.is_integer():
        given = int(given)
    if isinstance(given, (int, float)) and not isinstance(given, bool) and _exact(given) is None:
        return MISFIT
    return given if isinstance(given, (str, int, float)) else MISFIT


def _exact(found: int | float) -> int | float | None:
    return found if abs(found) < _LARGEST_NUMBER else None


def _text(spec: Json, ui: Json, given: Any) -> Any:
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, (bool, int, float)):
        return given if isinstance(given, bool) or _exact(given) is not None else MISFIT
    if not isinstance(given, str):
        return MISFIT
    text = clean(given)
    return text if _has_lines(spec, ui) else _BLANKS.sub(" ", text.replace("\n", " "))


def _has_lines(spec: Json, ui: Json) -> bool:
    return ui.get("ui:widget") in ("textarea", "polygon") or int(spec.get("maxLength", 0)) > LONG_TEXT


def _settle(spec: Json, value: Any) -> Any:
    if isinstance(value, dict):
        return settled(spec, value)
    if isinstance(value, list):
        return [_settle(spec.get("items", {}), one) for one in value]
    return formats.normal(str(spec.get("format", "")), value) if isinstance(value, str) else value


def _shorten(spec: Json, value: Any) -> Any:
    if isinstance(value, dict):
        return shortened(spec, value)
    if isinstance(value, list):
        return [_shorten(spec.get("items", {}), one) for one in value[:20]]
    return value[: int(spec.get("maxLength", 0)) + 100] if isinstance(value, str) else value


def _texts(raw: Mapping[str, Any]) -> Iterator[str]:
    waiting: list[Any] = [raw]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield from (name for name in one if isinstance(name, str))
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)
        else:
            yield one if isinstance(one, str) else ""
