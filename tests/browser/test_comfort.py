"""What JavaScript adds: a place chosen on a map, smaller photos, shorter lists. Tiles are never reachable here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser import trying
from tests.browser.town import Town, open_town
from tests.browser.trying import ADDRESS, field, send
from tests.builders_papers import sample_jpeg

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
    place.get_by_role("button", name=re.compile("di peta$")).click()
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
    town.inspect(phone)
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


def test_a_parcel_is_drawn_corner_by_corner_and_its_area_told(town: Town, phone: Page):
    frame = open_map(phone, "bidang")
    for x, y in ((90, 120), (220, 120), (220, 260), (60, 280)):
        frame.tap(position={"x": x, "y": y})
    phone.get_by_role("button", name="Batalkan sudut").tap()
    phone.get_by_role("button", name="Tutup bidang").tap()
    frame.tap(position={"x": 150, "y": 320})  # a closed parcel takes no stray tap

    expect(phone.get_by_text("Bidang tertutup: 3 sudut, luas kira-kira")).to_be_visible()
    drawn = field(phone, "bidang").input_value()
    assert len(drawn.splitlines()) == 3
    send(phone)
    town.go(phone, ADDRESS)
    assert field(phone, "bidang").input_value() == drawn, "what is kept comes back as corners"


def test_a_parcel_is_drawn_with_the_keyboard_alone(phone: Page):
    frame = open_map(phone, "bidang")
    for way in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        phone.get_by_role("button", name="Tambah sudut di tengah").press("Enter")
        frame.focus()
        phone.keyboard.press(way)
        expect(frame.locator(".leaflet-pan-anim")).to_have_count(0)

    assert len(set(field(phone, "bidang").input_value().splitlines())) == 3


def test_a_photo_is_sent_smaller_and_upright(town: Town, phone: Page):
    """A camera held upright writes 4000×3000 and the note to turn it."""
    turned = Image.Exif()
    turned[0x0112] = 6
    heavy = noisy_jpeg(4000, 3000, turned)
    field(phone, "foto").and_(phone.locator("[type=file]")).set_input_files(
        [{"name": "rumah.jpg", "mimeType": "image/jpeg", "buffer": heavy}]
    )
    expect(phone.get_by_text("1 berkas siap dikirim")).to_be_visible()
    expect(phone.locator(".chosen .thumb")).to_be_visible()
    with phone.expect_request(lambda asked: asked.method == "POST") as posted:
        send(phone)

    assert posted.value.sizes()["requestBodySize"] < len(heavy) / 2
    town.go(phone, ADDRESS)
    paper = phone.context.request.get(town.address + phone.locator("a.paper").get_attribute("href"))
    with Image.open(BytesIO(paper.body())) as picture:
        assert picture.size == (1200, 1600)


def test_photos_gather_and_one_is_taken_back(phone: Page):
    chooser = phone.locator("input[type=file][name=foto]")
    for name in ("satu.jpg", "dua.jpg"):
        chooser.set_input_files([{"name": name, "mimeType": "image/jpeg", "buffer": sample_jpeg()}])
        expect(phone.locator(".chosen").get_by_text(name)).to_be_visible()
    phone.get_by_role("button", name="Hapus satu.jpg").tap()

    expect(phone.locator(".chosen li")).to_have_count(1)
    assert chooser.evaluate("field => [...field.files].map(file => file.name)") == ["dua.jpg"]


def test_sending_waits_until_every_photo_is_ready(town: Town, phone: Page):
    chooser = phone.locator("input[type=file][name=foto]")
    for name in ("satu.jpg", "dua.jpg"):
        picture = noisy_jpeg(2400, 1800, Image.Exif())
        chooser.set_input_files([{"name": name, "mimeType": "image/jpeg", "buffer": picture}])
    send(phone)
    town.go(phone, ADDRESS)

    expect(phone.locator("a.paper")).to_have_text(["foto.jpg", "foto.jpg"])


def test_a_module_that_breaks_leaves_the_field_as_the_server_made_it(town: Town):
    phone = town.scripted_phone("broken")
    broken = {"body": "throw new Error('broken')", "content_type": "text/javascript"}
    phone.context.route("**/kelurahan.js", lambda asked: asked.fulfill(**broken))
    town.go(phone, ADDRESS)
    phone.get_by_role("button", name="Tambah baris").wait_for()

    field(phone, "kelurahan").select_option(label="Jerakah")
    expect(phone.get_by_label("Kecamatan")).to_have_count(0)


def test_a_kelurahan_is_found_by_its_kecamatan_and_stays_after_going_back(town: Town, phone: Page):
    phone.get_by_label("Kecamatan").select_option("Tugu")
    ward = phone.locator("select:not([hidden])").nth(1)
    ward.select_option("Jerakah")
    code = field(phone, "kelurahan").input_value()
    assert town.office.janji.city.regions[code].name == "Jerakah"

    town.go(phone, "/lacak")
    phone.go_back()
    expect(phone.get_by_label("Kecamatan")).to_have_value("Tugu")
    assert field(phone, "kelurahan").input_value() == code
    send(phone)
    town.go(phone, ADDRESS)
    expect(ward).to_have_value(code)


def test_a_question_for_some_is_hidden_until_it_applies_and_never_with_an_answer_in_it(phone: Page):
    akta = field(phone, "akta")
    expect(akta).to_be_hidden()
    phone.get_by_text("Badan", exact=True).tap()
    expect(phone.get_by_role("status").filter(has_text="Pertanyaan tambahan: Nomor akta")).to_have_count(1)
    akta.fill("12/2026")
    phone.get_by_text("Orang", exact=True).tap()

    expect(akta).to_be_visible()


def test_a_repeated_group_grows_when_asked_up_to_its_limit(phone: Page):
    more = phone.get_by_role("button", name="Tambah baris")
    names = phone.locator("[name^='tetangga.']:visible")
    expect(names).to_have_count(1)
    for count in range(2, 6):
        more.tap()
        expect(names).to_have_count(count)
    expect(more).to_be_hidden()
    expect(field(phone, "tetangga.4.nama")).to_be_focused()


def test_the_first_page_stays_light_until_a_map_is_asked_for(town: Town):
    phone = town.scripted_phone("light")
    came: list[Request] = []
    phone.on("requestfinished", lambda asked: came.append(asked))
    town.go(phone, ADDRESS)
    phone.get_by_role("button", name="Pilih di peta").wait_for()
    light = sum(asked.sizes()["responseBodySize"] for asked in came)
    phone.context.route("https://tiles.example/**", lambda asked: asked.fulfill(body="no picture"))
    open_map(phone, "titik")

    assert light <= 100_000
    assert any("leaflet.js" in asked.url for asked in came)


def test_the_same_page_without_javascript_takes_everything_as_typed(town: Town):
    plain = town.phone("plain")
    town.go(plain, ADDRESS)
    expect(plain.get_by_role("button", name=re.compile("di peta$"))).to_have_count(0)
    expect(field(plain, "akta")).to_be_visible()
    field(plain, "titik").fill("-6.98, 110.41")
    field(plain, "bidang").fill("-6.9832, 110.4091\n-6.9832, 110.4093\n-6.9834, 110.4093")
    field(plain, "kelurahan").select_option(label="Jerakah")
    field(plain, "foto").set_input_files([{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": sample_jpeg()}])
    send(plain)
    town.go(plain, f"{ADDRESS}/periksa")

    expect(plain.get_by_text("-6.980000, 110.410000")).to_be_visible()
    expect(plain.get_by_text("3 sudut, luas kira-kira")).to_be_visible()
    expect(plain.get_by_text("Jerakah, Tugu")).to_be_visible()
    expect(plain.locator("a.paper")).to_have_text("foto.jpg")


def noisy_jpeg(width: int, height: int, exif: Image.Exif) -> bytes:
    """A picture with so much in it that a camera's file would be large."""
    grain = Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")
    out = BytesIO()
    grain.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()
