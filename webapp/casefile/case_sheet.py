"""A list of cases as a file for a spreadsheet: exactly the rows of the view it is taken from, on all its pages."""

from __future__ import annotations

from flask import Blueprint, Response, request

from engine.model import Case
from engine.views import CaseRow
from webapp.casefile.cases import narrowed
from webapp.forms.showing import place
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import iso_day
from webapp.frame.spreadsheet import Cell, day_cell, download
from webapp.frame.words import say as _
from webapp.staff.filtering import wanted
from webapp.staff.names import names
from webapp.staff.time_left import of_row

pages = Blueprint("case_sheet", __name__)

OF_CASE = ("layanan", "tahap", "berkas", "perihal", "tempat", "rahasia")
"""Columns that say which case a row is about, also in the list of work."""
COLUMNS = ("keadaan", "hari_kerja_tersisa", "jatuh_tempo", *OF_CASE, "saluran", "masuk", "berakhir", "hasil")


@pages.get("/kasus.csv")
@access("staff")
def table() -> Response:
    """Every row of a list of cases; recorded with each case."""
    want = wanted(request.args)
    rows = janji().queries.exported_cases(actor(), **narrowed(want))
    return download(f"kasus-{want.keadaan or 'semua'}-{iso_day(janji().clock.now())}", COLUMNS, map(_cells, rows))


def _cells(row: CaseRow) -> tuple[Cell, ...]:
    case = row.case
    return (
        _("selesai") if case.ended_at else of_row(row).word,
        None if case.ended_at else row.days_left,
        day_cell(case.due_at),
        *of_case(case),
        names().channel(case.channel),
        day_cell(case.started_at),
        day_cell(case.ended_at),
        names().outcome(case.version, case.outcome) if case.ended_at else "",
    )


def of_case(case: Case) -> tuple[Cell, ...]:
    """The cells below OF_CASE."""
    return (
        names().service(case.service),
        names().stage(case.version, case.stage),
        case.reference,
        _("anonim") if case.anonymous else case.subject,
        place(case.place, janji().city.regions) if case.place else "",
        _("ya") if case.confidential else "",
    )
