"""The city's files: what they say of Semarang, and that every mistake in them is told at once."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.city import City, read_city
from engine.city.map_view import INDONESIA
from engine.errors import CityRefused

PROCESSES = Path(__file__).parents[2] / "processes"
FILES = ("city.toml", "regions.csv", "holidays.csv")


@pytest.fixture(scope="module")
def semarang() -> City:
    return read_city(PROCESSES)


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in FILES:
        shutil.copy(PROCESSES / name, tmp_path / name)
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, f"{name} does not say {old!r}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def add(folder: Path, name: str, line: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def mistakes(folder: Path) -> set[tuple[str, str, str]]:
    with pytest.raises(CityRefused) as refused:
        read_city(folder)
    return {(problem.file, problem.element, problem.code) for problem in refused.value.problems}


def test_semarang_has_16_kecamatan_and_177_kelurahan_each_in_its_own(semarang):
    kecamatan = [region for region in semarang.regions.values() if region.level == "kecamatan"]

    assert len(kecamatan) == 16
    assert len(semarang.kelurahan) == 177
    assert all(code.startswith(region.parent + ".") for code, region in semarang.kelurahan.items())


def test_two_kelurahan_of_one_name_are_told_apart_by_code(semarang):
    purwosari = [semarang.regions[k.parent].name for k in semarang.kelurahan.values() if k.name == "Purwosari"]

    assert purwosari == ["Semarang Utara", "Mijen"]


def test_the_office_closes_at_four_and_on_friday_at_two(semarang):
    calendar = semarang.calendar

    assert calendar.closes_at(date(2026, 11, 26)).astimezone(semarang.zone).hour == 16
    assert calendar.closes_at(date(2026, 11, 27)).astimezone(semarang.zone).hour == 14


def test_a_date_after_the_last_decreed_year_is_an_estimate(semarang):
    assert semarang.calendar.decreed_until == 2026
    assert semarang.calendar.is_estimate(date(2027, 1, 7))


def test_every_role_has_a_title_in_both_languages_and_only_the_applicant_is_a_citizen(semarang):
    assert all(role.title and role.title_en for role in semarang.roles.values())
    assert [role.id for role in semarang.roles.values() if role.citizen] == ["pemohon"]
    assert [role.id for role in semarang.roles.values() if role.operates] == ["operator"]


def test_no_telephone_number_was_made_up(semarang):
    assert {unit.phone for unit in semarang.units.values()} == {""}
    assert not re.search(r"\(?0\d{2,3}\)?[ -]?\d{5,}", (PROCESSES / "city.toml").read_text(encoding="utf-8"))
    assert (semarang.unknown, semarang.unknown_en) == ("belum diketahui", "not yet known")


def test_every_kecamatan_has_its_office_among_the_units(semarang):
    served = {unit.region for unit in semarang.units.values() if unit.region}

    assert served == {region.code for region in semarang.regions.values() if region.level == "kecamatan"}


def test_a_correction_closes_one_day_and_opens_another(folder):
    add(folder, "holidays.csv", "2026-11-24,tambah,Hari Uji,SE contoh 1")
    add(folder, "holidays.csv", "2026-12-24,hapus,,SE contoh 2")

    calendar = read_city(folder).calendar

    assert calendar.closed_because(date(2026, 11, 24)) == "Hari Uji"
    assert calendar.is_open(date(2026, 12, 24))


def test_ramadan_hours_are_read_from_a_period(folder):
    period = '[[office.periods]]\nfrom = 2026-11-23\nto = 2026-11-27\nsource = "SE contoh"\n'
    edit(folder, "city.toml", "[roles]", period + 'hours = { senin = "08:00-15:15" }\n[roles]')

    city = read_city(folder)

    assert city.calendar.closes_at(date(2026, 11, 23)).astimezone(city.zone).strftime("%H:%M") == "15:15"
    assert city.calendar.closes_at(date(2026, 11, 24)).astimezone(city.zone).strftime("%H:%M") == "16:00"


def test_a_city_that_names_no_centre_opens_its_maps_on_the_whole_country(folder):
    edit(folder, "city.toml", '[map]\ncentre = "-6.9932, 110.4203"\nzoom = 13\n', "")

    assert read_city(folder).map == INDONESIA


def test_all_mistakes_in_all_files_are_told_at_once(folder):
    edit(folder, "city.toml", 'zone = "Asia/Jakarta"', 'zone = "Asia/Semarang"')
    edit(folder, "city.toml", 'name = "Kota Semarang"\n', "")
    edit(folder, "city.toml", "decreed_until = 2026", 'decreed_until = "2026"')
    edit(folder, "city.toml", 'accent = "#0b5c6b"', 'accent = "#ffff00"')
    edit(folder, "city.toml", 'senin = "08:00-16:00"', 'senin = "16:00-08:00"')
    edit(folder, "city.toml", 'centre = "-6.9932, 110.4203"', 'centre = "110.4203, -6.9932"')
    edit(folder, "city.toml", "zoom = 13", "zoom = 30")
    edit(folder, "city.toml", "citizen = true", "citizens = true")
    edit(folder, "city.toml", 'region = "33.74.16"', 'region = "33.74.17"')
    add(folder, "regions.csv", "33.74.17.1001,kelurahan,Entah,33.74.17")
    add(folder, "regions.csv", "33.74.16.1007,kelurahan,Mangunharjo,33.74.16")
    add(folder, "regions.csv", "33.74.16.1008,dusun,Entah,33.74.16")
    add(folder, "regions.csv", "33.74.16.1009,kelurahan,Entah")
    for line in (
        "2026-13-01,tambah,Apa,SE",
        "2026-11-24,libur,Apa,SE",
        "2026-11-24,tambah,,SE",
        "2026-11-24,tambah,Apa,",
    ):
        add(folder, "holidays.csv", line)
    add(folder, "holidays.csv", "2026-11-25,hapus,,SE")
    comments = sum(line.startswith("#") for line in (folder / "holidays.csv").read_text(encoding="utf-8").splitlines())

    assert mistakes(folder) == {
        ("city.toml", "zone", "zone"),
        ("city.toml", "name", "missing"),
        ("city.toml", "decreed_until", "type"),
        ("city.toml", "look.accent", "contrast"),
        ("city.toml", "map.centre", "point"),
        ("city.toml", "map.zoom", "range"),
        ("city.toml", "office.hours.senin", "hours"),
        ("city.toml", "roles.pemohon.citizens", "unknown-key"),
        ("city.toml", "roles", "citizen"),
        ("city.toml", "units.kecamatan_tugu.region", "region"),
        ("regions.csv", "line 196", "parent"),
        ("regions.csv", "line 197", "twice"),
        ("regions.csv", "line 198", "level"),
        ("regions.csv", "line 199", "columns"),
        ("holidays.csv", f"line {comments + 2}", "date"),
        ("holidays.csv", f"line {comments + 3}", "kind"),
        ("holidays.csv", f"line {comments + 4}", "name"),
        ("holidays.csv", f"line {comments + 5}", "basis"),
        ("holidays.csv", f"line {comments + 6}", "idle"),
    }


def test_the_refusal_names_file_place_and_what_to_do(folder):
    edit(folder, "city.toml", 'country = "ID"', 'country = "XX"')

    with pytest.raises(CityRefused, match=r"city\.toml · country: no holidays .* are known for 'XX'; write ID"):
        read_city(folder)


@pytest.mark.parametrize("broken", [b"name = ", b"\xff\xfe"])
def test_a_broken_file_is_one_mistake_not_a_list_of_what_it_would_have_said(folder, broken):
    (folder / "city.toml").write_bytes(broken)

    assert {code for _, _, code in mistakes(folder)} == {"file-broken"}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()

    assert mistakes(folder) == {(name, "file", "file-missing")}


def test_a_table_of_the_wrong_kind_is_one_mistake(folder):
    edit(folder, "city.toml", '[unknown]\nid = "belum diketahui"\nen = "not yet known"', "")
    edit(folder, "city.toml", "country =", "unknown = 5\ncountry =")

    assert mistakes(folder) == {("city.toml", "unknown", "type")}


def test_a_city_without_tiles_has_none_and_one_with_them_places_every_kecamatan_once(folder):
    tiles = read_city(folder).tiles
    assert sorted(code for row in tiles for code in row if code) == sorted(
        one.code for one in read_city(folder).regions.values() if one.level == "kecamatan"
    )
    assert len({len(row) for row in tiles}) == 1

    edit(folder, "city.toml", '"33.74.16 33.74.13', '"33.74.99 33.74.16 33.74.05')
    assert mistakes(folder) == {
        ("city.toml", "tiles.rows", "unknown-region"),
        ("city.toml", "tiles.rows", "twice"),
        ("city.toml", "tiles.rows", "missing"),
    }

    text = (folder / "city.toml").read_text(encoding="utf-8")
    before, _, after = text.partition("[tiles]")
    (folder / "city.toml").write_text(before + after.partition("\n]\n")[2], encoding="utf-8")
    assert read_city(folder).tiles == ()
