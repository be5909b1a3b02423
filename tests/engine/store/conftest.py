"""Every store test runs on both databases: ask for `store` or `office`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store
from tests.databases import DATABASES, store_on

from .office import MONDAY, Office


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    with store_on(database, tmp_path) as store:
        yield store


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite alone, for what only SQLite tells."""
    with store_on("sqlite", tmp_path) as store:
        yield store


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Store]:
    """A store on PostgreSQL alone, for what only PostgreSQL does."""
    with store_on("postgresql", tmp_path) as store:
        yield store


@pytest.fixture
def office(store: Store) -> Office:
    """The store with one published service, ready to take cases."""
    return Office(store, at=MONDAY)
