"""Reading a city from its files: a new city is new files, never new code. What they do not say is not made up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.calendars import Calendar, Hours, NationalHolidays, Period, Week
from engine.errors import CityRefused

from .city import Channel, City, Office, Role, UnitOfCity
from .files import Notes, Section
from .map_view import read_map
from .tables import Region, read_corrections, read_regions
from .tile_map import read_tiles

Said = TypeVar("Said")

KNOWN_COUNTRY = "ID"
READABLE = 4.5
"""The least contrast of text on its ground that WCAG 2.2 level AA allows."""
SAMPLE_PER_WEEK = 2
MOST_OPEN = 25
"""Where a city says nothing: what a list of work shows on one page."""
ALWAYS: Week = {0: Hours(time(0), time(23, 59))}
"""Stands in for hours that could not be read, so that reading can go on to the next mistake."""
COUNTER = Channel("loket", "Datang ke loket", "At the counter")
"""The one way there is where the city's file names none."""


def read_city(folder: Path) -> City:
    """The city of a folder with `city.toml`, `regions.csv` and `holidays.csv`.

    Raises CityRefused with every mistake in all three files at once.
    """
    notes = Notes()
    top = notes.toml(folder / "city.toml")
    city = _city(notes, top, folder)
    top.done()
    if notes.problems:
        raise CityRefused(notes.problems)
    return city


def _city(notes: Notes, top: Section, folder: Path) -> City:
    regions = read_regions(notes, folder / "regions.csv")
    country = _country(top)
    corrections = read_corrections(notes, folder / "holidays.csv", NationalHolidays(country))
    corrected = NationalHolidays(country, corrections)
    zone, until, office = _zone(top), top.year("decreed_until"), top.section("office")
    calendar = Calendar(zone, _office_week(office), corrected, until, _periods(office))
    roles = _roles(top)
    unknown, unknown_en = _alone(top.section("unknown"), lambda one: (one.text("id"), one.text("en")))
    return City(
        name=top.text("name"),
        short=top.text("short"),
        zone=zone,
        calendar=calendar,
        roles=roles,
        units={unit: _unit(unit, section, regions) for unit, section in top.section("units").each()},
        regions=regions,
        services=top.names("services"),
        office=_office(office),
        map=read_map(top.section("map")),
        tiles=read_tiles(top.section("tiles"), regions),
        accent=_accent(top.section("look")),
        unknown=unknown,
        unknown_en=unknown_en,
        outage_days=_alone(top.section("outage"), lambda one: one.number("most_days")),
        most_open=_alone(top.section("work"), lambda one: one.whole_or("most_open", MOST_OPEN)),
        channels=_channels(top.section("channels")),
        back_days=_alone(top.section("counter"), lambda one: one.whole_or("most_days_back", 0)),
        sample_per_week=_alone(top.section("sample"), lambda one: one.whole_or("per_week", SAMPLE_PER_WEEK)),
        second_look=_alone(top.section("publication"), lambda one: one.says("second_look")),
    )


def _channels(section: Section) -> dict[str, Channel]:
    found = {name: _channel(name, one) for name, one in section.each()}
    return found or {COUNTER.id: COUNTER}


def _channel(name: str, section: Section) -> Channel:
    channel = Channel(name, section.text("title"), section.text("title_en"), online=section.says("online"))
    section.done()
    return channel


def _alone(section: Section, read: Callable[[Section], Said]) -> Said:
    """The one thing that a section says; all else in it is a mistake."""
    said = read(section)
    section.done()
    return said


def _country(top: Section) -> str:
    country = top.text("country") or KNOWN_COUNTRY
    try:
        NationalHolidays(country)
    except (NotImplementedError, ValueError):
        top.wrong("country", "country", f"no holidays with joint leave are known for {country!r}; write ID")
        return KNOWN_COUNTRY
    return country


def _zone(top: Section) -> ZoneInfo:
    name = top.text("zone")
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        top.wrong("zone", "zone", f"{name!r} is no time zone; write one like Asia/Jakarta")
        return ZoneInfo("UTC")


def _office_week(office: Section) -> Week:
    week = office.week("hours")
    if not week and office.readable:
        office.wrong("hours", "missing", "give at least one weekday its hours; an office that never opens ends no term")
    return week or ALWAYS


def _periods(office: Section) -> tuple[Period, ...]:
    return tuple(_period(section) for section in office.sections("periods"))


def _period(section: Section) -> Period:
    first_on, last_on = section.day("from"), section.day("to")
    if last_on < first_on:
        section.wrong("to", "order", "must not lie before `from`")
    period = Period(first_on, last_on, section.week("hours"), section.text("source"))
    section.done()
    return period


def _office(section: Section) -> Office:
    office = Office(
        name=section.text("name"),
        address=section.text_or_nothing("address"),
        phone=section.text_or_nothing("phone"),
        email=section.text_or_nothing("email"),
        counter=section.week("counter"),
    )
    section.done()
    return office


def _roles(top: Section) -> dict[str, Role]:
    section = top.section("roles")
    roles = {role: _role(role, table) for role, table in section.each()}
    if section.readable and not any(role.citizen for role in roles.values()):
        top.wrong("roles", "citizen", "no role is marked citizen = true; nobody could apply for anything")
    return roles


def _role(role_id: str, section: Section) -> Role:
    role = Role(
        id=role_id,
        title=section.text("title"),
        title_en=section.text("title_en"),
        citizen=section.says("citizen"),
        supervises=section.says("supervises"),
        operates=section.says("operates"),
        keeps_calendar=section.says("keeps_calendar"),
        declares_outage=section.says("declares_outage"),
        in_unit=section.says("in_unit"),
        unit=section.text_or_nothing("unit"),
    )
    section.done()
    return role


def _unit(unit_id: str, section: Section, regions: Mapping[str, Region]) -> UnitOfCity:
    unit = UnitOfCity(
        id=unit_id,
        name=section.text("name"),
        short=section.text("short"),
        phone=section.text_or_nothing("phone"),
        hours=section.week("hours"),
        region=section.text_or_nothing("region"),
    )
    if unit.region and regions and unit.region not in regions:
        section.wrong("region", "region", f"regions.csv has no {unit.region}")
    section.done()
    return unit


def _accent(look: Section) -> str:
    accent = look.text("accent")
    look.done()
    if not accent:
        return ""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        look.wrong("accent", "colour", f"must be a colour like #0b5c6b, not {accent!r}")
    elif (ratio := _contrast_with_white(accent)) < READABLE:
        look.wrong("accent", "contrast", f"white text on {accent} has contrast {ratio:.1f}; it needs {READABLE}")
    return accent


def _contrast_with_white(colour: str) -> float:
    """Contrast ratio of WCAG 2.2 between a colour `#rrggbb` and white, from 1 to 21."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
