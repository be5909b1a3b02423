"""Every store test runs on both databases: ask for `store`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.store import Store
from tests.databases import postgresql_cluster, store_on

from .office import Office

__all__ = ["postgresql_cluster"]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    yield from store_on(database, tmp_path, request)


@pytest.fixture
def lite(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store on SQLite alone, for what only SQLite tells."""
    yield from store_on("sqlite", tmp_path, request)


@pytest.fixture
def office(store: Store) -> Office:
    """The store with one published service, ready to take cases."""
    return Office(store, at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
