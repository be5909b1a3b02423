"""A day at the complaints desk: a call that repeats a report, one answer for both, a photo released in part."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.doing import answer, button, path
from tests.browser.filling import fill
from tests.browser.town import BY_PHONE, BY_SCREEN, PASSWORD, Town, Way, login, open_town
from tests.builders import Application
from tests.samples import sample

WHY = "Tiang lampu yang sama."


@pytest.mark.parametrize("way", [BY_PHONE, BY_SCREEN], ids=lambda way: way.name)
def test_a_call_is_entered_merged_and_answered_and_the_photo_is_released(
    tmp_path: Path, browser: Browser, way: Way
) -> None:
    with open_town(tmp_path, browser, ["complaint"], way) as town:
        first = town.office.apply("complaint", sample("complaint", "lampu_jalan"))
        caller, reference = enter(town)
        merge(town, reference, first)
        release(town, first)

        answer(town.office, first)
        town.office.janji.outbox.send_due()
        town.office.janji.outbox.send_due()
        see(town, caller, first)
        town.everybody_leaves()


def enter(town: Town) -> tuple[str, str]:
    """The counter takes a call, is shown the report that is there already, and says the date before goodbye."""
    counter = sit_down(town, "loket")
    town.go(counter, "/loket/complaint")
    fill(counter, {"saluran": "telepon"})
    said = {name: value for name, value in sample("complaint", "lampu_jalan").items() if name != "foto"}
    fill(counter, {**said, "nama": "Budi Santosa", "telepon": "", "email": ""})
    town.refused(button(counter, "Kirim laporan"))
    expect(counter.get_by_text("Sudah ada laporan serupa")).to_be_visible()
    town.press(button(counter, "Catat sebagai laporan sendiri"))
    expect(counter.get_by_role("status")).to_contain_text("Kami jawab paling lambat Kamis, 3 Des 2026")
    town.picture(counter, "complaints-1-receipt")
    link = counter.locator(".receipt-link").inner_text()
    return link.removeprefix(town.address), counter.locator(".receipt h1").inner_text()


def merge(town: Town, reference: str, first: Application) -> None:
    """A coordinator finds both alike and lets the first carry the second."""
    desk = sit_down(town, "admin_pengaduan")
    town.go(desk, f"/berkas/{reference}/gabung")
    fill(desk, {"induk": first.reference})
    town.refused(button(desk, "Gabungkan"))
    desk.get_by_label("Mengapa keduanya hal yang sama").fill(WHY)
    town.picture(desk, "complaints-2-merge")
    town.press(button(desk, "Gabungkan"))
    expect(desk.get_by_role("status")).to_contain_text("kini dibawa laporan induknya")


def release(town: Town, first: Application) -> None:
    """Words and a photo are looked at as the public will see them, and go out after a colleague looked too."""
    desk = town.desk("admin_pengaduan")
    town.go(desk, f"/berkas/{first.reference}/publikasi")
    photo = desk.locator(".redact").first
    fill(desk, {"foto": photo.get_by_role("checkbox").get_attribute("value")})
    if town.way is BY_SCREEN:
        photo.locator("img").scroll_into_view_if_needed()
        drag(desk, photo.locator("img").bounding_box() or {})
        expect(photo.locator('input[type="number"]').first).not_to_have_value("")
    else:
        for side, percent in enumerate((10, 10, 40, 30)):
            photo.locator('input[type="number"]').nth(side).fill(str(percent))
    desk.get_by_label("Alasan atau catatan versi ini").fill("Wajah dihitamkan.")
    town.press(button(desk, "Pratinjau"))
    expect(desk.get_by_role("heading", name="Seperti dibaca umum")).to_be_visible()
    town.picture(desk, "complaints-3-release")
    town.press(button(desk, "Usulkan lepas ke umum"))
    colleague = sit_down(town, "admin_pengaduan@diskominfo")
    town.go(colleague, f"/berkas/{first.reference}/publikasi")
    town.refused(button(colleague, "Kembalikan"))
    town.picture(colleague, "complaints-3b-second-look")
    town.press(button(colleague, "Setujui, lepas ke umum"))
    town.go(town.phone("neighbour"), f"/laporan/{first.reference}")
    expect(town.phone("neighbour").locator(".photos img")).to_have_count(1)


def drag(page: Page, box: dict[str, float]) -> None:
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    page.mouse.up()


def see(town: Town, caller: str, first: Application) -> None:
    """Both reporters see where their report went and read the answer; neither sees the other, and each may dispute."""
    phone = town.phone("caller")
    town.go(phone, caller)
    expect(phone.get_by_role("heading", name="Laporan Anda ditangani bersama laporan yang sama")).to_be_visible()
    expect(phone.locator("#gabungan")).to_contain_text(sample("complaint", "kirim")["jawaban"])
    expect(phone.get_by_text("Siti Rahmawati")).to_have_count(0)
    town.picture(phone, "complaints-4-caller")
    town.press(phone.get_by_role("link", name="Tanggapi jawaban kami").first)
    fill(phone, sample("complaint", "belum_selesai"))
    town.press(button(phone, "Kirim tanggapan"))
    assert town.office.inbox("penghubung")[0].element == "tindak_lanjut_ulang"

    town.go(town.phone("reporter"), path(first))
    expect(town.phone("reporter").get_by_text("Diteruskan ke Pejabat penghubung, Disperkim")).to_be_visible()


def sit_down(town: Town, who: str) -> Page:
    """A colleague who has signed in. The page on which one signs in is looked at in other walks."""
    page = town.desk(who)
    page.goto(f"{town.address}/masuk")
    page.get_by_label("Nama pengguna").fill(login(who))
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk" not in url)
    return page
