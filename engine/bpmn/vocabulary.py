"""The words that every expression knows and that need neither clock nor calendar. Values in, values out."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from .expressions import MAX_TEXT
from .values import at_path

_LONGEST_SPAN = 100_000


def plain_words(lookup: Callable[[], Mapping[str, Any]]) -> dict[str, Callable[..., Any]]:
    """The words, with `given` reading the names that `lookup` returns at that moment."""

    def given(path: str, default: Any = None) -> Any:
        """The value at a dotted path, `default` where any step of it is missing."""
        return at_path(lookup(), _text("given", path), default)

    return {"given": given, **_WORDS}


def days_between(first: str, last: str) -> int:
    """Calendar days from one ISO day to another; negative when they are the other way round."""
    return (_day("days_between", last) - _day("days_between", first)).days


def date_after(day: str, years: int = 0, months: int = 0, days: int = 0) -> str:
    """The ISO day so much later. A month that lacks the day ends on its last: 31 August and 6 months is 28 February.

    Years and months are counted first, as the last day of a permit's validity is. Raises ValueError for spans below 0
    or past the year 9999.
    """
    start = _day("date_after", day)
    if any(type(span) is not int or not 0 <= span <= _LONGEST_SPAN for span in (years, months, days)):
        raise ValueError("date_after needs whole numbers of years, months and days")
    year, month = divmod(start.year * 12 + start.month - 1 + years * 12 + months, 12)
    try:
        last = monthrange(year, month + 1)[1]
        return (date(year, month + 1, min(start.day, last)) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        raise ValueError("date_after goes past the year 9999") from None


def _day(word: str, text: Any) -> date:
    try:
        return date.fromisoformat(_text(word, text)[:10])
    except ValueError:
        raise ValueError(f"{word} needs a day such as 2026-12-24") from None


def _text(word: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{word} needs a text")
    return value


def _whole(value: Any) -> int:
    """A whole number from a number or a text, cut towards zero."""
    try:
        if isinstance(value, str) and len(value) > 30:
            raise ValueError
        return int(value)
    except (ValueError, OverflowError):
        raise ValueError("int needs a whole number") from None


def _number(value: Any) -> float:
    try:
        found = float(value)
    except ValueError:
        raise ValueError("float needs a number") from None
    if not math.isfinite(found):
        raise ValueError("float needs a number")
    return found


def _as_text(value: Any) -> str:
    if not isinstance(value, str | int | float | bool | None):
        raise TypeError("str needs a number or a text")
    return str(value)[:MAX_TEXT]


def _length(value: Any) -> int:
    if not isinstance(value, str | list | dict):
        raise TypeError("len needs a text, a list or an object")
    return len(value)


def _rounded(value: Any, places: int = 0) -> Any:
    """To the nearest, halves away from zero as everybody learnt it at school. Whole when `places` is 0."""
    if not isinstance(value, int | float) or not isinstance(places, int) or not 0 <= places <= 9:
        raise TypeError("round needs a number and 0 to 9 places")
    scale = 10**places
    found = math.copysign(math.floor(abs(value) * scale + 0.5), value) / scale
    return found if places else int(found)


_WORDS: dict[str, Callable[..., Any]] = {
    "len": _length,
    "min": min,
    "max": max,
    "round": _rounded,
    "abs": abs,
    "int": _whole,
    "float": _number,
    "str": _as_text,
    "days_between": days_between,
    "date_after": date_after,
}
