"""A supervisor's day with people: one falls ill, a queue is shared out, a substitute works, somebody leaves.

On a phone without JavaScript, and on a screen with it.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.doing import button
from tests.browser.town import PASSWORD, Town, both_ways
from tests.builders import staff
from tests.samples import sample

SARI, BUDI = staff("verifikator", login="sari"), staff("verifikator", login="budi")
pytestmark = both_ways


def test_a_supervisors_day_with_people(town: Town):
    office = town.office
    for who in (SARI, BUDI):
        office.janji.accounts.add(who.id, who.id.title(), "", PASSWORD, who.posts)
    tasks = [office.task(office.apply("krk", sample("krk", "perorangan")), "verifikasi_berkas").id for _ in range(3)]
    for task in tasks:
        office.engine.claim(task, SARI)
    head = signed_in(town, "kabid")

    # she is ill today: her page, from the list, and a first form that lacks its last day
    town.go(head, "/orang")
    row = head.get_by_role("row").filter(has_text="Sari")
    expect(row.get_by_role("link", name="3")).to_be_visible()
    town.press(row.get_by_role("link", name="Sari", exact=True))
    town.press(head.get_by_role("link", name="Catat tidak hadir"))
    choose(head, "sakit")
    choose(head, "Budi")
    town.refused(button(head, "Simpan"))
    head.get_by_label("Hari terakhir").fill(head.get_by_label("Hari pertama").input_value())
    town.press(button(head, "Simpan"))
    expect(head.get_by_role("status")).to_contain_text("Ketidakhadiran tercatat.")

    # her substitute finds the work among his own
    budi = signed_in(town, "budi")
    town.go(budi, "/tugas?tab=saya")
    expect(budi.get_by_text("untuk Sari").first).to_be_visible()
    town.go(budi, f"/tugas/{tasks[0]}")
    expect(budi.get_by_text("Anda mengerjakannya untuk Sari")).to_be_visible()

    # her queue is shared out after all, by a plan
    town.go(head, "/orang/sari/serahkan")
    choose(head, "Kepada rekan, dibagi rata")
    head.get_by_label("Alasan").fill("Sakit lebih lama")
    town.press(button(head, "Lanjut"))
    expect(head.get_by_role("heading", level=1)).to_contain_text("Bagi rata 3 tugas")
    expect(head.get_by_label("Verifikasi berkas").first).to_have_value("budi")
    town.press(button(head, "Bagi sekarang"))
    expect(head.get_by_role("heading", level=1)).to_have_text("3 tugas diserahkan kepada Budi")
    town.press(button(head, "Urungkan"))
    expect(head.get_by_role("status")).to_contain_text("3 tugas dikembalikan seperti semula.")

    # one of them goes to whoever is suggested, by one press
    town.go(head, f"/tugas/{tasks[1]}")
    head.get_by_text("Serahkan ke rekan").click()
    town.press(button(head, "Serahkan kepada Budi"))
    expect(head.get_by_role("status")).to_contain_text("diserahkan kepada Budi")

    # new tasks are given out by themselves from now on
    town.go(head, "/orang")
    town.press(button(head, "Nyalakan"))
    expect(head.get_by_role("status")).to_contain_text("kini dibagikan sendiri")

    # and she leaves
    town.go(head, "/orang/sari")
    head.get_by_text("Tutup akun Sari").click()
    choose(head, "Ya, Sari berhenti")
    town.press(button(head, "Tutup akun"))
    expect(head.get_by_role("status")).to_contain_text("Akun ditutup; 2 tugas kembali ke kelompok.")


def choose(page: Page, words: str) -> None:
    """Press the words beside a box or a button of choice, as people do: they lie over it."""
    page.locator(".choice label").filter(has_text=words).first.click()


def signed_in(town: Town, login: str) -> Page:
    """At their desk; `kabid` is a role whose account is made when they first sit down."""
    page = town.desk(login) if login == "kabid" else town.phone(login)
    town.go(page, "/masuk")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    town.press(page.get_by_role("button", name="Masuk"))
    return page
