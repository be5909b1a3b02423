"""Offices for every test that needs one: `office` on both databases, `city_office` with the city's own services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from engine.stories.planting import plant
from tests.builders import ROOT, Application, Office, office_in
from tests.databases import DATABASES, url_on
from tests.samples import sample

settings.register_profile("janji", deadline=None)
settings.load_profile("janji")
"""No test may fail because its machine is busy: what is quick is measured in `bench`."""

SERVICE = "contoh"


def planted(folder: Path, database_url: str = "") -> Office:
    """An office with the seedling as its one service, on SQLite unless another database is named."""
    office = office_in(folder, database_url)
    (folder / "processes").mkdir()
    plant(SERVICE, folder / "processes", folder / "forms")
    office.publish(folder / "processes" / SERVICE, folder / "forms")
    return office


@pytest.fixture(params=DATABASES)
def any_database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office(any_database: str, tmp_path: Path) -> Iterator[Office]:
    """An office with the seedling of `janji new` as its one service, on each database in turn."""
    with url_on(any_database, tmp_path) as url:
        office = planted(tmp_path, url)
        yield office
        office.janji.close()


@pytest.fixture
def krk_office(tmp_path: Path) -> Iterator[Office]:
    """An office with the KRK as its one service, on SQLite."""
    office = office_in(tmp_path)
    office.publish(ROOT / "processes" / "krk")
    yield office
    office.janji.close()


@pytest.fixture
def asked_for(krk_office: Office) -> Application:
    """A KRK that was asked for; its first letters are sent."""
    case = krk_office.apply("krk", sample("krk", "perorangan"))
    krk_office.janji.outbox.send_due()
    return case


@pytest.fixture
def city_office(tmp_path: Path) -> Iterator[Office]:
    """An office with the city's three services in force, on SQLite."""
    office = office_in(tmp_path)
    for service in ("krk", "iptb", "complaint"):
        office.publish(ROOT / "processes" / service)
    yield office
    office.janji.close()
