"""With the keyboard alone: a complaint from the first page to its receipt, and the place of a KRK on an open map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.browser.town import BY_SCREEN, Town, Way, settle
from tests.browser.trying import field


@pytest.fixture
def way() -> Way:
    return BY_SCREEN


@pytest.fixture
def screen(town: Town) -> Page:
    return town.phone()


def test_a_complaint_is_filed_with_the_keyboard_alone(town: Town, screen: Page):
    hands = Hands(screen)
    town.go(screen, "/")
    hands.follow(screen.locator('main a[href$="/layanan/complaint"]').first)
    hands.follow(screen.locator('a[href$="/layanan/complaint/ajukan"]').first)
    settle(screen)
    hands.write(field(screen, "judul"), "Saluran meluap")
    hands.write(field(screen, "kategori"), "Banjir")
    hands.write(field(screen, "uraian"), "Setiap hujan saluran di gang kami meluap ke rumah warga.")
    hands.write(screen.get_by_label("Kecamatan"), "Tembalang")
    hands.write(screen.get_by_label("Kelurahan"), "Bulusan")
    hands.write(field(screen, "lokasi"), "Gang di belakang balai warga")
    hands.write(field(screen, "nama"), "Budi Santosa")
    hands.write(field(screen, "telepon"), "081200000102")
    hands.follow(screen.get_by_role("button", name="Lanjut: periksa jawaban"))
    hands.follow(screen.locator(".sending button"))

    expect(screen.get_by_role("heading", level=1)).to_have_text("Sudah kami terima")


def test_a_place_is_chosen_on_an_open_map_and_left_again_with_the_keyboard_alone(town: Town, screen: Page):
    hands = Hands(screen)
    town.go(screen, "/layanan/krk/ajukan")
    hands.follow(screen.locator('.parts a[href$="/lokasi"]'))
    settle(screen)
    hands.write(field(screen, "jalan"), "Jl. Bulusan Utara")
    hands.write(field(screen, "rt"), "001")
    hands.write(field(screen, "rw"), "004")
    hands.write(screen.get_by_label("Kecamatan"), "Tembalang")
    hands.write(screen.get_by_label("Kelurahan"), "Bulusan")
    hands.to(screen.locator('[name="cara_lokasi"]').first)
    hands.press("Space")
    if not screen.locator('[name="cara_lokasi"][value="titik"]').is_checked():
        hands.press("ArrowDown")
    place = screen.locator(".place").filter(has=field(screen, "koordinat"))
    hands.to(place.get_by_role("button", name=re.compile("di peta$")))
    hands.press("Enter")
    frame = place.get_by_role("application")
    expect(frame.get_by_role("button", name="Perbesar")).to_be_visible()
    town.inspect(screen)
    hands.to(frame)
    hands.press("ArrowUp")
    expect(frame.locator(".leaflet-pan-anim")).to_have_count(0)
    hands.to(place.get_by_role("button", name="Pakai titik tengah"))
    hands.press("Enter")
    assert re.fullmatch(r"-\d\.\d+, \d+\.\d+", field(screen, "koordinat").input_value())
    hands.follow(screen.get_by_role("button", name="Simpan dan lanjut"))
    assert screen.url.endswith("/rencana"), "the part is complete and leads to the next"

    town.go(screen, "/layanan/krk/ajukan/lokasi")
    expect(field(screen, "jalan")).to_have_value("Jl. Bulusan Utara")
