"""From the front page to the receipt: nothing typed is lost, nothing is sent twice, the date is always named."""

from __future__ import annotations

import io

import pytest

from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import CODE, REFERENCE, TOKEN, janji

FORM = "/layanan/krk/ajukan"
CHECK = f"{FORM}/periksa"
ANSWERS = {
    "jenis": "perorangan",
    "nama": "Siti Rahmawati",
    "nik": "3374015203850001",
    "kelurahan": "33.74.01.1001",
    "pernyataan": "true",
}


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(janji())


def pdf(name: str = "ktp.pdf", content: bytes = b"%PDF-1.7 ...") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def filled(visitor: Visitor) -> None:
    answer = visitor.send(FORM, {**ANSWERS, "ktp": pdf(), "aksi": "lanjut"})
    assert answer.headers["Location"] == CHECK


def test_the_front_page_names_each_service_with_the_date_it_would_promise_today(visitor):
    text = words(visitor.get("/"))

    assert "Keterangan Rencana Kota" in text
    assert "Bila berkas lengkap hari ini, selesai paling lambat Senin, 30 Nov 2026" in text
    assert "5 hari kerja. Angka pengaturan sistem ini, bukan ketetapan resmi." in text
    assert "Ada yang tidak beres? Pengaduan" in text
    assert "Bila kami terima hari ini, selesai paling lambat Kamis, 3 Des 2026" in text


def test_a_city_without_services_still_says_what_to_do(visitor):
    visitor.janji.queries.services_offered.clear()

    assert "Silakan datang ke kantor pelayanan" in words(visitor.get("/"))


def test_the_standard_of_a_service_answers_what_how_long_how_much_and_on_what_ground(visitor):
    text = words(visitor.get("/layanan/krk"))

    for told in (
        "KTP pemohon",
        "Survei lapangan",
        "5 hari kerja",
        "bukan ketetapan resmi: Belum ada angka resmi.",
        "Tidak dipungut biaya.",
        "berlaku 6 bulan",
        "keberatan tertulis",
        "Perwal Semarang 14G/2005",
    ):
        assert told in text


def test_an_unknown_service_is_not_there(visitor):
    assert visitor.get("/layanan/wrong").status_code == 404
    assert visitor.get("/layanan/wrong/ajukan").status_code == 404


def test_an_empty_form_comes_back_with_every_problem_as_a_link_to_its_field(visitor):
    answer = visitor.send(FORM, {"aksi": "lanjut"})

    assert answer.status_code == 422
    assert "Ada 6 hal yang perlu diperbaiki" in words(answer)
    assert 'href="#f-nama"' in answer.text
    assert "<title>Keliru: " in answer.text


def test_what_was_typed_is_kept_even_when_it_is_wrong(visitor):
    visitor.send(FORM, {"nama": "Siti", "nik": "12", "aksi": "lanjut"})

    again = visitor.get(FORM)

    assert 'value="Siti"' in again.text
    assert 'value="12"' in again.text


def test_a_draft_can_be_put_aside_and_found_again(visitor):
    answer = visitor.send(FORM, {"nama": "Siti", "aksi": "simpan"})

    assert answer.headers["Location"] == FORM
    assert "Tersimpan." in words(visitor.get(FORM))
    assert 'value="Siti"' in visitor.get(FORM).text


def test_a_refused_file_is_named_once_and_the_good_one_need_not_be_sent_again(visitor):
    refused = visitor.send(FORM, {**ANSWERS, "ktp": pdf("virus.exe", b"MZ"), "aksi": "lanjut"})
    visitor.send(FORM, {**ANSWERS, "ktp": pdf(), "aksi": "simpan"})

    assert refused.status_code == 422
    assert "Ada 1 hal yang perlu diperbaiki" in words(refused)
    assert "Berkas “virus.exe” bukan jenis yang diterima" in words(refused)
    assert "ktp.pdf" in visitor.get(FORM).text


def test_a_paper_of_a_draft_opens_for_its_owner_only(visitor):
    filled(visitor)
    paper = f"{FORM}/berkas/dok-0"

    assert visitor.get(paper).data.startswith(b"%PDF")
    assert Visitor(visitor.janji).get(paper).status_code == 404


def test_the_check_page_shows_every_answer_with_a_way_to_change_it_and_the_act_by_name(visitor):
    filled(visitor)

    page = visitor.get(CHECK)

    assert "3374015203850001" in words(page), "whoever typed a number must see that it is right"
    assert f'href="{FORM}#g-pemohon"' in page.text
    assert "<button>Kirim permohonan</button>" in page.text
    assert "Senin, 30 Nov 2026" in words(page)


@pytest.mark.parametrize("answers", [None, {"nama": "Siti", "aksi": "simpan"}])
def test_nobody_checks_what_is_not_filled_in(visitor, answers):
    if answers:
        visitor.send(FORM, answers)

    assert visitor.get(CHECK).headers["Location"] == FORM


def test_sending_gives_a_receipt_with_reference_code_link_and_date(visitor):
    filled(visitor)

    answer = visitor.send(CHECK, {})
    receipt = visitor.get(answer.headers["Location"])

    assert answer.status_code == 303
    assert receipt.headers["Cache-Control"] == "private, no-store"
    text = words(receipt)
    assert REFERENCE in receipt.text.replace("<i></i>", ""), "in groups for the eye"
    assert CODE in text
    assert f"http://127.0.0.1:8000/t/{TOKEN}" in text
    assert "Bila berkas lengkap hari ini, selesai Senin, 30 Nov 2026" in text


def test_pressing_send_twice_begins_one_case(visitor):
    filled(visitor)
    page = visitor.get(CHECK)

    first, second = visitor.send(CHECK, {}, page), visitor.send(CHECK, {}, page)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(visitor.janji.engine.receipts) == 1


def test_the_code_is_shown_only_to_the_browser_that_applied(visitor):
    filled(visitor)
    receipt = visitor.send(CHECK, {}).headers["Location"]
    stranger = Visitor(visitor.janji)

    assert CODE in words(visitor.get(receipt))
    answer = stranger.get(receipt)
    assert answer.headers["Location"] == f"/t/{TOKEN}"
    assert CODE not in words(stranger.get(answer.headers["Location"]))


def test_a_draft_that_is_gone_leads_back_to_the_form_and_not_to_an_error(visitor):
    filled(visitor)
    page = visitor.get(CHECK)
    visitor.janji.queries.drafts.clear()

    assert visitor.send(CHECK, {}, page).headers["Location"] == FORM


def test_what_became_wrong_before_sending_is_told_on_the_form(visitor):
    filled(visitor)
    page = visitor.get(CHECK)
    draft = next(iter(visitor.janji.queries.drafts.values()))
    del draft.values["nama"]

    answer = visitor.send(CHECK, {}, page)

    assert answer.status_code == 422
    assert "Nama lengkap belum diisi." in words(answer)


def test_markup_in_an_answer_stays_text(visitor):
    hostile = "<script>alert(1)</script>"

    answer = visitor.send(FORM, {**ANSWERS, "nama": hostile, "aksi": "lanjut"})

    assert hostile not in answer.text
    assert "&lt;script&gt;" in answer.text
