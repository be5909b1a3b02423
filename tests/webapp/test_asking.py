"""Asking the applicant as colleagues and applicants see it: the day they set, and where everybody reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tests.builders import ROOT, Application, Office, office_in, staff
from tests.samples import sample
from tests.webapp.browsing import Visitor, browsers, seat, words

PEOPLE = {"vera": "verifikator", "kasi": "kasi", "juru": "juru_gambar", "kabid": "kabid"}
WRONG = {"*": {"hasil": "sesuai"}, "ktp": {"hasil": "tidak_sesuai", "keterangan": "Foto KTP tidak terbaca."}}
BACK = {"putusan": WRONG, "hasil": "perlu_perbaikan"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for this module; every test has a case of its own."""
    office = office_in(tmp_path_factory.mktemp("asking"))
    office.publish(ROOT / "processes" / "krk")
    seat(office, PEOPLE)
    yield office
    office.janji.close()


@pytest.fixture
def at(town: Office) -> Any:
    return browsers(town)


@pytest.fixture
def krk(town: Office) -> Application:
    return town.apply("krk", sample("krk", "perorangan"))


def days(page: Any) -> list[str]:
    """What the list of days of a desk offers."""
    return re.findall(
        r"<option[^>]*>([^<]+)</option>", page.text.partition('name="waktu"')[2].partition("</select>")[0]
    )


def day(town: Office, working_days: int) -> date:
    return town.janji.city.calendar.on(town.janji.city.calendar.plus_working_days(town.clock.now(), working_days))


def reasons(page: Any, answer: str) -> list[str]:
    """What the list of reasons beside one answer offers."""
    return re.findall(
        r"<option[^>]*>([^<]+)<", page.text.partition(f'name="putusan.{answer}.alasan"')[2].partition("</select>")[0]
    )


def said(on: date) -> str:
    """A day as pages and mails begin to say it."""
    return f"{('Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat')[on.weekday()]}, {on.day} "


def test_each_answer_offers_the_reasons_that_fit_it_those_of_the_service_too(town, at, krk):
    page = at("vera").get(f"/tugas/{town.task(krk, 'verifikasi_berkas').id}")

    assert "Tidak terbaca" in reasons(page, "ktp")
    assert "Keliru ditulis" not in reasons(page, "ktp")
    assert "Belum diketahui Lurah" in reasons(page, "formulir_permohonan")
    assert "Keliru ditulis" in reasons(page, "nama")
    assert "Tidak terbaca" not in reasons(page, "nama")
    assert "Not readable" in reasons(
        at("vera").get(f"/tugas/{town.task(krk, 'verifikasi_berkas').id}?bahasa=en"), "ktp"
    )


def test_the_applicant_reads_the_reasons_sentence_in_their_language_and_the_clerks_own_words(town, krk):
    ktp = {"hasil": "tidak_sesuai", "alasan": "tidak_terbaca", "keterangan": "Sudut kanan gelap."}
    nama = {"hasil": "tidak_sesuai", "alasan": "keliru"}
    town.do(krk, "verifikasi_berkas", {**BACK, "putusan": {**WRONG, "ktp": ktp, "nama": nama}})
    own, form = f"/t/{krk.token}", f"/t/{krk.token}/tugas/{town.task(krk, 'perbaikan_berkas').id}"

    phone, english = Visitor(town.janji), Visitor(town.janji)
    for there in (own, form):
        read = words(phone.get(there))
        assert (
            "Berkas ini tidak terbaca. Kirim foto atau pindaian yang jelas dan tidak terpotong. Sudut kanan gelap."
            in read
        )
        assert "Isian ini keliru. Tulis yang benar." in read
        assert "This paper cannot be read." in words(english.get(f"{there}?bahasa=en"))
    wanted = {one["field"]: one["reason"] for one in phone.get(f"{own}.json").get_json()["wanted"]}
    assert wanted["nama"] == "Isian ini keliru. Tulis yang benar."


