"""Everything a citizen can do with a case, once on a phone without JavaScript and once on a screen with it.

What the office has to do before is done through the engine, so that each act begins where it begins for the citizen.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import answer, button, do_now, heading, letters, path
from tests.browser.filling import fill
from tests.browser.town import Town, both_ways
from tests.builders import Application
from tests.issuing import issue_krk
from tests.samples import sample

REJECTED = {
    "putusan": {"*": {"hasil": "sesuai"}, "ktp": {"hasil": "tidak_sesuai", "keterangan": "Foto KTP tidak terbaca."}},
    "hasil": "perlu_perbaikan",
}
pytestmark = both_ways


@pytest.fixture
def phone(town: Town) -> Page:
    return town.phone()


@pytest.fixture
def krk(town: Town) -> Application:
    return town.office.apply("krk", sample("krk", "perorangan"))


@pytest.fixture
def report(town: Town) -> Application:
    return town.office.apply("complaint", sample("complaint", "lampu_jalan"))


@pytest.fixture
def answered(town: Town, report: Application) -> Application:
    """A street lamp that was mended and answered on the first day."""
    answer(town.office, report)
    return report


# ── before it is sent ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_with_mistakes_comes_back_with_every_one_of_them_and_with_all_that_was_typed(town: Town, phone: Page):
    town.go(phone, "/layanan/complaint/ajukan")
    fill(phone, {"judul": "Lampu mati", "email": "bukan alamat"})
    town.refused(button(phone, "Lanjut: periksa jawaban"))

    summary = phone.locator(".error-summary")
    expect(summary).to_be_visible()
    assert summary.get_by_role("link").count() >= 3
    expect(phone.locator('[name="judul"]')).to_have_value("Lampu mati")
    summary.get_by_role("link").first.click()
    assert phone.evaluate("document.activeElement.closest('.field') !== null"), "a mistake leads to its question"


def test_an_application_is_gone_on_with_from_another_phone_by_mail(town: Town, phone: Page):
    town.go(phone, "/layanan/krk/ajukan/pemohon")
    fill(phone, {"jenis_pemohon": "perorangan", "nama": "Siti Rahmawati"})
    town.refused(button(phone, "Simpan dan lanjut"))
    town.go(phone, "/layanan/krk/ajukan")
    later(town, phone, "siti@contoh.example")

    other = town.phone("another")
    town.go(other, letters(town)["lanjut"])
    town.press(button(other, "Lanjutkan pengisian"))
    expect(other.get_by_role("status")).to_contain_text("Inilah isian Anda")
    town.go(other, "/layanan/krk/ajukan/pemohon")
    expect(other.locator('[name="nama"]')).to_have_value("Siti Rahmawati")


def test_an_application_is_gone_on_with_by_telephone_and_code(town: Town, phone: Page):
    town.go(phone, "/layanan/iptb/ajukan")
    later(town, phone, "081200000101")
    letters(town)
    code = re.search(r"\b\d{6}\b", town.office.texts.messages[-1].body)
    assert code

    other = town.phone("another")
    town.go(other, "/lanjut")
    other.get_by_label("Nomor HP", exact=True).fill("081200000101")
    other.get_by_label("Kode 6 angka").fill("000000" if code[0] != "000000" else "000001")
    town.refused(button(other, "Lanjutkan pengisian"))
    other.get_by_label("Kode 6 angka").fill(code[0])
    town.press(button(other, "Lanjutkan pengisian"))
    expect(other.get_by_role("status")).to_contain_text("Inilah isian Anda")


def later(town: Town, phone: Page, contact: str) -> None:
    """Have a way back sent."""
    asked = phone.locator('form[action$="/lanjut-nanti"]')
    if phone.locator("details", has=asked).count():
        phone.locator("details", has=asked).locator("summary").click()
    asked.locator('[name="kontak"]').fill(contact)
    town.press(asked.get_by_role("button"))
    expect(phone.get_by_role("status")).to_contain_text("kami kirim")


def test_a_similar_report_is_followed_instead_and_its_news_confirmed_and_stopped(town: Town, phone: Page, report):
    town.go(phone, "/layanan/complaint/ajukan")
    fill(phone, {**sample("complaint", "lampu_jalan"), "email": "budi@contoh.example"})
    town.press(button(phone, "Lanjut: periksa jawaban"))
    heading(phone, "Apakah ini laporan yang sama?")
    town.refused(button(phone, "Ini laporan yang sama: ikuti saja"))
    phone.locator(".choice label").first.click()
    phone.locator('[name="kontak"]').fill("budi@contoh.example")
    town.press(button(phone, "Ini laporan yang sama: ikuti saja"))
    heading(phone, "Tinggal satu langkah")

    town.go(phone, letters(town)["konfirmasi"])
    town.press(button(phone, "Ya, saya ingin mengikuti laporan ini"))
    heading(phone, "Kontak Anda sudah dikonfirmasi")
    town.office.do(report, "verifikasi_laporan", sample("complaint", "lengkap"))
    town.office.do(report, "disposisi", sample("complaint", "ke_disperkim"))
    town.go(phone, letters(town)["berhenti"])
    town.press(button(phone, "Berhenti menerima kabar"))
    heading(phone, "Kabar sudah berhenti")


# ── while it runs ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_is_confirmed_and_a_lost_link_comes_back_to_it(town: Town, phone: Page, krk: Application):
    town.go(phone, letters(town)["konfirmasi"])
    town.press(button(phone, "Ya, ini kontak saya"))
    heading(phone, "Kontak Anda sudah dikonfirmasi")

    town.go(phone, "/lacak")
    town.refused(button(phone, "Lacak berkas"))
    town.go(phone, "/lacak/hilang")
    town.refused(button(phone, "Kirim tautan"))
    phone.get_by_label("Nomor berkas").fill(krk.reference)
    phone.get_by_label("E-mail atau nomor HP").fill("siti@contoh.example")
    town.press(button(phone, "Kirim tautan"))
    heading(phone, "Bila cocok, tautan sudah kami kirim")

    town.go(phone, letters(town)["t"])
    expect(phone.locator(".promise-date")).to_be_visible()
    town.go(phone, "/lacak")
    phone.get_by_label("Nomor berkas").fill(krk.reference)
    phone.get_by_label("Kode", exact=True).fill(krk.code)
    town.press(button(phone, "Lacak berkas"))
    heading(phone, re.compile("Keterangan Rencana Kota"))


def test_only_what_was_rejected_is_corrected(town: Town, phone: Page, krk: Application):
    town.office.do(krk, "verifikasi_berkas", REJECTED)
    town.go(phone, path(krk))
    expect(phone.locator(".wanted")).to_contain_text("Foto KTP tidak terbaca.")
    town.press(phone.locator(".card.next .acts a"))
    assert phone.locator("main form .field").count() == 1, "nothing else is asked again"
    fill(phone, {"ktp": "berkas:ktp-baru.jpg"})
    town.press(phone.locator("main form .acts button"))

    expect(phone.get_by_role("status")).to_have_text("Jawaban Anda sudah kami terima.")
    assert town.office.open(krk) == ["verifikasi_berkas"]


def test_a_question_of_the_office_is_answered(town: Town, phone: Page, report: Application):
    town.office.do(report, "verifikasi_laporan", sample("complaint", "perlu_keterangan"))
    do_now(town, phone, report, sample("complaint", "keterangan"))

    assert town.office.open(report) == ["verifikasi_laporan"]


def test_an_application_is_withdrawn_after_being_asked_once_more(town: Town, phone: Page, krk: Application):
    town.go(phone, path(krk))
    town.press(phone.get_by_role("link", name="Tarik berkas ini"))
    town.refused(button(phone, "Tarik berkas"))
    phone.get_by_text("Ya, saya ingin menarik berkas ini").click()
    town.press(button(phone, "Tarik berkas"))

    expect(phone.get_by_role("status")).to_have_text("Berkas Anda sudah ditarik.")
    assert town.office.case(krk).outcome == "ditarik"


def test_what_is_late_is_pressed_for_and_its_sum_counted_out(town: Town, phone: Page, krk: Application):
    town.office.do(krk, "verifikasi_berkas", sample("krk", "lengkap"))
    town.office.work_through("2026-12-01T09:00")
    town.go(phone, path(krk))
    expect(phone.get_by_text("Lewat batas")).to_be_visible()
    town.press(phone.locator('a[href$="/hitungan"]').first)
    heading(phone, re.compile(r"\w"))

    town.go(phone, path(krk))
    town.press(button(phone, "Desak penyelesaian"))
    heading(phone, "Desakan Anda sudah kami teruskan")
    expect(phone.locator(".facts")).to_contain_text(krk.reference)
    town.go(phone, path(krk))
    expect(button(phone, "Desak penyelesaian")).to_have_count(0)


# ── when it is done ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_disputed_once(town: Town, phone: Page, answered: Application):
    do_now(town, phone, answered, sample("complaint", "belum_selesai"))

    assert town.office.open(answered) == ["tindak_lanjut_ulang"]


def test_an_answer_is_accepted_and_four_weeks_later_one_press_says_that_it_was_not_fixed(
    town: Town, phone: Page, answered: Application
):
    do_now(town, phone, answered, sample("complaint", "terima"))
    town.office.wait("+28d")
    town.go(phone, path(answered))
    town.press(phone.locator(".card.next button").last)
    expect(phone.get_by_role("status")).to_be_visible()

    town.go(phone, path(answered))
    town.press(button(phone, "Lapor lagi tentang hal ini"))
    assert phone.url.endswith("/layanan/complaint/ajukan")


def test_nine_questions_are_answered_once_and_their_index_published(town: Town, phone: Page, answered: Application):
    town.office.do(answered, "tanggapan_pelapor", sample("complaint", "terima"))
    town.go(phone, path(answered))
    town.press(phone.get_by_role("link", name="Beri nilai"))
    town.refused(button(phone, "Kirim penilaian"))
    for question in phone.locator("fieldset.scores").all():
        question.locator("label").nth(2).click()
    town.press(button(phone, "Kirim penilaian"))
    expect(phone.get_by_role("status")).to_contain_text("Terima kasih")


def test_somebody_takes_their_data_along_and_has_them_erased(town: Town, phone: Page, report: Application):
    town.office.engine.withdraw(report.token, "", "a key")
    town.go(phone, path(report))
    town.press(phone.locator('a[href$="/data"]'))
    town.refused(button(phone, "Unduh data saya"))
    town.press(phone.locator(".nav-language"))
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    town.press(phone.locator(".nav-language"))
    phone.locator("#kode-unduh").fill(report.code)
    with phone.expect_download() as download:
        button(phone, "Unduh data saya").click()
    assert download.value.path().read_bytes().startswith(b"PK")

    town.go(phone, f"{path(report)}/data")
    phone.locator("#kode-hapus").fill(report.code)
    phone.get_by_text("Ya, hapus data pribadi saya dari berkas ini").click()
    town.press(button(phone, "Minta dihapus"))
    expect(phone.get_by_role("status")).to_be_visible()


def test_a_paper_is_received_checked_and_replaced_by_a_corrected_one(town: Town, phone: Page):
    case = issue_krk(town.office)
    town.print_due()
    town.go(phone, path(case))
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("Unduh PDF")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    town.press(phone.get_by_role("link", name="Periksa keasliannya"))
    heading(phone, "Dokumen ini asli dan berlaku")
    town.missing(phone, "/v/KRK.2026.99999")
