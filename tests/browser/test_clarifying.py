"""Asking an applicant late, refused, asked again, granted and answered; and a slip of a supervisor that is undone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import button, do_now
from tests.browser.filling import fill, finisher
from tests.browser.town import BY_PHONE, PASSWORD, Town, both_ways
from tests.builders import Application, staff
from tests.samples import sample

FINE = {"*": {"hasil": "sesuai"}}
WHY = "Bukti PBB sudah dinyatakan sesuai. Jelaskan mengapa sekarang tidak."


OLD = "Berkas ini sudah tidak berlaku. Kirim yang masih berlaku."
"""What an applicant reads of the reason that the clerk chooses from the list."""


def asking(of: str, reason: str, why: str) -> dict[str, Any]:
    verdict = {"hasil": "tidak_sesuai", "alasan": reason, "keterangan": why}
    return {"putusan": {**FINE, of: verdict}, "waktu": 4, "hasil": "perlu_perbaikan"}


def decide(town: Town, kasi: Page, case: Application, press: str, reason: str) -> None:
    """Find what waits on the page of oversight, read it and say one's word."""
    kasi.goto(f"{town.address}/pengawasan")
    town.press(kasi.locator("section[aria-labelledby=keputusan] a[href^='/permintaan/']").first)
    expect(kasi.locator(".strip-ref")).to_have_attribute("href", f"/berkas/{case.reference}")
    kasi.locator("#alasan").fill(reason)
    town.press(button(kasi, press))


def ask(town: Town, clerk: Page, task: str, answers: dict[str, Any]) -> None:
    town.go(clerk, f"/tugas/{task}")
    fill(clerk, answers)
    town.press(finisher(clerk, answers))


@both_ways
def test_a_clerk_asks_late_is_refused_asks_again_is_granted_and_the_applicant_answers(town: Town) -> None:
    case = town.office.apply("krk", sample("krk", "perorangan"))
    town.office.do(case, "verifikasi_berkas", asking("ktp", "tidak_terbaca", ""))
    town.office.do(case, "perbaikan_berkas", {"ktp": "berkas:ktp-baru.jpg"})
    task = town.office.task(case, "verifikasi_berkas")
    clerk, kasi = signed_in(town, "verifikator"), signed_in(town, "kasi")

    ask(town, clerk, task.id, asking("bukti_pbb", "kedaluwarsa", "Bukti PBB bukan tahun terakhir."))
    decide(town, kasi, case, "Tolak permintaan", WHY)

    town.go(clerk, f"/tugas/{task.id}")
    expect(clerk.get_by_text(WHY)).to_be_visible()
    expect(clerk.locator('[name="putusan.bukti_pbb.keterangan"]')).to_have_value("Bukti PBB bukan tahun terakhir.")
    ask(town, clerk, task.id, asking("bukti_pbb", "kedaluwarsa", "Baru terlihat dari sertifikat."))
    decide(town, kasi, case, "Setujui dan kirim", "")

    phone = town.phone()
    phone.goto(f"{town.address}/t/{case.token}")
    expect(phone.locator(".wanted")).to_contain_text(f"{OLD} Baru terlihat dari sertifikat.")
    do_now(town, phone, case, {"bukti_pbb": "berkas:pbb-2026.pdf"})
    assert town.office.open(case) == ["verifikasi_berkas"]


def signed_in(town: Town, who: str) -> Page:
    page = town.desk(who)
    page.goto(f"{town.address}/masuk")
    page.get_by_label("Nama pengguna").fill(who)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    town.press(button(page, "Masuk"))
    return page


@pytest.mark.parametrize("way", [BY_PHONE], ids=lambda way: way.name)
def test_a_send_back_is_undone(town: Town) -> None:
    case = town.office.apply("krk", sample("krk", "perorangan"))
    steps = ("lengkap", "koordinat_baik", "zona_sedang", "analisis_sesuai_tabel")
    elements = ("verifikasi_berkas", "penugasan", "plotting_zona", "analisis_tata_ruang")
    for element, name in zip(elements, steps, strict=True):
        town.office.do(case, element, sample("krk", name))
        town.office.wait("+1m")
    task = town.office.task(case, "koreksi_kasi")
    town.office.do(case, "koreksi_kasi", {"putusan": "kembalikan", "alasan_kembali": "Cek KDB."}, by=staff("kasi"))
    kasi = signed_in(town, "kasi")

    town.go(kasi, f"/tugas/{task.id}")
    town.press(button(kasi, "Urungkan pengembalian"))

    expect(kasi.locator('[name="alasan_kembali"]').first).to_have_value("Cek KDB.")
    assert town.office.open(case) == ["koreksi_kasi"]
