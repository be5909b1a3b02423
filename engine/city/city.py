"""A city: its days, roles, units, regions and look. What it has not told us is empty and shown as `City.unknown`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.calendars import Calendar, Week

from .map_view import MapView
from .tables import Region
from .tile_map import Tiles


@dataclass(frozen=True, slots=True)
class Role:
    """A function people hold. `citizen`: whoever asks, not the office; `supervises`: sees and moves others' work;
    `operates`: sees incidents and the machine; `keeps_calendar`: proposes and approves changes of the calendar;
    `declares_outage`: orders that clocks stand still.

    `in_unit`: held in one unit of the city (the contact officer of a department), not in the city as such. `unit`: the
    one unit where a role sits that is not held per unit, empty when that is the office that signs or nobody has said.
    """

    id: str
    title: str
    title_en: str
    citizen: bool = False
    supervises: bool = False
    operates: bool = False
    keeps_calendar: bool = False
    declares_outage: bool = False
    in_unit: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class UnitOfCity:
    """A department, section, district or enterprise of the city. `phone`, `hours`, `region` are empty while unknown.

    `region` is the code of the kecamatan that a district office serves.
    """

    id: str
    name: str
    short: str
    phone: str = ""
    hours: Week = field(default_factory=dict)
    region: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which somebody reaches the city. `online`: they fill in the form themselves, so no clerk chooses it."""

    id: str
    title: str
    title_en: str
    online: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The office that signs. `counter` are the hours of its counter; what is empty is not known."""

    name: str
    address: str
    phone: str
    email: str
    counter: Week


@dataclass(frozen=True)
class City:
    """One city. `services` is the order in which they stand on the first page.

    `tiles`: how its kecamatan stand to each other on the supervisor's page; empty: a table is all there is.
    `outage_days`: how long one outage order may last. `most_open`: above so many open tasks nobody is suggested while
    another has fewer. `channels`: how people reach it. `back_days`: by how many days what is entered at the counter may
    have been received before. `sample_per_week`: how many closed cases of each service are looked at again.
    `second_look`: what is released to everybody waits for a second person first.
    """

    name: str
    short: str
    zone: ZoneInfo
    calendar: Calendar
    roles: Mapping[str, Role]
    units: Mapping[str, UnitOfCity]
    regions: Mapping[str, Region]
    services: tuple[str, ...]
    office: Office
    map: MapView
    tiles: Tiles
    accent: str
    unknown: str
    unknown_en: str
    outage_days: int
    most_open: int
    channels: Mapping[str, Channel]
    back_days: int
    sample_per_week: int
    second_look: bool

    @cached_property
    def supervising(self) -> frozenset[str]:
        """The roles that oversee the work of others."""
        return frozenset(role.id for role in self.roles.values() if role.supervises)

    @cached_property
    def operating(self) -> frozenset[str]:
        """The roles that keep the machine running."""
        return frozenset(role.id for role in self.roles.values() if role.operates)

    @cached_property
    def kelurahan(self) -> Mapping[str, Region]:
        """The places an address can lie in, by code, in the order of the file."""
        return {code: region for code, region in self.regions.items() if region.level == "kelurahan"}
