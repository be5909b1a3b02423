"""What every subject of the store stands on: one open connection, and nouns to rows and back. Knows no subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from .prepared import Prepared


class Connected:
    """Holds the connection of one transaction. Its life and its end belong to `Store`.

    Rows are `Any` to the type checker: a noun read by position has more fields than a typed row can name.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _all(self, statement: Executable | Prepared, **given: Any) -> Sequence[Any]:
        if isinstance(statement, Prepared):
            return statement.all(self._connection, given)
        return self._connection.execute(statement, given).all()

    def _one(self, statement: Executable | Prepared, **given: Any) -> Any | None:
        if isinstance(statement, Prepared):
            return statement.first(self._connection, given)
        return self._connection.execute(statement, given).first()

    def _value(self, statement: Executable | Prepared, **given: Any) -> Any:
        """The first column of the first row; None without a row."""
        row = self._one(statement, **given)
        return None if row is None else row[0]

    def _change(self, statement: Executable | Prepared, **given: Any) -> int:
        """How many rows it changed."""
        if isinstance(statement, Prepared):
            return statement.change(self._connection, given)
        changed: int = self._connection.execute(statement, given).rowcount
        return changed

    def _add(self, statement: Executable | Prepared, rows: Sequence[Mapping[str, Any]]) -> None:
        """All rows in one call; none: no call."""
        if not rows:
            return
        if isinstance(statement, Prepared):
            statement.add(self._connection, rows)
        else:
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


def written(reference: str) -> str:
    """A case's reference as it is stored; people type it small, and with spaces around it."""
    return reference.strip().upper()


def unless_there(table: Table) -> Mapping[str, Prepared]:
    """By dialect, the insert that leaves a row of the same key as it is."""
    return {
        "sqlite": Prepared(sqlite.insert(table).on_conflict_do_nothing()),
        "postgresql": Prepared(postgresql.insert(table).on_conflict_do_nothing()),
    }


def replacing(table: Table, keys: Iterable[str], replaced: Iterable[str]) -> Mapping[str, Insert]:
    """By dialect, the insert that puts new values into a row of the same key."""
    index, changed = list(keys), list(replaced)
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=index, set_={n: lite.excluded[n] for n in changed}),
        "postgresql": post.on_conflict_do_update(index_elements=index, set_={n: post.excluded[n] for n in changed}),
    }
