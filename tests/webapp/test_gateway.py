"""The gateway's door: shut without a token, deaf to strangers, and silent about what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from engine.stories.planting import plant
from tests.builders import Office, office_in
from webapp import create_app

BEARER = {"Authorization": "Bearer rahasia-gerbang"}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    office = office_in(tmp_path)
    office.janji.settings.gateway_inbound_token = SecretStr("rahasia-gerbang")
    (tmp_path / "processes").mkdir()
    plant("contoh", tmp_path / "processes", tmp_path / "forms")
    office.publish(tmp_path / "processes" / "contoh", tmp_path / "forms")
    yield office
    office.janji.close()


def test_a_message_is_taken_and_answered_by_a_text_message_of_its_own(town):
    told = {"from": "081200000101", "text": "LACAK X-2026-000001", "id": "m-1"}
    client = create_app(town.janji).test_client()
    answers = [client.post("/gateway/pesan", json=told, headers=BEARER) for _ in range(2)]
    town.janji.outbox.send_due()

    assert [answer.status_code for answer in answers] == [202, 202]
    assert len(town.texts.messages) == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer salah"}, {"Authorization": "rahasia-gerbang"}])
def test_who_does_not_know_the_token_is_not_heard(town, headers):
    answer = (
        create_app(town.janji).test_client().post("/gateway/pesan", json={"from": "1", "text": ""}, headers=headers)
    )

    assert answer.status_code == 401


def test_without_a_token_in_the_settings_there_is_no_door(town):
    town.janji.settings.gateway_inbound_token = SecretStr("")

    assert create_app(town.janji).test_client().post("/gateway/pesan", json={}, headers=BEARER).status_code == 404


@pytest.mark.parametrize(
    "told", [None, [], {}, {"from": 1, "text": "x"}, {"from": "", "text": "x"}, {"from": "1" * 41, "text": ""}]
)
def test_what_is_no_message_is_refused(town, told):
    assert create_app(town.janji).test_client().post("/gateway/pesan", json=told, headers=BEARER).status_code == 400
