"""A clerk's morning with the list of work: by thumb on a phone without scripts, by single keys on a screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import button, heading
from tests.browser.town import BY_PHONE, BY_SCREEN, PASSWORD, Town
from tests.builders import Application, staff
from tests.samples import sample

WHO = "verifikator"


@pytest.fixture
def cases(town: Town) -> list[Application]:
    """Three that nobody has looked at yet."""
    return [town.office.apply("krk", sample("krk", "perorangan")) for _ in range(3)]


@pytest.fixture
def clerk(town: Town, cases: list[Application]) -> Page:
    """Signed in, with the list on the screen."""
    page = town.desk(WHO)
    page.goto(f"{town.address}/masuk")
    page.get_by_label("Nama pengguna").fill(WHO)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    town.press(button(page, "Masuk"))
    return page


@pytest.mark.parametrize("way", [BY_PHONE], ids=lambda way: way.name)
def test_by_thumb_two_are_taken_one_is_put_off_and_another_case_is_followed(town: Town, clerk: Page, cases):
    for tick in clerk.locator(".cell-pick input").all()[:2]:
        tick.check()
    town.press(clerk.locator("#serentak").get_by_role("button", name="Ambil"))
    heading(clerk, "2 tugas Anda ambil")

    town.go(clerk, "/tugas?tab=saya")
    clerk.locator(".cell-pick input").first.check()
    town.press(button(clerk, "Tunda …"))
    heading(clerk, "Tunda 1 tugas")
    clerk.get_by_label("Ingatkan saya pada").fill(tomorrow(town))
    clerk.get_by_label("Catatan untuk diri sendiri").fill("Tunggu kabar BPN")
    town.press(button(clerk, "Tunda"))
    expect(clerk.locator(".news")).to_contain_text("1 tugas ditunda")
    expect(clerk.locator("table.work")).to_have_count(2)
    expect(clerk.locator("table.work").last).to_contain_text("Tunggu kabar BPN")

    other = next(case for case in cases if town.office.task(case, "verifikasi_berkas").holder is None)
    town.go(clerk, f"/berkas/{other.reference}")
    town.press(button(clerk, "Ikuti berkas ini"))
    town.office.do(other, "verifikasi_berkas", sample("krk", "lengkap"), by=staff(WHO, login="rekan"))
    town.go(clerk, "/tugas")
    town.press(clerk.get_by_role("link", name="Saya ikuti 1 berubah"))
    expect(clerk.locator(".watched")).to_contain_text("1 perubahan")

    town.go(clerk, "/tugas/tombol")
    heading(clerk, "Tombol papan ketik")


@pytest.mark.parametrize("way", [BY_SCREEN], ids=lambda way: way.name)
def test_by_keys_a_task_is_found_taken_opened_and_left_for_the_next_one(town: Town, clerk: Page):
    keys = clerk.keyboard
    keys.press("?")
    expect(clerk.get_by_role("dialog")).to_be_visible()
    town.inspect(clerk)
    keys.press("Escape")
    expect(clerk.get_by_role("dialog")).to_have_count(0)

    keys.press("j")
    keys.press("j")
    keys.press("k")
    keys.press("x")
    rows = clerk.locator("[data-row]")
    expect(rows.nth(0).get_by_role("checkbox")).to_be_checked()
    expect(rows.nth(0).locator('[data-key="o"]')).to_be_focused()
    town.inspect(clerk)

    with clerk.expect_event("load"):
        keys.press("c")
    expect(clerk.locator(".news")).to_contain_text("Anda mengambil")
    town.inspect(clerk)
    first = clerk.url.partition("?")[0]
    keys.press("f")
    assert clerk.evaluate("document.activeElement.closest('.schema-form') !== null")
    clerk.locator("textarea").first.focus()
    keys.type("jn?x")
    assert clerk.url.partition("?")[0] == first, "what is typed is nobody's key"

    clerk.locator("h1").click()
    clerk.evaluate("document.activeElement.blur()")
    with clerk.expect_event("load"):
        keys.press("n")
    assert clerk.url.partition("?")[0] != first

    town.go(clerk, "/tugas?tab=kelompok")
    keys.press("/")
    expect(clerk.get_by_label("Cari")).to_be_focused()
    clerk.evaluate("document.activeElement.blur()")
    keys.press("g")
    with clerk.expect_event("load"):
        keys.press("m")
    expect(clerk.locator('.tabs [aria-current="page"]')).to_contain_text("Tugas saya")
    keys.press("j")
    with clerk.expect_event("load"):
        keys.press("Enter")
    assert clerk.url.partition("?")[0] == first

    town.go(clerk, "/saya")
    clerk.get_by_text("Satu tombol untuk berpindah").click()
    town.press(button(clerk, "Simpan"))
    town.go(clerk, "/tugas?tab=kelompok")
    keys.press("j")
    assert clerk.evaluate("document.activeElement === document.body"), "they can be switched off"


def tomorrow(town: Town) -> str:
    return (town.office.janji.city.calendar.on(town.office.clock.now()) + timedelta(days=1)).isoformat()
