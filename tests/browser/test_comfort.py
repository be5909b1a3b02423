"""What JavaScript adds: a place chosen on a map, smaller photos, shorter lists. Tiles are never reachable here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import trying
from tests.browser.town import Town, open_town
from tests.browser.trying import ADDRESS, field, send

TILES = "https://tiles.example/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Town]:
    """A city with a tile server that answers nonsense to every question."""
    folder: Path = tmp_path_factory.mktemp("town")
    with open_town(folder, browser, (), tile_url=TILES, tile_attribution="© Contoh https://tiles.example/c") as town:
        trying.publish(town.office, folder)
        yield town
        town.everybody_leaves()


@pytest.fixture
def phone(town: Town, request: pytest.FixtureRequest) -> Page:
    """A new phone with JavaScript in front of the form; it may say where it is."""
    page = town.scripted_phone(request.node.name)
    page.context.grant_permissions(["geolocation"])
    page.context.route("https://tiles.example/**", lambda asked: asked.fulfill(body="no picture"))
    town.go(page, ADDRESS)
    return page


def point(page: Page) -> tuple[float, float]:
    lat, lng = field(page, "titik").input_value().split(",")
    return float(lat), float(lng)


def open_map(page: Page, name: str) -> Locator:
    """Press "Pilih di peta" at a field; gives the map."""
    place = page.locator(".place").filter(has=field(page, name))
    place.get_by_role("button", name="Pilih di peta").click()
    frame = place.get_by_role("application")
    expect(frame.get_by_role("button", name="Perbesar")).to_be_visible()
    return frame


def test_a_point_is_tapped_on_a_map_whose_tiles_do_not_come(town: Town, phone: Page):
    frame = open_map(phone, "titik")
    expect(phone.get_by_text("Peta latar tidak dapat dimuat; titik tetap dapat dipilih.")).to_be_visible()
    frame.tap(position={"x": 100, "y": 150})

    lat, lng = point(phone)
    assert abs(lat - -6.9932) < 0.05
    assert abs(lng - 110.4203) < 0.05
    town.fits_a_phone(phone)
    send(phone)
    town.go(phone, ADDRESS)
    assert point(phone) == (lat, lng)


def test_a_point_is_chosen_with_the_keyboard_alone(phone: Page):
    frame = open_map(phone, "titik")
    before = field(phone, "titik").input_value()
    frame.focus()
    for _ in range(3):
        phone.keyboard.press("ArrowUp")
        expect(frame.locator(".leaflet-pan-anim")).to_have_count(0)
    phone.get_by_role("button", name="Pakai titik tengah").press("Enter")

    assert before == ""
    assert point(phone)[0] > -6.9932, "north of the city's centre"


def test_a_point_typed_by_hand_moves_the_pin(phone: Page):
    frame = open_map(phone, "titik")
    field(phone, "titik").fill("-7.05, 110.35")
    field(phone, "titik").blur()

    expect(frame.locator(".map-pin")).to_be_visible()


def test_my_location_is_filled_in_and_its_error_told(phone: Page):
    phone.context.set_geolocation({"latitude": -6.98321, "longitude": 110.40912, "accuracy": 12})
    phone.get_by_role("button", name="Pakai lokasi saya").click()

    expect(field(phone, "titik")).to_have_value("-6.983210, 110.409120")
    expect(phone.get_by_role("status").filter(has_text="sekitar 12 meter")).to_be_visible()


def test_a_refused_location_is_no_dead_end(phone: Page):
    phone.context.clear_permissions()
    phone.get_by_role("button", name="Pakai lokasi saya").click()

    expect(phone.get_by_text("Izin lokasi tidak diberikan.")).to_be_visible()
