"""The list of work as a file for a spreadsheet: exactly the rows of the view it is taken from, with the same words."""

from __future__ import annotations

from flask import Blueprint, Response, request

from engine.views import Work
from webapp.casefile.case_sheet import OF_CASE, of_case
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import iso_day
from webapp.frame.spreadsheet import Cell, day_cell, download
from webapp.frame.words import say as _
from webapp.staff.filtering import wanted
from webapp.staff.names import names
from webapp.staff.time_left import of_row

pages = Blueprint("worksheet", __name__)

COLUMNS = (
    *("keadaan", "hari_kerja_tersisa", "jatuh_tempo", "tugas", "putaran"),
    *OF_CASE,
    *("unit", "dipegang", "dibuka", "selesai"),
)


@pages.get("/tugas.csv")
@access("staff")
def table() -> Response:
    """Every row of a list, on all its pages."""
    want = wanted(request.args)
    rows = janji().queries.exported(
        actor(),
        want.tab or "saya",
        service=want.layanan or None,
        stage=want.tahap or None,
        due=want.tempo or None,
        text=want.q,
    )
    name = f"tugas-{want.tab or 'saya'}-{iso_day(janji().clock.now())}"
    return download(name, COLUMNS, map(_cells, rows))


def _cells(work: Work) -> tuple[Cell, ...]:
    task, case = work.task, work.case
    return (
        _("selesai") if task.closed_at else of_row(work).word,
        None if task.closed_at else work.days_left,
        day_cell(case.due_at),
        names().element(case.version, task.element),
        work.round,
        *of_case(case),
        names().unit(work.unit),
        work.holder_name or "",
        day_cell(task.opened_at),
        day_cell(task.closed_at),
    )
