"""What may be kept in a case: JSON and nothing else. Copies as it checks, so that no two owners share a list.

Knows no diagram. Dates travel as ISO 8601 text and money as integers; whoever has something richer turns it into these.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import orjson

MAX_DEPTH = 40
MAX_TEXT = 1_000_000
MAX_WEIGHT = 8_000_000
_PART = 16
_INT64 = 2**63


class Allowance:
    """How much may still be copied: a character weighs 1, a part of a list or object 16.

    Sixty lines `a = [a, a]` are a handful of lists until somebody copies them, and then more than any memory holds.
    """

    __slots__ = ("_left",)

    def __init__(self, weight: int = MAX_WEIGHT) -> None:
        self._left = weight

    def take(self, weight: int, where: str) -> None:
        """Raises ValueError when there is less left."""
        self._left -= weight
        if self._left < 0:
            raise ValueError(f"{where} would fill the memory: more than a case may hold")


def copied(value: Any, where: str = "data", allowance: Allowance | None = None) -> Any:
    """A deep copy of a JSON value. `where` is the dotted path named in an error.

    `allowance` is shared by several copies that must not be too much together; without it a copy has one of its own.
    Raises TypeError for anything that is not text, number, boolean, None, list or object with text keys, and ValueError
    for numbers beyond 64 bits, NaN, infinities, broken Unicode, more than 40 levels, 1 000 000 characters or weight.
    """
    return _copied(value, where, 0, allowance or Allowance())


def duplicate(value: Any) -> Any:
    """A deep copy of what is made of parts that `copied` has passed, several times quicker: only the whole is weighed.

    Raises ValueError when all of it together weighs more than a case may hold.
    """
    text = orjson.dumps(value)
    # A part takes two bytes of JSON at least and a character one, so a text this short cannot weigh too much.
    return orjson.loads(text) if len(text) <= MAX_WEIGHT // _PART else copied(value)


def _copied(value: Any, where: str, depth: int, allowance: Allowance) -> Any:
    kind = type(value)
    if kind is str:
        allowance.take(len(value), where)
        return _text(value, where)
    if value is None or kind is bool:
        return value
    if kind is int or kind is float:
        return _number(value, where)
    if depth >= MAX_DEPTH:
        raise ValueError(f"{where} is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Mapping):
        allowance.take(_PART * len(value), where)
        return {_key(key, where): _copied(item, f"{where}.{key}", depth + 1, allowance) for key, item in value.items()}
    if isinstance(value, list | tuple):
        allowance.take(_PART * len(value), where)
        return [_copied(item, f"{where}.{index}", depth + 1, allowance) for index, item in enumerate(value)]
    if isinstance(value, str):
        return _text(str.__str__(value), where)
    raise TypeError(f"{where} is a {kind.__name__}, which is not JSON; give text, a number, a list or an object")


def _text(value: str, where: str) -> str:
    if len(value) > MAX_TEXT:
        raise ValueError(f"{where} is longer than {MAX_TEXT} characters")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{where} holds half a character (a lone surrogate)") from None
    return value


def _number(value: float, where: str) -> float:
    if not math.isfinite(value) or (type(value) is int and not -_INT64 <= value < _INT64):
        raise ValueError(f"{where} is a number that JSON cannot keep")
    return value


def _key(key: Any, where: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{where} has the key {key!r}, which is not text")
    return _text(key, where)


_MISSING = object()


def at_path(data: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path of objects, `default` when any step of it is missing."""
    for name in path.split("."):
        data = data.get(name, _MISSING) if isinstance(data, Mapping) else _MISSING
        if data is _MISSING:
            return default
    return data
