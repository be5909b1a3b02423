# ruff: noqa: ARG002 the signatures are SQLAlchemy's
"""How our values lie in a column, the same on SQLite and PostgreSQL. Knows no table.

Instants are whole microseconds since 1970 in UTC: they sort, compare and index alike everywhere and lose nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

NEVER = 253_402_300_800_000_000
"""The first microsecond of the year 10000: later than any datetime, so that `<= now` never finds it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
E_ = TypeVar("E_", bound=StrEnum)


def microseconds(at: datetime) -> int:
    """An instant as it is stored. Raises ValueError for a naive datetime: nobody can say when that is."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return (at - _EPOCH) // _MICROSECOND


def instant(stored: int) -> datetime:
    """A stored instant, aware and in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


def canonical(value: object) -> bytes:
    """The one JSON text of a value: keys sorted, no spaces. Raises TypeError for what JSON does not know."""
    return orjson.dumps(value, default=_plain, option=_STRICT | orjson.OPT_SORT_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


class Instant(TypeDecorator[datetime]):
    """An aware instant, or None."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else instant(value)


class Deadline(TypeDecorator[datetime]):
    """An instant that may never come: None is stored as NEVER.

    So one plain index sorts those without a date last on both databases, and no comparison needs to think of NULL.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int:
        return NEVER if value is None else microseconds(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None or value == NEVER else instant(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value as canonical text. Never `jsonb`: it would reorder and retype what the audit chain has hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value).decode()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


class Word(TypeDecorator[E_], Generic[E_]):
    """One of the words of an enum, stored as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E_]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E_ | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> E_ | None:
        return None if value is None else self.words(value)
