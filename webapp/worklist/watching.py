"""Cases that one follows: beginning and ending it on the case file, and the list with what has changed."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.casefile.trail import lines
from webapp.frame.access import access, actor, janji
from webapp.frame.telling import tell, with_news
from webapp.staff.time_left import of_row

pages = Blueprint("watching", __name__)

SHOWN = 3
"""Lines of news for each case; the rest is in its file."""


@pages.get("/tugas/diikuti")
@access("staff")
def listed() -> str:
    """The cases one follows. Those one may not read any more are let go of."""
    who = actor()
    found = janji().queries.watchlist(who)
    if found.lost:
        janji().engine.let_go(found.lost, who)
    return render_template(
        "staff/watchlist.html",
        found=found,
        tags={one.row.case.id: of_row(one.row) for one in found.cases},
        newest={one.row.case.id: lines(one.news[:SHOWN], one.row.case) for one in found.cases},
        shown=SHOWN,
    )


@pages.post("/berkas/<reference>/ikuti")
@access("staff")
def begin(reference: str) -> Response:
    """Follow a case one may read."""
    janji().queries.may_watch(reference, actor())
    return _back(reference, "watched" if janji().engine.watch(reference, actor()) else "watch_too_many")


@pages.post("/berkas/<reference>/ikuti/berhenti")
@access("staff")
def end(reference: str) -> Response:
    """Follow it no more."""
    janji().engine.unwatch(reference, actor())
    return redirect(with_news(url_for("watching.listed"), tell("unwatched", reference=reference)), 303)


def _back(reference: str, news: str) -> Response:
    there = url_for("cases.case_file", reference=reference)
    return redirect(with_news(there, tell(news, reference=reference)), 303)
