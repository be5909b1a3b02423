"""A supervisor's morning: what is late, what waits for a word, why a step takes long, whom the ladder reached."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.town import PASSWORD, Town, both_ways
from tests.samples import sample

pytestmark = both_ways


def test_a_supervisor_goes_from_the_numbers_to_the_cases_and_decides_from_the_same_page(town: Town):
    office = town.office
    late, fresh = (office.apply("krk", sample("krk", "perorangan")) for _ in range(2))
    office.do(late, "verifikasi_berkas", sample("krk", "lengkap"))
    office.do(fresh, "verifikasi_berkas", sample("krk", "lengkap"))
    office.engine.withdraw(fresh.token, "", "tarik")
    office.wait("+6wd")
    office.engine.draw_samples()

    desk = town.desk("pengawas")
    town.go(desk, "/masuk")
    desk.get_by_label("Nama pengguna").fill("pengawas")
    desk.get_by_label("Kata sandi").fill(PASSWORD)
    town.press(desk.get_by_role("button", name="Masuk"))
    town.go(desk, "/pengawasan")
    town.press(desk.locator(".figures a").first)
    expect(desk.get_by_text("1 berkas")).to_be_visible()
    town.press(desk.get_by_role("link", name=re.compile("KRK-2026")).first)
    expect(desk.get_by_role("heading", name="Siapa memakai hari yang mana")).to_be_visible()

    town.go(desk, "/pengawasan")
    town.press(desk.locator(".tiles a").first)
    expect(desk.get_by_text(re.compile(r"^\d+ berkas"))).to_be_visible()
    town.go(desk, "/pengawasan")
    town.press(desk.locator("a[href*='bulan=']").first)
    expect(desk.get_by_role("heading", name=re.compile("semua janji"))).to_be_visible()
    expect(desk.get_by_role("link", name=re.compile("KRK-2026")).first).to_be_visible()

    town.go(desk, "/pengawasan?hari=30")
    town.press(desk.get_by_role("link", name="Keterangan Rencana Kota").first)
    expect(desk.get_by_role("img", name=re.compile("Waktu kerja pada alur"))).to_be_visible()
    town.go(desk, "/pengawasan")
    town.press(desk.get_by_role("link", name="Seluruh tangga: siapa diberi tahu kapan"))
    expect(desk.get_by_text("janji sudah lewat").first).to_be_visible()

    town.go(desk, "/pengawasan")
    town.press(desk.get_by_role("link", name="Buka daftar"))
    desk.locator("summary", has_text="Catat hasil").click()
    desk.get_by_text("perlu perbaikan", exact=True).click()
    town.refused(desk.get_by_role("button", name="Simpan hasil"))
    desk.get_by_label("Catatan").fill("Alasan penarikan tidak ditanyakan.")
    town.press(desk.get_by_role("button", name="Simpan hasil"))
    expect(desk.get_by_text("Diperiksa 1 dari 1 berkas")).to_be_visible()
    town.go(desk, f"/berkas/{fresh.reference}")
    expect(desk.get_by_text("hasil: perlu perbaikan")).to_be_visible()
