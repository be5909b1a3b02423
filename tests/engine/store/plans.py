"""What SQLite says it will do for a question; its plan depends on no statistics, so a test can hold it to that."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event

from engine.store import Reads, Store


def plan_of(store: Store, ask: Callable[[Reads], object]) -> list[str]:
    """The steps of the last statement that `ask` runs."""
    asked = []

    def keep(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    with store.read() as r:
        event.listen(store._engine, "before_cursor_execute", keep)
        ask(r)
        event.remove(store._engine, "before_cursor_execute", keep)
        statement, parameters = asked[-1]
        return [row[3] for row in r._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
