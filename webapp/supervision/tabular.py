"""The tables of the supervisor's pages as files for a spreadsheet: the same questions and words, plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from flask import Blueprint, Response, abort

from engine.views import Length
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import iso_day
from webapp.frame.spreadsheet import Cell, download
from webapp.frame.words import say as _
from webapp.staff.names import names
from webapp.supervision.oversight import Row, people_rows, place_rows, region_rows, stage_rows
from webapp.supervision.timing import WARMTH, span

pages = Blueprint("tabular", __name__)

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]
"""The names of the columns, and rows below them."""
STATES = ("terlambat", "mendekati_batas", "berjalan", "menunggu_pemohon")
LENGTH = ("jumlah", "target", "median", "p90", "dibanding_target")


@pages.get("/pengawasan/<name>.csv")
@access("supervisor")
def table(name: str) -> Response:
    """One table by its name; `langkah-<service>` are the steps of a diagram."""
    kind, _dash, service = name.partition("-")
    if kind == "langkah":
        columns, rows = _steps(service)
    elif name in TABLES:
        columns, rows = TABLES[name]()
    else:
        abort(404)
    now = janji().clock.now()
    dated = ((*row, now.isoformat(timespec="minutes")) for row in rows)
    return download(f"{name}-{iso_day(now)}", (*columns, "data_per"), dated)


def _stages() -> Table:
    seen, times = janji().queries.oversight(actor()), janji().queries.stage_times(actor(), span())
    columns = ("layanan", "tahap", *STATES, *LENGTH, "hari_kita", "hari_unit_lain", "hari_pemohon")
    return columns, (_stage(row) for row in stage_rows(seen, times))


def _stage(row: Row) -> Sequence[Cell]:
    time = row.time
    days = (time.ours, time.others, time.theirs) if time else ("", "", "")
    return (row.more, row.title, *_counts(row), *_length(time.took if time else None), *days)


def _units() -> Table:
    rows = place_rows(janji().queries.oversight(actor()))
    return ("unit", *STATES), ((row.title, *_counts(row)) for row in rows)


def _people() -> Table:
    rows = people_rows(janji().queries.oversight(actor()))
    return ("petugas", *STATES), ((row.title, *_counts(row)) for row in rows)


def _regions() -> Table:
    return ("kecamatan", *STATES), ((row.title, *_counts(row)) for row in region_rows(janji().queries.regions(actor())))


def _steps(service: str) -> Table:
    seen = janji().queries.heat(service, actor(), span())
    named = names()
    rows = (
        (named.stage(seen.version, one.stage), named.element(seen.version, one.element), *_length(one.took))
        for one in seen.tasks
    )
    return ("tahap", "langkah", *LENGTH), rows


def _queues() -> Table:
    columns = ("layanan", "sampai", "akan_terlambat", "terbuka", "sudah_lewat", "masuk_sehari", "selesai_sehari")
    queues = janji().queries.queues(actor())
    return columns, (
        (names().service(one.service), iso_day(day.on), day.late, one.open, one.late, one.arriving, one.finishing)
        for one in queues
        for day in one.days
    )


def _on_time() -> Table:
    columns = ("layanan", "bulan", "persen_tepat", "janji", "tepat", "terlambat", "masih_terbuka", "median_hari_kita")
    return (*columns, "persen_hanya_ditutup"), (
        (
            *(names().service(of.service), each.month, told.rate, told.due, told.kept, told.late, told.open),
            *(told.median, told.closed_rate),
        )
        for of in janji().queries.on_time(actor()).promises
        for each in of.months
        if (told := each.figures) is not None
    )


def _ladder() -> Table:
    columns = ("diberi_tahu", "berkas", "layanan", "kepada", "unit", "janji_lewat", "selesai")
    named = names()
    return columns, (
        (
            *(one.at.isoformat(timespec="minutes"), case.reference, named.service(case.service)),
            *(named.role(one.role, case.version), named.unit(one.unit), _("ya") if one.late else ""),
            one.cleared_at.isoformat(timespec="minutes") if one.cleared_at else "",
        )
        for one, case in janji().queries.ladder(actor()).rows
    )


def _counts(row: Row) -> Sequence[int]:
    return tuple(figure.count for figure in row.figures)


def _length(took: Length | None) -> Sequence[Cell]:
    if took is None:
        return ("",) * len(LENGTH)
    return (took.count, took.target, took.median, took.p90, _(WARMTH[took.warmth]))


TABLES: dict[str, Callable[[], Table]] = {
    "tahap": _stages,
    "unit": _units,
    "petugas": _people,
    "perkiraan": _queues,
    "ketepatan": _on_time,
    "tangga": _ladder,
    "wilayah": _regions,
}
