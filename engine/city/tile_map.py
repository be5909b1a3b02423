"""The kecamatan of a city as equal tiles, as city.toml arranges them. An arrangement, no boundary; draws nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .files import Section
from .tables import Region

EMPTY = "-"
MOST_ACROSS = 12
"""More tiles side by side could not be read on a screen."""

Tiles = tuple[tuple[str, ...], ...]
"""Rows from north to south, each from west to east: codes of kecamatan, an empty text where there is none."""


def read_tiles(section: Section, regions: Mapping[str, Region]) -> Tiles:
    """The table `[tiles]`: `rows = ["33.74.16 33.74.13", "- 33.74.15"]`. Without the table: no tiles at all.

    Every kecamatan stands once, so that no case is missing from the picture.
    """
    rows = [row.split() for row in section.names("rows")]
    section.done()
    placed = Counter(code for row in rows for code in row if code != EMPTY)
    known = [one.code for one in regions.values() if one.level == "kecamatan"]
    if not known:
        return ()  # that there are no regions is a mistake of the other file
    for code, count in placed.items():
        if code not in known:
            section.wrong("rows", "unknown-region", f"{code!r} is no kecamatan of regions.csv")
        elif count > 1:
            section.wrong("rows", "twice", f"{code} stands {count} times; each kecamatan has one tile")
    missing = [code for code in known if code not in placed] if rows else []
    if missing:
        section.wrong("rows", "missing", f"has no tile for {', '.join(missing)}")
    across = max(map(len, rows), default=0)
    if across > MOST_ACROSS:
        section.wrong("rows", "range", f"has {across} tiles side by side; {MOST_ACROSS} are the most")
    return tuple(
        tuple("" if code == EMPTY else code for code in (*row, *[EMPTY] * (across - len(row)))) for row in rows
    )
