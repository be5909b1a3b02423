"""What every subject of the store stands on: one open connection, and nouns to rows and back. Knows no subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, CursorResult, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


class Connected:
    """Holds the connection of one transaction. Its life and its end belong to `Store`.

    Rows are `Any` to the type checker: a noun read by position has more fields than a typed row can name.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _all(self, statement: Executable, **given: Any) -> Sequence[Any]:
        return self._connection.execute(statement, given).all()

    def _one(self, statement: Executable, **given: Any) -> Any | None:
        return self._connection.execute(statement, given).first()

    def _value(self, statement: Executable, **given: Any) -> Any:
        """The first column of the first row; None without a row."""
        return self._connection.execute(statement, given).scalar()

    def _change(self, statement: Executable, **given: Any) -> int:
        """How many rows it changed."""
        result: CursorResult[Any] = self._connection.execute(statement, given)
        return result.rowcount

    def _add(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """All rows in one call; none: no call."""
        if rows:
            self._connection.execute(statement, rows)

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name


def names(noun: Any) -> tuple[str, ...]:
    """The fields of a class of nouns, in order: also the columns that hold it."""
    return tuple(noun.__dataclass_fields__)


def columns(table: Table, noun: type[Any]) -> list[Column[Any]]:
    """The columns of a noun in the order of its fields, so that `noun(*row)` reads it."""
    return [table.c[name] for name in names(noun)]


def values(noun: Any) -> dict[str, Any]:
    """A noun as the values of a row. Not `asdict`, which copies deeply and slowly."""
    return {name: getattr(noun, name) for name in noun.__dataclass_fields__}


def unless_there(table: Table) -> Mapping[str, Insert]:
    """By dialect, the insert that leaves a row of the same key as it is."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }


def replacing(table: Table, keys: Iterable[str], replaced: Iterable[str]) -> Mapping[str, Insert]:
    """By dialect, the insert that puts new values into a row of the same key."""
    index, changed = list(keys), list(replaced)
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=index, set_={n: lite.excluded[n] for n in changed}),
        "postgresql": post.on_conflict_do_update(index_elements=index, set_={n: post.excluded[n] for n in changed}),
    }
