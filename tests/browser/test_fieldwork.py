"""A survey on a cheap phone: taken along, filled in without signal, sent once; and a case that moved meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from engine.model import Post
from engine.stories.samples import sample_paper
from tests.browser.town import PASSWORD, PHONE, Town, open_town
from tests.builders import Application, staff
from tests.issuing import samples, survey_waits

EIGHT_DAYS_MS = 8 * 24 * 3_600_000
HERE = {"latitude": -7.05735, "longitude": 110.44612, "accuracy": 4.2}
SURVEYOR = staff("surveyor")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Town]:
    """One town for these walks; in each the surveyors get phones of their own."""
    with open_town(tmp_path_factory.mktemp("lapangan"), browser, services=("krk",)) as town:
        for login in ("surveyor", "rekan"):
            town.office.janji.accounts.add(login, login.title(), "", PASSWORD, frozenset({Post("surveyor")}))
        yield town
        town.look_again()
        town.everybody_leaves()


@pytest.fixture
def phone(town: Town) -> Iterator[Page]:
    """The surveyor's phone, signed in, that knows where it is."""
    how = {"viewport": PHONE, "has_touch": True, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}
    context = town.browser.new_context(**how, geolocation=HERE, permissions=["geolocation"])
    page = context.new_page()
    page.on("pageerror", lambda broken: town.faults.append(str(broken)))
    sign_in(town, page)
    yield page
    context.close()


def sign_in(town: Town, page: Page, login: str = "surveyor") -> None:
    """Sign in at the door, on the way to where one was going."""
    if "/masuk?lanjut" not in page.url:
        page.goto(f"{town.address}/masuk?lanjut=/lapangan/")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/lapangan/*")


def held(town: Town) -> Application:
    """A KRK whose survey the surveyor holds."""
    case = survey_waits(town.office)
    town.office.engine.claim(town.office.task(case, "survei_lapangan").id, SURVEYOR)
    return case


UNANSWERED = [
    "Tanggal survei",
    "Titik hasil ukur",
    "Lebar jalan di depan persil",
    "Keadaan lapangan",
    "Foto lapangan",
]
"""What a survey must say: told on site, also without signal."""


def take_along(town: Town, phone: Page, case: Application) -> None:
    town.go(phone, "/lapangan/")
    phone.get_by_role("button", name=f"Bawa ke lapangan {case.reference}").click()
    expect(phone.get_by_text("siap dibuka tanpa internet")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")


def go_out(phone: Page) -> None:
    """Out where there is no signal; open the survey from the phone's own list."""
    phone.context.set_offline(True)
    phone.goto(phone.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Survei saya")
    open_survey(phone)


def open_survey(phone: Page) -> None:
    phone.get_by_role("link", name=re.compile("^Survei lapangan")).click()
    phone.wait_for_selector("body[data-kept]")


def fill_in(phone: Page) -> None:
    phone.get_by_label("Tanggal survei").fill("2026-11-23")
    phone.get_by_text("Lebar jalan diukur").click()
    phone.get_by_role("button", name="Pakai lokasi saya").click()
    expect(phone.get_by_role("textbox", name="Titik hasil ukur")).to_have_value("-7.057350, 110.446120")
    phone.get_by_label("Lebar jalan di depan persil").fill("lima setengah")
    phone.get_by_label("Keadaan lapangan").fill("Tanah kosong, ada saluran di timur.")
    for name in ("depan.jpg", "samping.jpg"):
        photo = {"name": name, "mimeType": "image/jpeg", "buffer": sample_paper(f"berkas:{name}")}
        phone.locator("#f-foto").set_input_files(photo)
        expect(phone.locator(".chosen li").filter(has_text=name)).to_be_visible()
    expect(phone.get_by_text("Tersimpan di ponsel ini pukul")).to_be_visible()


def test_a_survey_filled_in_without_signal_survives_a_reload_and_is_sent_once_though_its_answer_got_lost(town, phone):
    case = held(town)
    take_along(town, phone, case)
    go_out(phone)
    phone.get_by_role("button", name="Simpan hasil survei").click()
    expect(phone.locator("[data-part=wrong] li")).to_have_text(UNANSWERED)
    fill_in(phone)

    phone.reload()
    phone.wait_for_selector("body[data-kept]")
    expect(phone.get_by_label("Keadaan lapangan")).to_have_value("Tanah kosong, ada saluran di timur.")
    expect(phone.get_by_label("Lebar jalan di depan persil")).to_have_value("lima setengah")
    expect(phone.get_by_label("Ketelitian titik")).to_have_value("5")
    expect(phone.locator(".chosen li")).to_have_count(2)
    town.inspect(phone)
    phone.get_by_label("Lebar jalan di depan persil").fill("5,5")
    phone.get_by_role("button", name="Simpan hasil survei").click()
    expect(phone.get_by_text("Tersimpan di ponsel ini. Terkirim sendiri")).to_be_visible()

    photos_sent: list[str] = []

    def stumble(route: Route) -> None:
        photos_sent.append(route.request.url)
        route.abort() if len(photos_sent) == 2 else route.continue_()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.context.route("**/foto.json", stumble)
    phone.context.route("**/kirim.json", lose)
    with phone.expect_event("requestfailed", lambda asked: asked.url.endswith("/foto.json")):
        phone.context.set_offline(False)
    with phone.expect_event("requestfailed", lambda asked: asked.url.endswith("/kirim.json")):
        phone.reload()
    assert len(photos_sent) == 3, "the photo that had come is not sent again"
    phone.context.unroute("**/kirim.json")
    assert town.office.open(case) == ["plotting_zona"], "the office had it, only its answer was lost"
    phone.goto(f"{town.address}/lapangan/")

    expect(phone.get_by_text("Selesai: Survei lapangan")).to_be_visible()
    expect(phone.get_by_text("Belum ada survei yang dibawa.")).to_be_visible()
    with town.office.store.read() as reads:
        done = [e for e in reads.audit(case.id) if (e.verb, e.element) == ("complete", "survei_lapangan")]
        told = next(row.answers for row in reads.answers(case.id) if row.element == "survei_lapangan")
        photos = [paper for paper in reads.documents(case.id) if paper.field == "foto"]
    assert (len(done), len(photos), len(told["foto"])) == (1, 2, 2)
    assert (told["ketelitian"], told["lebar_jalan"], told["diperiksa"]) == (5, 5.5, ["jalan"])


