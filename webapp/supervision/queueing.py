"""The forecast of a queue as pages: which cases the number counts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request

from webapp.frame.access import access, actor, janji
from webapp.frame.posted import day_of
from webapp.staff.names import names

pages = Blueprint("queueing", __name__)


@pages.get("/pengawasan/perkiraan/<service>/<on>")
@access("supervisor")
def listed(service: str, on: str) -> Any:
    """The cases of a service that will be late by the close of office of a day; `?tahap=` those in one stage."""
    until_on = day_of(on)
    if until_on is None:
        abort(404)
    found, stage = janji().queries.will_be_late(service, until_on, actor()), request.args.get("tahap", "")
    return render_template(
        "staff/will_be_late.html",
        rows=[one for one in found if stage in ("", one.case.stage)],
        service=names().service(service),
        stage=names().stage(service, stage),
        on=until_on,
        as_of=janji().clock.now(),
    )
