"""How figures about kept promises are written: one table of rows for the screen and for the file, and its bars. Pure.

What is hidden has no figures here either, so that no page can show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from engine.views import Figures, Performance, PromiseFigures

HIDDEN = "×"
"""Stands in every cell that is not told. Not "fewer than ten": a larger month may be hidden with a small one."""
TOTAL = "jumlah"
COLUMNS = {
    "jatuh_tempo": "Janji jatuh tempo",
    "tepat": "Tepat waktu",
    "terlambat": "Terlambat",
    "terbuka_lewat": "Lewat, masih terbuka",
    "persen_tepat": "Persen tepat waktu",
    "persen_dari_ditutup": "Persen bila hanya yang ditutup dihitung",
    "median_hari": "Median hari kami",
    "p90_hari": "Persentil 90 hari kami",
    "hari_kami": "Hari kami seluruhnya",
    "hari_pemohon": "Hari pemohon seluruhnya",
    "batal": "Berakhir sebelum jatuh tempo",
}
MEANINGS = {
    "jatuh_tempo": "Semua janji yang tanggalnya jatuh pada bulan itu dan sudah lewat saat data ini dibuat, selesai "
    "ataupun belum.",
    "tepat": "Dipenuhi paling lambat pada saat jatuh tempo.",
    "terlambat": "Ditutup setelah jatuh tempo, termasuk berkas yang berakhir tanpa janjinya dipenuhi.",
    "terbuka_lewat": "Sudah lewat jatuh tempo dan belum dipenuhi. Dihitung meleset, sama dengan yang terlambat.",
    "persen_tepat": "Tepat waktu dibagi janji jatuh tempo. Dibulatkan ke bawah: 100 hanya bila semuanya tepat.",
    "persen_dari_ditutup": "Cara hitung lain yang sering dipakai: yang masih terbuka ditinggalkan. Kami tampilkan "
    "supaya terlihat bedanya.",
    "median_hari": "Separuh janji yang ditutup memakai hari kami paling banyak sekian. Hari pemohon tidak termasuk.",
    "p90_hari": "Sembilan dari sepuluh janji yang ditutup memakai hari kami paling banyak sekian.",
    "hari_kami": "Jumlah hari yang dihitung atas nama kami, untuk semua janji yang ditutup.",
    "hari_pemohon": "Jumlah hari berkas berada di tangan pemohon; jam kami berhenti.",
    "batal": "Ditarik atau ditutup sebelum jatuh tempo: tidak tepat dan tidak meleset. Hanya pada jumlah.",
}
"""What each column means, said beside it and in the data dictionary."""

COUNTED_IN = {"working_days": "hari kerja", "calendar_days": "hari kalender"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a promise in one month, or in total. `cells` by column, as text without any language."""

    service: str
    promise: str
    counts_in: str
    month: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of a chart: how high of a hundred, None when it is hidden; `x` counts columns from the left."""

    x: int
    month: str
    height: float | None
    label: str


def rows(performance: Performance, service: str = "", month: str = "") -> Iterator[Row]:
    """The lines of all promises, of one service or one month if named: first the total, then the latest month."""
    for one in performance.promises:
        if service in ("", one.service):
            if not month:
                yield _row(one, TOTAL, one.total)
            for each in one.months:
                if month in ("", each.month):
                    yield _row(one, each.month, each.figures)


def _row(of: PromiseFigures, month: str, figures: Figures | None) -> Row:
    cells = _cells(figures)
    if month != TOTAL:
        cells["batal"] = ""  # told of all months only: of a hidden one it could be worked out
    return Row(of.service, of.promise, of.counts_in.value, month, cells)


def _cells(figures: Figures | None) -> dict[str, str]:
    if figures is None:
        return dict.fromkeys(COLUMNS, HIDDEN)
    values = (
        *(figures.due, figures.kept, figures.late, figures.open, figures.rate, figures.closed_rate),
        *(_plain(figures.median), figures.p90, figures.ours, figures.theirs, figures.cancelled),
    )
    return {name: "" if value is None else str(value) for name, value in zip(COLUMNS, values, strict=True)}


def _plain(value: Decimal | None) -> Decimal | None:
    """`3` for 3.0, `3.5` as it is."""
    return value.quantize(Decimal(1)) if value is not None and value == value.to_integral_value() else value


def bars(of: PromiseFigures) -> tuple[Bar, ...]:
    """The rate of each month, the oldest on the left."""
    found = []
    for x, each in enumerate(reversed(of.months)):
        rate = each.figures.rate if each.figures else None
        found.append(Bar(x, each.month, None if rate is None else float(rate), HIDDEN if rate is None else f"{rate}"))
    return tuple(found)
