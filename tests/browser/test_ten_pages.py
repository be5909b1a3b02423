"""The ten main pages of a citizen: at 320 px, with text twice as large, in bytes, and as pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response

from tests.browser.filling import fill
from tests.browser.town import PHONE, SCREEN, SCREENSHOTS, Town, open_town, settle
from tests.builders import ROOT
from tests.issuing import issue_iptb
from tests.samples import sample

MAIN = (
    "home",
    "service",
    "parts",
    "part",
    "check",
    "received",
    "running",
    "late",
    "sum",
    "paper",
)
APPLICANT = ("jenis_pemohon", "nama", "nik", "alamat", "telepon", "email")
FIRST_PAGES = ("/layanan/krk", "/layanan/iptb", "/layanan/complaint")
CUT = """spared => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!box.width || style.position === "absolute" || one.matches(spared)) return false;
    const beyond = box.left < -1 || box.right > innerWidth + 1;
    const hides = style.overflow !== "visible" && !/auto|scroll/.test(style.overflow);
    return beyond || hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""
"""Elements that stick out of the window or hide a part of what they hold."""
OVERLAPPING = """spared => {
    const lines = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode, around = text.parentElement;
        if (!text.data.trim() || !around.checkVisibility() || around.closest(spared)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) lines.push([box, text]);
    }
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
    return lines.flatMap(([a, text], at) => lines.slice(at + 1)
        .filter(([b, other]) => other !== text && over(a, b))
        .map(([, other]) => `${text.data.trim()} / ${other.data.trim()}`));
}"""
"""Words that lie over other words."""
SPARED = "svg *, .skip, select, option, input, textarea"
"""What may hold more than it shows: a field scrolls, a drawing is its own space."""
UNSEEN = "svg, .skip, .unseen, option, textarea"
GALLERY = ROOT / ".readme"
TALLEST = 1100
"""Pixels of a picture: enough for what a page is about."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town"), browser) as town:
        yield town


@pytest.fixture(scope="module")
def pages(town: Town) -> dict[str, str]:
    """Where each of the ten pages is; the citizen's browser has a draft and a receipt."""
    office, phone = town.office, town.phone()
    paper = issue_iptb(office)
    town.print_due()
    late = office.apply("krk", sample("krk", "perorangan"))
    office.do(late, "verifikasi_berkas", sample("krk", "lengkap"))
    office.work_through("2026-12-01T09:00")
    running = office.apply("complaint", sample("complaint", "lampu_jalan"))
    office.do(running, "verifikasi_laporan", sample("complaint", "lengkap"))
    town.go(phone, "/layanan/complaint/ajukan")
    fill(phone, sample("complaint", "informasi"))
    town.press(phone.get_by_role("button", name="Lanjut: periksa jawaban"))
    town.press(phone.locator(".sending button"))
    received = phone.url.removeprefix(town.address)
    town.go(phone, "/layanan/krk/ajukan/pemohon")
    fill(phone, {name: value for name, value in sample("krk", "perorangan").items() if name in APPLICANT})
    town.press(phone.get_by_role("button", name="Simpan dan lanjut"))
    town.go(phone, "/layanan/complaint/ajukan")
    fill(phone, sample("complaint", "banjir"))
    town.press(phone.get_by_role("button", name="Lanjut: periksa jawaban"))
    return {
        "home": "/",
        "service": "/layanan/krk",
        "parts": "/layanan/krk/ajukan",
        "part": "/layanan/krk/ajukan/pemohon",
        "check": "/layanan/complaint/ajukan/periksa",
        "received": received,
        "running": f"/t/{running.token}",
        "late": f"/t/{late.token}",
        "sum": f"/t/{late.token}/hitungan",
        "paper": f"/t/{paper.token}",
    }


@pytest.fixture(scope="module")
def reader(town: Town, pages: dict[str, str]) -> Iterator[Page]:
    """The same citizen with scripts on, whose window takes any size."""
    context = town.browser.new_context(storage_state=town.phone().context.storage_state(), locale="id-ID")
    yield context.new_page()
    context.close()


def whole(page: Page) -> None:
    """Nothing on this page is cut off, lies over something else or has to be moved sideways."""
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "it has to be moved sideways"
    assert page.evaluate(CUT, SPARED) == [], "something is cut off"
    assert page.evaluate(OVERLAPPING, UNSEEN) == [], "words lie over words"


@pytest.mark.parametrize("name", MAIN)
@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (640, "100%"), (1280, "200%")])
def test_nothing_is_lost_on_a_narrow_screen_at_twice_the_zoom_or_with_text_twice_as_large(
    town: Town, pages: dict[str, str], reader: Page, name: str, width: int, text: str
):
    """A window of 1280 px zoomed to 200 % is 640 CSS px wide."""
    reader.set_viewport_size({"width": width, "height": 720})
    reader.goto(town.address + pages[name])
    reader.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    whole(reader)


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def loaded(town: Town, address: str) -> list[int]:
    """Bytes of everything that a browser with scripts and an empty cache loads for a page."""
    context = town.browser.new_context(viewport=PHONE, locale="id-ID")
    page = context.new_page()
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    page.goto(town.address + address)
    settle(page)
    assert {one.url.split("/")[2] for one in came} == {town.address.split("/")[2]}, "it asks a third party"
    assert not [one.url for one in came if one.request.resource_type == "font"], "it loads a font"
    sizes = [one.request.sizes()["responseBodySize"] + one.request.sizes()["responseHeadersSize"] for one in came]
    context.close()
    assert sum(sizes) > 5_000, "nothing was measured"
    return sizes


@pytest.mark.parametrize("name", ["running", "late", "paper"])
def test_a_case_with_all_it_loads_stays_below_fifty_kilobytes(town: Town, pages: dict[str, str], name: str):
    assert sum(loaded(town, pages[name])) <= 50_000


@pytest.mark.parametrize("address", FIRST_PAGES)
@pytest.mark.parametrize("page", ["", "/ajukan"])
def test_the_first_pages_of_a_service_stay_below_a_hundred_kilobytes(town: Town, address: str, page: str):
    assert sum(loaded(town, address + page)) <= 100_000


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_gallery_shows_the_ten_pages_at_both_widths_in_little_pictures(
    town: Town, pages: dict[str, str], reader: Page
):
    """With JANJI_SCREENSHOTS naming a folder the pictures are taken anew and kept there."""
    if folder := os.environ.get(SCREENSHOTS):
        for size in (PHONE, SCREEN):
            reader.set_viewport_size(size)
            for name in MAIN:
                reader.goto(town.address + pages[name])
                settle(reader)
                draw(reader, Path(folder) / f"{name}-{size['width']}.png")
    told = (GALLERY / "GALLERY.md").read_text(encoding="utf-8")
    for name in MAIN:
        for size in (PHONE, SCREEN):
            picture = f"{name}-{size['width']}.png"
            assert picture in told
            assert (GALLERY / picture).stat().st_size <= 60_000


def draw(page: Page, path: Path) -> None:
    """The upper part of a page, in as few colours as it has."""
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    clip = {"x": 0, "y": 0, "width": (page.viewport_size or PHONE)["width"], "height": height}
    taken = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    with Image.open(BytesIO(taken)) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