def test_a_rejection_without_any_reason_and_one_that_is_not_on_the_list_are_refused(town, at, krk):
    there = f"/tugas/{town.task(krk, 'verifikasi_berkas').id}"
    typed = {"putusan.*.hasil": "sesuai", "putusan.ktp.hasil": "tidak_sesuai", "hasil": "perlu_perbaikan"}

    silent = at("vera").send(there, {**typed, "putusan.ktp.alasan": "", "putusan.ktp.keterangan": "  "})
    made_up = at("vera").send(there, {**typed, "putusan.ktp.alasan": "malas", "putusan.ktp.keterangan": "Buram."})

    assert (silent.status_code, made_up.status_code) == (422, 422)
    assert "KTP pemohon dinyatakan tidak sesuai: tulis alasannya" in words(silent)
    assert "Buram." in made_up.text
    assert town.open(krk) == ["verifikasi_berkas"]


def test_the_case_file_names_the_reason_for_colleagues(town, at, krk):
    ktp = {"hasil": "tidak_sesuai", "alasan": "tidak_terbaca", "keterangan": "Sudut kanan gelap."}
    town.do(krk, "verifikasi_berkas", {**BACK, "putusan": {**WRONG, "ktp": ktp}})

    assert "Tidak terbaca. Sudut kanan gelap." in words(at("kasi").get(f"/berkas/{krk.reference}"))


def test_a_desk_offers_days_within_the_bounds_and_proposes_the_usual_one(town, at, krk):
    page = at("vera").get(f"/tugas/{town.task(krk, 'verifikasi_berkas').id}")

    assert [one.partition("(")[2] for one in days(page)] == [f"{n} hari kerja)" for n in range(3, 16)]
    assert re.search(r'value="10" selected', page.text)
    assert days(page)[0].startswith(said(day(town, 3)))


def test_the_day_that_was_chosen_is_told_everywhere_the_applicant_looks(town, at, krk):
    until = day(town, 4)
    town.do(krk, "verifikasi_berkas", {**BACK, "waktu": 4})
    town.janji.outbox.send_due()

    phone = Visitor(town.janji)
    assert said(until) in words(phone.get(f"/t/{krk.token}")).partition("Giliran Anda")[2]
    assert said(until) in words(phone.get(f"/t/{krk.token}/tugas/{town.task(krk, 'perbaikan_berkas').id}"))
    (mail,) = (one for one in town.mail.messages if one.subject == f"Permohonan {krk.reference} perlu diperbaiki")
    assert f"paling lambat {said(until)}" in mail.body
    (event,) = Calendar.from_ical(phone.get(f"/t/{krk.token}/jawab.ics").data).walk("VEVENT")
    assert event.decoded("DTSTART") == until


def test_a_pause_says_in_the_sum_until_when_the_applicant_can_answer(town, krk):
    for element, name in (
        ("verifikasi_berkas", "lengkap"),
        ("penugasan", "koordinat_baik"),
        ("plotting_zona", "zona_sedang"),
    ):
        town.do(krk, element, sample("krk", name))
    until = day(town, 2)
    asked = [{"isian": "gambar_rencana", "alasan": "tidak_terbaca"}]
    town.do(krk, "analisis_tata_ruang", {"hasil": "minta_berkas", "permintaan": asked, "waktu": 2})

    assert f"jawab paling lambat {said(until)}" in words(Visitor(town.janji).get(f"/t/{krk.token}/hitungan"))


def test_the_day_counts_from_when_a_second_person_let_the_request_go_out(town, krk):
    town.do(krk, "verifikasi_berkas", {**BACK, "waktu": 3})
    town.do(krk, "perbaikan_berkas", {"ktp": "berkas:ktp-baru.jpg"})
    town.do(krk, "verifikasi_berkas", {**BACK, "waktu": 3})
    town.wait("+2wd")
    with town.store.read() as reads:
        waiting = reads.late_requests(krk.id)[-1]

    town.engine.grant_request(waiting.id, "", staff("kasi"), f"grant-{krk.id}")

    assert town.janji.city.calendar.on(town.task(krk, "perbaikan_berkas").due_at) == day(town, 3)


