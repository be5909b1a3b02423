"""Open cases by kecamatan on equal tiles, arranged by the city's file; each number is a list. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from engine.views import Counted, Where
from webapp.frame.access import janji

SIDE = 100
"""One tile and the gap to the next, in units of the drawing."""
NOTHING = Counted(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tile:
    """One kecamatan: where it stands, its name in lines, its numbers and the addresses of their lists."""

    x: int
    y: int
    name: str
    lines: tuple[str, ...]
    state: str
    counts: Counted
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TileMap:
    """All tiles, and the size of the whole drawing."""

    tiles: tuple[Tile, ...]
    width: int
    height: int


def tile_map(regions: Sequence[Where]) -> TileMap | None:
    """The numbers of `regions` on their tiles; None for a city that arranges none."""
    rows = janji().city.tiles
    if not rows:
        return None
    counts = {one.id: one.counts for one in regions}
    tiles = tuple(
        _tile(code, column * SIDE, row * SIDE, counts.get(code, NOTHING))
        for row, codes in enumerate(rows)
        for column, code in enumerate(codes)
        if code
    )
    return TileMap(tiles, len(rows[0]) * SIDE, len(rows) * SIDE)


def _tile(code: str, x: int, y: int, counts: Counted) -> Tile:
    name = janji().city.regions[code].name
    addresses = {
        state: url_for("cases.listed", keadaan=state, wilayah=code) for state in ("terbuka", "terlambat", "mendekati")
    }
    return Tile(x, y, name, tuple(name.split(maxsplit=1)), _state(counts), counts, addresses)


def _state(counts: Counted) -> str:
    if counts.late:
        return "lewat_batas"
    if counts.at_risk:
        return "mendekati_batas"
    return "sesuai_janji" if counts.any else "netral"
