"""The two databases every store test runs on: a SQLite file, and a PostgreSQL of our own that lives for one session.

The private cluster needs no set-up and no rights: it lies in a temporary folder, listens on the loopback address only,
and is gone afterwards. Each test gets an empty database whose tables are ready.
"""

from __future__ import annotations

import atexit
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from engine.store import Store
from engine.store.tables import metadata

DATABASES = ("sqlite", "postgresql")
SQLITE_ONLY = "JANJI_TEST_SQLITE_ONLY"
_MISSING = (
    "PostgreSQL is not installed, and half of the store tests need it. Install the package `postgresql` "
    f"(Debian: apt-get install postgresql), or set {SQLITE_ONLY}=1 to test SQLite alone."
)


@contextmanager
def store_on(database: str, folder: Path) -> Iterator[Store]:
    """An empty store with its tables on `sqlite` or `postgresql`; closed afterwards."""
    with url_on(database, folder) as url:
        made = copy_tables(url)
        store = Store.open(url)
        if not made:
            store.migrate()
        try:
            yield store
        finally:
            store.close()


def copy_tables(url: str) -> bool:
    """Put an empty database with its tables where a SQLite file is to be; False where there is one, or PostgreSQL.

    To migrate one costs a sixth of a second, and thousands of tests want one.
    """
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_empty(), path)
    return True


@cache
def _empty() -> Path:
    """A SQLite file with today's tables and nothing in them."""
    folder = Path(tempfile.mkdtemp(prefix="janji-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store.open(f"sqlite:///{folder / 'janji.sqlite'}")
    store.migrate()
    store.close()
    return folder / "janji.sqlite"


@contextmanager
def url_on(database: str, folder: Path) -> Iterator[str]:
    """The address of a database of its own. On PostgreSQL its tables are ready; on SQLite there is no file yet."""
    if database == "sqlite":
        yield f"sqlite:///{folder / 'janji.sqlite'}"
        return
    if os.environ.get(SQLITE_ONLY) == "1":
        pytest.skip(f"{SQLITE_ONLY}=1")
    server = cluster()
    name = server.take()
    try:
        yield server.url(name)
    finally:
        server.give_back(name)


@cache
def cluster() -> Cluster:
    """The one server of this process, started when first asked for and removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="janji-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    server = Cluster(folder)
    server.start()
    return server


class Cluster:
    """A PostgreSQL server of this test session."""

    TEMPLATE = "janji_template"

    def __init__(self, folder: Path) -> None:
        self._bin = _binaries()
        self._folder = folder
        self._data = folder / "data"
        self._port = _free_port()
        self._idle: list[str] = []

    def start(self) -> None:
        """Make the cluster and a template with our tables. Durability is off: nothing here outlives the session."""
        self._as_owner("initdb", "-D", str(self._data), "-U", "janji", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = (
            f"-h 127.0.0.1 -p {self._port} -k {self._folder} -c fsync=off -c synchronous_commit=off "
            "-c full_page_writes=off -c max_connections=200"
        )
        log = str(self._folder / "log")
        atexit.register(self.stop)
        self._as_owner("pg_ctl", "-D", str(self._data), "-l", log, "-o", options, "-w", "-t", "60", "start")
        self.run(f"CREATE DATABASE {self.TEMPLATE}")
        store = Store.open(self.url(self.TEMPLATE))
        store.migrate()
        store.close()

    def stop(self) -> None:
        """At once, nothing is kept. Does nothing when it never came up."""
        if (self._data / "postmaster.pid").exists():
            self._as_owner("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def take(self) -> str:
        """An empty database with our tables that nobody else has just now."""
        if self._idle:
            return self._idle.pop()
        name = f"t{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self.TEMPLATE}")
        return name

    def give_back(self, name: str) -> None:
        """Emptied, since that is twenty times quicker than making another; who is still connected is sent away."""
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.run(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE", name)
        self._idle.append(name)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://janji@127.0.0.1:{self._port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(f"postgresql://janji@127.0.0.1:{self._port}/{database}", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _as_owner(self, program: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root, so then the user that Debian made for it runs it."""
        owner = "postgres" if os.geteuid() == 0 else None
        if owner:
            shutil.chown(self._folder, owner)
        home = {"HOME": str(self._folder), "LC_ALL": "C", "PATH": os.environ["PATH"]}
        subprocess.run(
            [str(self._bin / program), *arguments],
            user=owner,
            group=pwd.getpwnam(owner).pw_gid if owner else None,
            extra_groups=[] if owner else None,
            cwd=self._folder,
            env=home,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=120,
        )


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail(_MISSING, pytrace=False)
    return found[-1].parent if found else Path(on_path or "").resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