@pytest.mark.parametrize("nonsense", ["besok", "2", "99", "-1", "4,5"])
def test_a_day_out_of_bounds_is_refused_in_words_and_loses_nothing(town, at, krk, nonsense):
    there = f"/tugas/{town.task(krk, 'verifikasi_berkas').id}"
    typed = {"putusan.*.hasil": "sesuai", "putusan.ktp.hasil": "tidak_sesuai", "putusan.ktp.keterangan": "Buram."}

    answer = at("vera").send(there, {**typed, "hasil": "perlu_perbaikan", "waktu": nonsense})

    assert answer.status_code == 422
    assert "Pemohon memperbaiki paling lambat" in words(answer)
    assert "Buram." in answer.text
    assert days(answer)[0] == "Pilih …"
    assert town.open(krk) == ["verifikasi_berkas"]


def test_no_day_is_kept_where_nothing_is_asked(town, at, krk):
    there = f"/tugas/{town.task(krk, 'verifikasi_berkas').id}"
    typed = {"putusan.*.hasil": "sesuai", "daftar.formulir.tanda": "true", "daftar.letak.tanda": "true"}

    at("vera").send(there, {**typed, "hasil": "lengkap", "waktu": "10"})

    with town.store.read() as reads:
        assert "waktu" not in reads.answers(krk.id)[-1].answers
    assert town.open(krk) == ["penugasan"]


def test_there_is_no_day_for_the_calendar_while_nothing_is_asked(town, krk):
    phone = Visitor(town.janji)

    back = phone.get(f"/t/{krk.token}/jawab.ics")

    assert back.status_code == 303
    assert "saat ini kami tidak menunggu jawaban Anda" in words(phone.get(back.location))


PAID = (
    ("verifikasi_berkas", "lengkap"),
    ("penugasan", "koordinat_baik"),
    ("plotting_zona", "zona_sedang"),
    ("analisis_tata_ruang", "analisis_sesuai_tabel"),
    ("koreksi_kasi", "setuju"),
    ("koreksi_kabid", "setuju"),
    ("tanda_tangan_kadis", "setuju"),
)
PAYMENT = {"jumlah": 50000, "tanggal_bayar": "2026-11-23", "bukti_bayar": "berkas:bukti-bayar.pdf"}
TOO_LITTLE = {"hasil": "tidak_sesuai", "alasan": "Jumlah kurang Rp25.000."}


def test_a_payment_sent_back_again_waits_for_a_supervisor_who_reads_why_and_the_payer_reads_that_it_came_late(town, at):
    case = town.apply("krk", {**sample("krk", "perorangan"), "salinan_cetak": 2})
    for element, name in PAID:
        town.do(case, element, sample("krk", name))
    phone = Visitor(town.janji)
    first = words(phone.get(f"/t/{case.token}"))
    for _ in range(2):
        town.do(case, "pembayaran", PAYMENT)
        town.do(case, "konfirmasi_pembayaran", TOO_LITTLE)

    assert town.open(case) == ["konfirmasi_pembayaran"]
    with town.store.read() as reads:
        there = f"/permintaan/{reads.late_requests(case.id)[-1].id}"
    asked = at("kabid").get(there)
    assert "Ini sudah pernah dikembalikan kepada pemohon." in words(asked)
    assert "Jumlah kurang Rp25.000." in words(asked)
    at("kabid").send(f"{there}/setujui", {"alasan": ""}, asked)

    assert town.open(case) == ["pembayaran"]
    again = words(phone.get(f"/t/{case.token}"))
    assert "Jam kami berhenti paling lama 10 hari kerja seluruhnya" in again
    assert "Jam kami berhenti paling lama" not in first
    assert "menyetujui permintaan terlambat" in words(at("kasi").get(f"/berkas/{case.reference}"))
