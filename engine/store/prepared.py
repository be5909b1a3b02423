"""Statements compiled once and then run on the driver's own cursor. Knows SQLAlchemy and DB-API, and no table.

SQLAlchemy's execution costs several times what the database takes for one row by its key, and a step of a case is a
dozen such statements. What it compiles, how it binds and reads every type, and the errors it raises stay the same.
Whoever listens for statements (`before_cursor_execute`) hears these too: they then take SQLAlchemy's way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Process = Callable[[Any], Any]
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL for one dialect, how each parameter is bound, the values of parameters that nobody gives, how to read."""

    sql: str
    positional: bool
    binds: tuple[tuple[str, Process | None], ...]
    own: Given
    reads: tuple[tuple[int, Process], ...]

    def parameters(self, given: Given) -> Any:
        known = {**self.own, **given} if self.own else given
        if self.positional:
            return tuple([process(known[name]) if process else known[name] for name, process in self.binds])
        return {name: process(known[name]) if process else known[name] for name, process in self.binds}

    def row(self, found: Sequence[Any]) -> tuple[Any, ...]:
        if not self.reads:
            return tuple(found)
        values = list(found)
        for place, process in self.reads:
            values[place] = process(values[place])
        return tuple(values)


class Prepared:
    """A statement of fixed shape: its SQL depends on nothing but the dialect and the names of its parameters.

    Not for `IN` over a list, whose SQL grows with the list.
    """

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def all(self, connection: Connection, given: Given) -> Sequence[Any]:
        if _heard(connection):
            return connection.execute(self.statement, given).all()
        compiled = self._for(connection.dialect, given)
        cursor = _run(connection, compiled, given)
        try:
            return [compiled.row(found) for found in cursor.fetchall()]
        finally:
            cursor.close()

    def first(self, connection: Connection, given: Given) -> Any | None:
        if _heard(connection):
            return connection.execute(self.statement, given).first()
        compiled = self._for(connection.dialect, given)
        cursor = _run(connection, compiled, given)
        try:
            found = cursor.fetchone()
            return None if found is None else compiled.row(found)
        finally:
            cursor.close()

    def change(self, connection: Connection, given: Given) -> int:
        """How many rows it changed."""
        if _heard(connection):
            return connection.execute(self.statement, given).rowcount
        cursor = _run(connection, self._for(connection.dialect, given), given)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def add(self, connection: Connection, rows: Sequence[Given]) -> None:
        """One or more rows, all with the same names."""
        if _heard(connection):
            connection.execute(self.statement, rows)
            return
        compiled = self._for(connection.dialect, rows[0])
        if len(rows) == 1:
            _run(connection, compiled, rows[0]).close()
        else:
            _run(connection, compiled, *rows).close()

    def _for(self, dialect: Dialect, given: Given) -> _Compiled:
        key = (dialect.name, *given)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = _compiled(self.statement, dialect, list(given))
        return found


def execute(connection: Connection, sql: str) -> None:
    """A statement without parameters and result."""
    _run(connection, _Compiled(sql, positional=True, binds=(), own={}, reads=()), {}).close()


def _heard(connection: Connection) -> bool:
    return bool(connection.dispatch.before_cursor_execute)


def _run(connection: Connection, compiled: _Compiled, *given: Given) -> Any:
    """The cursor after the statement. Errors of the driver become those that SQLAlchemy raises for them."""
    cursor = connection.connection.cursor()
    try:
        if len(given) == 1:
            cursor.execute(compiled.sql, compiled.parameters(given[0]))
        else:
            cursor.executemany(compiled.sql, [compiled.parameters(one) for one in given])
    except connection.dialect.loaded_dbapi.Error as error:
        dialect = connection.dialect
        raise DBAPIError.instance(
            compiled.sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
        ) from error
    return cursor


def _compiled(statement: Any, dialect: Dialect, names: list[str]) -> _Compiled:
    # Nobody asks for the key of an inserted row, so an INSERT is compiled as for many: it returns nothing unasked.
    compiled = statement.compile(dialect=dialect, column_keys=names, for_executemany=True)
    if compiled.post_compile_params:
        raise ValueError("a list in the statement: its SQL is not of one shape")
    order = compiled.positiontup if compiled.positional else list(compiled.binds)
    binds = tuple((name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order)
    own = {name: compiled.binds[name].effective_value for name in order if name not in names}
    reads = [
        (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for place, column in enumerate(getattr(statement, "exported_columns", ()))
    ]
    return _Compiled(compiled.string, compiled.positional, binds, own, tuple((at, read) for at, read in reads if read))
