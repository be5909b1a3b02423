"""A clerk at a verification: nonsense is kept, handed on, met by a colleague's text, looked at, finished, and next."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.bench.office import SAMPLES
from tests.browser.doing import button, heading
from tests.browser.filling import fill, finisher
from tests.browser.town import BY_SCREEN, PASSWORD, Town, Way, both_ways, login

RINA, BAGUS = "verifikator", "verifikator@distaru"


def sit_down(town: Town, who: str, path: str) -> Page:
    screen = town.desk(who)
    town.go(screen, path)
    screen.get_by_label("Nama pengguna").fill(login(who))
    screen.get_by_label("Kata sandi").fill(PASSWORD)
    town.press(screen.get_by_role("button", name="Masuk"))
    return screen


@both_ways
def test_what_a_clerk_typed_is_kept_handed_on_met_looked_at_and_finished(town: Town, way: Way):
    town.office.apply("krk", SAMPLES["titik_saja"])
    case = town.office.apply("krk", SAMPLES["titik_saja"])
    task = town.office.task(case, "verifikasi_berkas")
    path = f"/tugas/{task.id}"
    rina, bagus = sit_down(town, RINA, path), sit_down(town, BAGUS, path)
    heading(rina, "Verifikasi berkas")

    rina.locator('.schema-form [name="catatan"]').fill("asdf ??? lihat lagi <besok>")
    if way is BY_SCREEN:
        expect(rina.locator(".unfinished [role=status]")).to_contain_text("Tersimpan", timeout=10_000)
    else:
        town.press(button(rina, "Simpan draf"))
    town.go(rina, "/tugas")
    town.go(rina, path)
    expect(rina.locator(".draft-by")).to_contain_text("Draf Anda, tersimpan")
    expect(rina.locator('.schema-form [name="catatan"]')).to_have_value("asdf ??? lihat lagi <besok>")

    bagus.locator('.schema-form [name="catatan"]').fill("tulisan Bagus")
    with town._answering(409):
        town.press(button(bagus, "Simpan draf"))
    heading(bagus, "Ada dua tulisan untuk tugas ini")
    bagus.locator(".clash label", has_text="Tulisan Petugas").first.click()
    town.press(button(bagus, re.compile("^Simpan pilihan")))
    expect(bagus.locator('.schema-form [name="catatan"]')).to_have_value("asdf ??? lihat lagi <besok>")

    bagus.locator('.schema-form [name="catatan"]').fill("belum tersimpan")
    bagus.locator(".reader summary").click()
    bagus.locator(".reader .papers a").first.click()
    paper = bagus.frame_locator(".reader iframe")
    paper.get_by_role("link", name="Ukuran penuh").click()
    expect(paper.get_by_role("region", name="Gambar dalam ukuran penuh").get_by_role("img")).to_be_visible()
    expect(bagus.locator('.schema-form [name="catatan"]')).to_have_value("belum tersimpan")
    town.inspect(bagus)

    fill(bagus, {**SAMPLES["lengkap"], "catatan": "Sudah cocok."})
    town.press(finisher(bagus, SAMPLES["lengkap"]).locator("xpath=..").get_by_role("button", name="Lihat dulu"))
    heading(bagus, "Lihat dulu sebelum dikirim")
    town.press(bagus.get_by_role("link", name="Ubah"))
    expect(bagus.locator('.schema-form [name="catatan"]')).to_have_value("Sudah cocok.")
    town.press(finisher(bagus, SAMPLES["lengkap"]))
    expect(bagus.locator(".next-up")).to_contain_text("Tugas berikut yang paling mendesak")
    town.press(button(bagus, "Kerjakan tugas berikut"))
    expect(bagus.locator(".holder")).to_contain_text("Anda memegang tugas ini.")

    town.go(rina, path)
    expect(rina.get_by_text("Tugas ini sudah selesai.")).to_be_visible()
