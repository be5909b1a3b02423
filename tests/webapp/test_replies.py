"""Sentences kept ready, put into an answer or a note over a real office: nothing that was typed gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from engine.model import Post
from tests.builders import ROOT, Application, Office, office_in
from tests.samples import sample
from tests.webapp.browsing import Visitor, hidden, words

PASSWORD = "semarang-2026"
SENTENCE = "Dokumen tidak terbaca. Mohon foto ulang di tempat terang, seluruh halaman terlihat."


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = office_in(tmp_path_factory.mktemp("replies"))
    office.publish(ROOT / "processes" / "krk")
    for role in ("verifikator", "juru_gambar"):
        office.janji.accounts.add(role, role.title(), "", PASSWORD, frozenset({Post(role)}))
    yield office
    office.janji.close()


@pytest.fixture(scope="module")
def at(town: Office) -> Any:
    def of(login: str) -> Visitor:
        browser = Visitor(town.janji)
        browser.send("/masuk", {"pengguna": login, "sandi": PASSWORD})
        return browser

    return of


@pytest.fixture
def case(town: Office) -> Application:
    return town.apply("krk", sample("krk", "perorangan"))


def test_a_sentence_goes_behind_what_was_typed_and_every_other_word_stays(town: Office, at: Any, case: Application):
    rina, task = at("verifikator"), town.task(case, "verifikasi_berkas")
    page = rina.get(f"/tugas/{task.id}")
    typed = {"catatan": "Sudah <saya> telepon.", "alasan_penolakan": "Sengketa.", "putusan.ktp.keterangan": "Buram."}

    put = rina.client.post(
        f"/tugas/{task.id}/sisipkan",
        data={**hidden(page, "schema-form"), **typed, "kalimat": "tidak_terbaca", "ke_isian": "catatan"},
    )

    for shown in (put, rina.get(f"/tugas/{task.id}")):
        said = unescape(shown.text)
        assert f"Sudah <saya> telepon.\n\n{SENTENCE}</textarea>" in said.replace("\r\n", "\n")
        assert "Sengketa.</textarea>" in said
        assert "Buram." in said
    assert town.open(case) == ["verifikasi_berkas"]


@pytest.mark.parametrize("nonsense", [{"kalimat": "tidak_ada"}, {"ke_isian": "nik"}, {"kalimat": "", "ke_isian": ""}])
def test_a_sentence_or_a_field_there_is_not_changes_no_word(town: Office, at: Any, case: Application, nonsense: Any):
    rina, task = at("verifikator"), town.task(case, "verifikasi_berkas")
    page = rina.get(f"/tugas/{task.id}")
    asked = {"kalimat": "tidak_terbaca", "ke_isian": "catatan", **nonsense}

    put = rina.client.post(
        f"/tugas/{task.id}/sisipkan", data={**hidden(page, "schema-form"), "catatan": "Sudah dicek.", **asked}
    )

    assert put.status_code == 200
    assert "Sudah dicek.</textarea>" in put.text


def test_a_note_keeps_its_words_and_its_reader(town: Office, at: Any, case: Application):
    rina, there = at("verifikator"), f"/berkas/{case.reference}"
    page = rina.get(there)

    put = rina.client.post(
        f"{there}/catatan/sisipkan",
        data={**hidden(page, "sisipkan"), "catatan": "Halo.", "pembaca": "pemohon", "kalimat": "sedang_diperiksa"},
    )

    assert f"Halo.\n\nBerkas {case.reference} sedang pada tahap:" in put.text
    assert re.search(r'name="pembaca"[^>]*value="pemohon"[^>]* checked', put.text)
    assert town.history(case)[-1] != "comment"


def test_wherever_a_sentence_can_be_put_the_script_that_puts_it_comes_along_once(
    town: Office, at: Any, case: Application
):
    rina, task = at("verifikator"), town.task(case, "verifikasi_berkas")

    for page in (rina.get(f"/berkas/{case.reference}"), rina.get(f"/tugas/{task.id}"), rina.get("/tugas")):
        assert page.text.count("/src/comfort.js") == 1
    assert 'data-comfort="insert"' in rina.get(f"/berkas/{case.reference}").text


def test_an_empty_note_comes_back_where_it_was_written_with_its_reader_still_chosen(
    town: Office, at: Any, case: Application
):
    rina, task = at("verifikator"), town.task(case, "verifikasi_berkas")
    note = {"catatan": " ", "pembaca": "pemohon"}

    for there, of in (
        (f"/tugas/{task.id}", f'href="/tugas/{task.id}/alur"'),
        (f"/berkas/{case.reference}", 'id="riwayat"'),
    ):
        page = rina.get(there)
        put = rina.client.post(f"/berkas/{case.reference}/catatan", data={**hidden(page, "catatan-baru"), **note})

        assert put.status_code == 422
        assert 'catatan#catatan"' in page.text, "a browser opens the answer where the note is"
        assert "Catatan masih kosong." in words(put)
        assert of in put.text
        assert re.search(r'name="pembaca"[^>]*value="pemohon"[^>]* checked', put.text)


def test_choices_inside_a_row_are_said_in_english(town: Office, at: Any, case: Application):
    for element, name in (
        ("verifikasi_berkas", "lengkap"),
        ("penugasan", "koordinat_baik"),
        ("plotting_zona", "zona_sedang"),
    ):
        town.do(case, element, sample("krk", name))
    task = town.task(case, "analisis_tata_ruang")

    page = words(at("juru_gambar").get(f"/tugas/{task.id}?bahasa=en"))

    assert "Does not match the rest" in page
    assert "Plan drawing or site plan" in page
    assert "Tidak cocok dengan yang lain" not in page
