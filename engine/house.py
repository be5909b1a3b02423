"""What every verb needs at hand: the store, the shelf of process versions, the city, the clock, the papers, the key.

Put together once, in settings' wiring; a verb never builds any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.forms import FormContext, value_at
from engine.library import Entry, Shelf
from engine.model import Case, Document

if TYPE_CHECKING:
    from engine.almanac import Almanac
    from engine.calendars import Calendar
    from engine.city import City
    from engine.clock import Clock
    from engine.documents import Archive
    from engine.store import Reads, Store


@dataclass(frozen=True, slots=True)
class House:
    """The parts of one running installation. Safe to share between threads."""

    store: Store
    shelf: Shelf
    almanac: Almanac
    clock: Clock
    archive: Archive
    key: bytes
    upload_bytes: int

    @property
    def city(self) -> City:
        """The city as its files describe it, with the calendar as its orders have made it since."""
        return self.almanac.city

    def calendar_of(self, reads: Reads, case: Case) -> Calendar:
        """The calendar that a case's dates are worked out by: that of its own edition, also after it has ended."""
        return self.almanac.calendar(reads, case.calendar)

    def entry(self, reads: Reads, version: str) -> Entry:
        """A published version with its parsed diagram, from the cache or the store."""
        return self.shelf.entry(version, reads.version)

    def context(self, entry: Entry, data: Mapping[str, Any], documents: Mapping[str, Document]) -> FormContext:
        """What a form is checked against: the city's regions, the case's papers and its earlier answers."""
        return FormContext(
            regions=self.city.kelurahan,
            documents=documents,
            others=entry.forms,
            data=data,
            today=self.city.calendar.on(self.clock.now()),
        )


def text_at(data: Mapping[str, Any], path: str) -> str:
    """The value at a path as text, empty when there is none."""
    found = value_at(data, path)
    return "" if found is None else str(found)
