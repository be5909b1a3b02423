"""The list of work as a file for a spreadsheet: exactly the rows of the view it is taken from, with the same words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, request

from engine.views import Work
from webapp.access import access, actor, janji
from webapp.filtering import wanted
from webapp.filters import iso_day
from webapp.inbox import tag
from webapp.names import names
from webapp.showing import place
from webapp.words import say as _

pages = Blueprint("worksheet", __name__)

COLUMNS = (
    *("keadaan", "hari_kerja_tersisa", "jatuh_tempo", "tugas", "putaran", "layanan", "tahap", "berkas", "perihal"),
    *("tempat", "rahasia", "unit", "dipegang", "dibuka", "selesai"),
)
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    name = f"tugas-{want.tab or 'saya'}-{iso_day(janji().clock.now())}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(as_csv(map(_cells, rows)), mimetype="text/csv", headers=headers)


def as_csv(rows: Iterable[Iterable[str | int | None]]) -> str:
    """Rows below their COLUMNS. Numbers stay numbers; no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """What a citizen typed, so that a spreadsheet shows it and does not work it out."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _cells(work: Work) -> tuple[str | int | None, ...]:
    task, case = work.task, work.case
    return (
        _("selesai") if task.closed_at else tag(work).word,
        None if task.closed_at else work.days_left,
        _on(case.due_at),
        names().element(case.version, task.element),
        work.round,
        names().service(case.service),
        names().stage(case.version, case.stage),
        case.reference,
        _("anonim") if case.anonymous else case.subject,
        place(case.place, janji().city.regions) if case.place else "",
        _("ya") if case.confidential else "",
        names().unit(work.unit),
        work.holder_name or "",
        _on(task.opened_at),
        _on(task.closed_at),
    )


def _on(at: datetime | None) -> str:
    """The day in the city, as spreadsheets sort it."""
    return iso_day(at) if at else ""
