"""Opens the database and its transactions. The only place that knows how SQLite and PostgreSQL differ in that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from .prepared import execute
from .transaction import Reads, Transaction

_PATIENCE_S = 10
"""How long a writer waits for another before the error of the database surfaces. Nothing is retried silently."""

_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 64, "hide_parameters": True}
"""Parameters are what citizens typed: hidden, so that no error carries them into a log."""


class Store:
    """The database of one installation. Safe to share between threads; each transaction has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing, self._reading = _modes(engine)

    @classmethod
    def open(cls, url: str) -> Store:
        """`sqlite:///path/to/file` or `postgresql+psycopg://…`. Creates the SQLite file and its folder, no tables.

        Raises ValueError for any other kind of database.
        """
        parsed = make_url(url)
        if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
            return cls(_sqlite(parsed))
        if parsed.drivername == "postgresql+psycopg":
            return cls(_postgresql(parsed))
        raise ValueError(f"{parsed.drivername} is neither sqlite nor postgresql+psycopg")

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        SQLite: the one writer there is from the start on (BEGIN IMMEDIATE), so nothing read in it can be outdated.
        """
        with self._writing.begin() as connection:
            transaction = Transaction(connection)
            yield transaction
            transaction.flush()

    @contextmanager
    def read(self) -> Iterator[Reads]:
        """A view of one instant, never blocked by writers and never blocking them."""
        with self._reading.begin() as connection:
            yield Reads(connection)

    def migrate(self) -> None:
        """Bring the tables to today's shape, from nothing if need be. Of two at once one waits and finds it done."""
        from .migrate import upgrade  # Alembic takes half a second to import and is needed only here

        with self._writing.begin() as connection:
            upgrade(connection)

    def is_current(self) -> bool:
        """Whether the tables have today's shape."""
        from .migrate import is_current

        with self._reading.begin() as connection:
            return is_current(connection)

    def close(self) -> None:
        self._engine.dispose()


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ValueError("give SQLite a file: every thread would see its own memory")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late and never IMMEDIATE: we begin ourselves
    for pragma in (
        f"busy_timeout = {_PATIENCE_S * 1000}",
        "journal_mode = WAL",
        "secure_delete = FAST",  # a key that was thrown away must not stay readable in the page it lay in
        "synchronous = NORMAL",
        "wal_autocheckpoint = 4000",  # 16 MB of log: pages are copied back, and the disk waited for, less often
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -16000",
        "mmap_size = 268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("janji_writing")
    execute(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(url: URL) -> Engine:
    options = f"-c lock_timeout={_PATIENCE_S}s -c idle_in_transaction_session_timeout=60s"
    return create_engine(url, pool_pre_ping=True, connect_args={"options": options}, **_POOL)


def _modes(engine: Engine) -> tuple[Engine, Engine]:
    """The same pool for writing and for reading."""
    writing = engine.execution_options(janji_writing=True)
    if engine.dialect.name == "sqlite":
        return writing, engine
    # READ COMMITTED for writers: a locked row is read as it is after the wait, which compare-and-set relies on
    return writing, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
