"""What tests of staff pages over a real office share: the seedling's office and the clerk who sits in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.builders import Office, staff
from tests.conftest import planted
from webapp import create_app

CLERK = staff("loket", login="ratih")
PASSWORD = "a long password"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    """An office with the seedling as its one service, in which Ratih has an account."""
    office = planted(tmp_path)
    office.janji.accounts.add(CLERK.id, "Ratih", "", PASSWORD, CLERK.posts)
    yield office
    office.janji.close()


@pytest.fixture
def ratih(town: Office) -> FlaskClient:
    """Her browser, signed in; its forms need no token."""
    app = create_app(town.janji)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    sign_in(client)
    return client


def sign_in(client: FlaskClient) -> None:
    client.post("/masuk", data={"pengguna": CLERK.id, "sandi": PASSWORD})
