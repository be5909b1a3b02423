"""The two tables of a city: its regions, and the days on which it differs from the decrees. Notes every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.calendars import Closures

from .files import Notes

LEVELS = ("kota", "kecamatan", "kelurahan")
"""Levels of a region from the city down; each lies in one of the level before."""


@dataclass(frozen=True, slots=True)
class Region:
    """A kota, kecamatan or kelurahan by its code of the interior ministry. Names are not unique; codes are."""

    code: str
    name: str
    level: str
    parent: str


def read_regions(notes: Notes, path: Path) -> dict[str, Region]:
    """Regions by code; each lies in one that stands above it in the file."""
    regions: dict[str, Region] = {}
    for place, row in notes.rows(path, ("kode", "tingkat", "nama", "kode_induk")):
        region = Region(row["kode"], row["nama"], row["tingkat"], row["kode_induk"])
        if region.level not in LEVELS:
            notes.wrong(path.name, place, "level", f"tingkat must be one of {', '.join(LEVELS)}, not {region.level!r}")
        elif region.code in regions:
            notes.wrong(path.name, place, "twice", f"{region.code} is there twice")
        elif region.level != LEVELS[0] and region.parent not in regions:
            notes.wrong(path.name, place, "parent", f"kode_induk {region.parent!r} is not on a line above")
        regions.setdefault(region.code, region)
    return regions


def read_corrections(notes: Notes, path: Path, decreed: Closures) -> dict[date, str | None]:
    """What differs from the decrees: a day to the name of what closes it, or to None when the city works that day."""
    corrections: dict[date, str | None] = {}
    for place, row in notes.rows(path, ("tanggal", "jenis", "nama", "dasar")):
        mistake = _mistake(row, corrections, decreed)
        if mistake:
            notes.wrong(path.name, place, *mistake)
        else:
            corrections[date.fromisoformat(row["tanggal"])] = row["nama"] if row["jenis"] == "tambah" else None
    return corrections


def _mistake(row: Mapping[str, str], before: Mapping[date, str | None], decreed: Closures) -> tuple[str, str] | None:
    try:
        on = date.fromisoformat(row["tanggal"])
    except ValueError:
        return "date", f"tanggal must read like 2026-12-24, not {row['tanggal']!r}"
    if on in before:
        return "twice", f"{on} is corrected twice"
    if row["jenis"] not in ("tambah", "hapus"):
        return "kind", f"jenis must be tambah or hapus, not {row['jenis']!r}"
    if row["jenis"] == "tambah" and not row["nama"]:
        return "name", "nama is what citizens read; a closed day needs one"
    if row["jenis"] == "hapus" and decreed.get(on) is None:
        return "idle", f"{on} is no decreed holiday; there is nothing to remove"
    if not row["dasar"]:
        return "basis", "dasar is missing: which decree, circular or decision says so?"
    return None
