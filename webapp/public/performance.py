"""How the city keeps its promises, for everybody: a page and the same lines as CSV. Knows no case."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from engine.views import Performance
from webapp.frame.access import access, janji
from webapp.frame.filters import iso_day
from webapp.frame.spreadsheet import download
from webapp.frame.words import ServiceWords
from webapp.public.figures import COLUMNS, COUNTED_IN, HIDDEN, MEANINGS, TOTAL, bars, rows
from webapp.public.services import BASIS
from webapp.public.survey_words import GRADES

pages = Blueprint("performance", __name__)


@pages.get("/kinerja")
@access("public")
def overview() -> str:
    """Every promise with its figures, what each figure means, and since when."""
    found = janji().queries.performance()
    service, month = _asked(found)
    lines = list(rows(found, service, month))
    shown = [one for one in found.promises if service in ("", one.service)]
    return render_template(
        "citizen/performance.html",
        found=found,
        service=service,
        month=month,
        parts=[
            (one, [line for line in lines if (line.service, line.promise) == (one.service, one.promise)], bars(one))
            for one in shown
        ],
        months=sorted({each.month for one in found.promises for each in one.months}, reverse=True),
        words={name: ServiceWords(facts, name) for name, facts in found.services.items()},
        rules={(name, rule.id): rule for name, facts in found.services.items() for rule in facts.promises},
        satisfaction=[janji().queries.satisfaction(name) for name in found.services if service in ("", name)],
        grades=GRADES,
        basis=BASIS,
        columns=COLUMNS,
        meanings=MEANINGS,
        counted_in=COUNTED_IN,
        total=TOTAL,
        hidden=HIDDEN,
    )


@pages.get("/kinerja.csv")
@access("public")
def table() -> Response:
    """The lines of the page as a file; its columns are explained on the page."""
    found = janji().queries.performance()
    as_of = found.as_of.isoformat(timespec="minutes")
    return download(
        f"kinerja-{iso_day(found.as_of)}",
        ("layanan", "janji", "satuan", "bulan", *COLUMNS, "data_per"),
        (
            (line.service, line.promise, line.counts_in, line.month, *line.cells.values(), as_of)
            for line in rows(found, *_asked(found))
        ),
    )


def _asked(found: Performance) -> tuple[str, str]:
    """The service and month that were asked for; what is unknown means all."""
    service, month = request.args.get("layanan", ""), request.args.get("bulan", "")
    months = {each.month for one in found.promises for each in one.months}
    return (service if service in found.services else "", month if month in months else "")
