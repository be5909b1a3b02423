"""A person asks what is held of them, takes it along, and is forgotten, in pages of a real office."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.builders import staff
from tests.test_privacy import CANARY, REPORT, SAMPLES, colleague, nothing_of_the_canary

from .browsing import Visitor

APPLIED = {**SAMPLES["titik_saja"], **CANARY}


@pytest.fixture
def visitor(city_office) -> Visitor:
    return Visitor(city_office.janji)


def sent(visitor: Visitor, token: str, act: str, **fields: str):
    return visitor.send(f"/t/{token}/data/{act}", fields, visitor.get(f"/t/{token}/data"))


def test_the_page_says_what_is_held_and_shows_none_of_it_because_a_link_may_be_shared(city_office, visitor):
    case = city_office.apply("krk", APPLIED)
    page = visitor.get(f"/t/{case.token}/data")

    assert page.status_code == 200
    assert nothing_of_the_canary("", page.text)
    assert "NIK" in page.text
    assert "tersegel" in page.text
    assert "Belum ada petugas yang membuka berkas ini." in page.text
    assert "5 tahun setelah berkas berakhir" in page.text


def test_who_looked_is_told_by_post_and_never_by_name(city_office, visitor):
    case = city_office.apply("krk", APPLIED)
    city_office.queries.case_file(case.reference, staff("verifikator", login="rina.wulandari"))
    city_office.engine.unmask(case.reference, "cocokkan", staff("verifikator", login="rina.wulandari"), "k")
    page = visitor.get(f"/t/{case.token}/data").text

    assert "Verifikator berkas" in page
    assert "melihat nomor pribadi utuh" in page
    assert "rina" not in page.lower()


def test_the_code_from_the_receipt_opens_the_download_and_a_guess_does_not(city_office, visitor):
    case = city_office.apply("krk", APPLIED)
    guessed = sent(visitor, case.token, "unduh", kode="AAAAAA")
    assert (guessed.status_code, guessed.mimetype) == (422, "text/html")

    taken = sent(visitor, case.token, "unduh", kode=case.code.lower())
    assert taken.mimetype == "application/zip"
    with ZipFile(BytesIO(taken.data)) as archive:
        held = json.loads(archive.read("data.json"))
        assert held["jawaban"][0]["isi"]["nik"] == CANARY["nik"]
        assert CANARY["nama"] in archive.read("data.html").decode()
        assert len([name for name in archive.namelist() if name.startswith("dokumen/")]) == len(held["dokumen"]) > 0
    assert city_office.history(case)[-1] == "export"


def test_guessing_the_code_is_slowed_down(city_office, visitor):
    case = city_office.apply("krk", APPLIED)

    assert [sent(visitor, case.token, "unduh", kode="AAAAAA").status_code for _ in range(12)][-1] == 429


def test_after_erasing_every_page_still_opens_and_says_so(city_office, visitor):
    case = city_office.apply("complaint", REPORT)
    city_office.engine.withdraw(case.token, "sudah menyala", "w")
    city_office.wait("+95d")
    assert sent(visitor, case.token, "hapus", kode=case.code).status_code == 422, "without the tick nothing is erased"
    assert sent(visitor, case.token, "hapus", kode=case.code, yakin="ya").status_code == 303

    for address in (f"/t/{case.token}", f"/t/{case.token}/data"):
        page = visitor.get(address)
        assert page.status_code == 200
        assert "dihapus pada" in page.text
        assert nothing_of_the_canary("", page.text)
    officer = colleague(city_office, "admin_pengaduan")
    for address in (f"/berkas/{case.reference}", "/kasus", "/tugas"):
        page = officer.get(address)
        assert page.status_code == 200
        assert nothing_of_the_canary("", page.text)
    assert "Sudah dihapus" in officer.get(f"/berkas/{case.reference}").text
    assert sent(visitor, case.token, "unduh", kode=case.code).mimetype == "application/zip"


def test_the_wish_to_be_erased_is_noted_with_the_day_when_the_term_is_not_over(city_office, visitor):
    case = city_office.apply("complaint", REPORT)
    city_office.engine.withdraw(case.token, "sudah menyala", "w")
    sent(visitor, case.token, "hapus", kode=case.code, yakin="ya")

    assert "tanpa perlu meminta lagi" in visitor.get(f"/t/{case.token}/data").text
    assert city_office.case(case).erased_at is None


def test_the_page_on_personal_data_tells_each_services_purpose_term_and_whose_rule_it_is(city_office, visitor):
    page = visitor.get("/privasi").text

    for said in ("Keterangan Rencana Kota", "2 tahun", "Pasal 46", "pengaturan"):
        assert said in page
    assert "Kami meminta identitas" in visitor.get("/layanan/krk/ajukan").text
