"""A slip of a supervisor, undone on a phone without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import button
from tests.browser.town import BY_PHONE, PASSWORD, Town
from tests.builders import staff
from tests.samples import sample


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
