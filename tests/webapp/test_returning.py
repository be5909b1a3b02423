"""Going on with a form in another browser, as pages: the link only asks, its button works once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.stories.planting import plant
from tests.builders import Office, office_in
from tests.webapp.browsing import Visitor, words

FORM = "/layanan/contoh/ajukan"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    office = office_in(tmp_path)
    (tmp_path / "processes").mkdir()
    plant("contoh", tmp_path / "processes", tmp_path / "forms")
    office.publish(tmp_path / "processes" / "contoh", tmp_path / "forms")
    yield office
    office.janji.close()


def begun(town: Office, contact: str) -> Visitor:
    """Somebody who has typed a name, saved it, and asked for a way back."""
    phone = Visitor(town.janji)
    page = phone.get(FORM)
    name = re.search(r'<input[^>]* name="(\w+)"[^>]*type="text"|<input[^>]*type="text"[^>]* name="(\w+)"', page.text)
    field = next(filter(None, name.groups())) if name else "nama"
    first = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    phone.client.post(FORM, data={**first, field: "Siti Rahmawati", "aksi": "simpan"})
    phone.send(f"{FORM}/lanjut-nanti", {"kontak": contact}, phone.get(FORM))
    town.janji.outbox.send_due()
    return phone


def test_what_was_saved_on_a_telephone_is_there_on_another_machine(town):
    begun(town, "siti@contoh.example")
    path = re.search(r"http://127\.0\.0\.1:8000(/lanjut/\w+)", town.mail.messages[0].body).group(1)
    desk = Visitor(town.janji)
    for _ in range(2):
        assert "Isian Anda masih kami simpan" in words(desk.get(path))
    answer = desk.send(path, {})

    assert answer.location.endswith(FORM)
    assert "Siti Rahmawati" in desk.get(FORM).text


def test_a_link_that_was_used_offers_a_new_one_to_the_same_mailbox(town):
    begun(town, "siti@contoh.example")
    path = re.search(r"http://127\.0\.0\.1:8000(/lanjut/\w+)", town.mail.messages[0].body).group(1)
    Visitor(town.janji).send(path, {})
    late = Visitor(town.janji)
    page = late.get(path)
    told = words(late.send(f"{path}/lagi", {}, page))
    town.janji.outbox.send_due()

    assert "Tautan ini sudah dipakai" in words(page)
    assert "Bila ada, sudah kami kirim" in told
    assert len(town.mail.messages) == 2


def test_a_code_on_a_telephone_without_mail(town):
    begun(town, "0812-0000-0101")
    code = re.search(r"\b(\d{6})\b", town.texts.messages[0].body).group(1)
    other = Visitor(town.janji)
    form = other.get("/lanjut")
    first = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.text))
    wrong = other.client.post("/lanjut", data={**first, "kontak": "081200000101", "kode": "1"})
    right = other.client.post("/lanjut", data={**first, "kontak": "081200000101", "kode": code})

    assert wrong.status_code == 422
    assert "tidak cocok" in words(wrong)
    assert right.location.endswith(FORM)


def test_asking_for_a_new_code_is_answered_alike_whoever_asks(town):
    begun(town, "0812-0000-0101")
    told = {
        words(Visitor(town.janji).send("/lanjut", {"kontak": contact, "aksi": "kirim"}))
        for contact in ("081200000101", "081299999999", "siapa saja", "")
    }

    assert len(told) == 1


def test_what_is_no_address_is_said_on_the_form(town):
    phone = begun(town, "bukan alamat")

    assert "tulis satu alamat e-mail atau nomor HP" in words(phone.get(FORM))