def test_a_survey_that_a_colleague_finished_first_is_shown_beside_theirs_and_kept_as_a_note(town, phone):
    case = held(town)
    take_along(town, phone, case)
    go_out(phone)
    fill_in(phone)
    phone.get_by_label("Lebar jalan di depan persil").fill("5,5")
    phone.get_by_role("button", name="Simpan hasil survei").click()

    town.office.do(case, "survei_lapangan", samples("krk")["hasil_survei"], by=SURVEYOR)
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", name="Punya Anda dan keadaan sekarang")).to_be_visible()
    mine = phone.locator('[data-part="own"]')
    expect(mine).to_contain_text("Tanah kosong, ada saluran di timur.")
    expect(mine).to_contain_text("Senin, 23 Nov 2026")
    expect(phone.locator(".columns")).to_contain_text("Persil datar")
    town.inspect(phone)
    phone.get_by_role("button", name="Simpan punya saya sebagai catatan").click()

    expect(phone.get_by_text("Catatan tersimpan.")).to_be_visible()
    with town.office.store.read() as reads:
        [note] = reads.comments(case.id)
        papers = [paper for paper in reads.documents(case.id) if paper.field == "foto"]
    assert "Keadaan lapangan: Tanah kosong" in note.text
    assert "Sudah diperiksa di lapangan: Lebar jalan diukur" in note.text
    assert len(papers) == 4
    town.go(phone, "/lapangan/")
    expect(phone.get_by_text("Belum ada survei yang dibawa.")).to_be_visible()


CHANGE = """([id, how]) => new Promise((done) => { indexedDB.open("janji-lapangan").onsuccess = ({ target }) => {
    const rows = target.result.transaction("survei", "readwrite").objectStore("survei");
    rows.getAll().onsuccess = ({ target }) => {
        for (const row of target.result) if (row.task === id) rows.put({ ...row, ...how });
        rows.transaction.oncomplete = done;
    };
} })"""
"""Lets the phone remember something else of a survey than it took along."""


def test_what_changed_since_is_compared_first_and_a_session_that_ran_out_costs_no_word(town, phone):
    case = held(town)
    take_along(town, phone, case)
    task = town.office.task(case, "survei_lapangan").id
    phone.evaluate(CHANGE, [task, {"answers": {"kondisi": ["Rawa."]}, "mark": "before", "facts": [["RT", "009"]]}])

    open_survey(phone)
    changed = phone.get_by_role("row").filter(has_text="RT")
    expect(changed).to_have_text(re.compile(r"RT\s*009\s*001"))
    expect(phone.get_by_label("Keadaan lapangan")).to_have_value("Rawa.")
    town.inspect(phone)
    phone.get_by_role("button", name="Sudah saya bandingkan").click()
    expect(changed).to_be_hidden()
    fill_in(phone)
    phone.get_by_label("Lebar jalan di depan persil").fill("5,5")
    phone.context.clear_cookies()
    phone.get_by_role("button", name="Simpan hasil survei").click()
    expect(phone.get_by_text("Masuk lagi untuk mengirim.")).to_be_visible()
    assert town.office.open(case) == ["survei_lapangan"]

    phone.get_by_role("link", name="Masuk lagi").click()
    sign_in(town, phone)

    expect(phone.get_by_text("Selesai: Survei lapangan")).to_be_visible()
    assert town.office.open(case) == ["plotting_zona"]


def test_a_colleague_on_the_same_phone_sees_nothing_of_it_and_signing_out_leaves_only_what_is_not_sent(town, phone):
    begun, untouched = held(town), held(town)
    for case in (begun, untouched):
        take_along(town, phone, case)
    phone.get_by_role("link", name=begun.reference).click()
    phone.wait_for_selector("body[data-kept]")
    phone.get_by_label("Keadaan lapangan").fill("Baru setengah.")
    expect(phone.get_by_text("Tersimpan di ponsel ini pukul")).to_be_visible()

    phone.goto(f"{town.address}/tugas")
    phone.get_by_role("button", name="Keluar").click()
    expect(phone.get_by_text("1 survei yang belum terkirim tetap di ponsel ini.")).to_be_visible()
    sign_in(town, phone, "rekan")
    expect(phone.get_by_text("Belum ada survei yang dibawa.")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto(f"{town.address}/lapangan/{town.office.task(begun, 'survei_lapangan').id}")
    expect(phone.get_by_text("Belum ada survei yang dibawa.")).to_be_visible()
    phone.context.set_offline(False)

    phone.context.clear_cookies()
    sign_in(town, phone)
    expect(phone.locator("#di-ponsel")).to_contain_text("Sedang diisi")
    expect(phone.locator("#di-ponsel li")).to_have_count(1)

    phone.clock.set_fixed_time(phone.evaluate("Date.now()") + EIGHT_DAYS_MS)
    town.go(phone, "/lapangan/")
    expect(phone.get_by_text(f"{begun.reference} sudah dihapus dari ponsel ini")).to_be_visible()
    phone.get_by_role("button", name="Mengerti").click()
    expect(phone.get_by_text("Belum ada survei yang dibawa.")).to_be_visible()
