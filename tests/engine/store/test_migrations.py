"""The tables that the migrations make are the tables that the code expects."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.store import Store
from engine.store.tables import metadata


def test_the_migrations_lead_to_the_tables_of_the_code(store, database, tmp_path, request):
    with store.read() as r:
        context = MigrationContext.configure(r._connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(office):
    office.case()
    office.store.migrate()

    with office.store.read() as r:
        assert r.cases_open() == 1
    assert office.store.is_current()


def test_a_database_without_tables_is_not_current(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'new' / 'janji.sqlite'}")

    assert not store.is_current()
    store.close()


@pytest.mark.parametrize("url", ["mysql://localhost/janji", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_cannot_serve_us_is_refused(url):
    with pytest.raises(ValueError, match=r"(?i)sqlite"):
        Store.open(url)
