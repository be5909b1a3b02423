"""The visits and tasks behind the lengths of the supervisor's pages, the longest first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.views import TookList
from webapp.frame.access import access, actor, janji
from webapp.staff.names import names
from webapp.supervision.promise_lists import turned
from webapp.supervision.timing import plain, span

pages = Blueprint("took_lists", __name__)


@pages.get("/pengawasan/kunjungan/<service>/<stage>")
@access("supervisor")
def visits(service: str, stage: str) -> Any:
    """Visits to a stage that ended lately, and whose the days were."""
    seen = janji().queries.visits(service, stage, actor(), span(), _start())
    return _page(seen, service, names().stage(service, stage), visits=True)


@pages.get("/pengawasan/langkah/<service>/<element>")
@access("supervisor")
def done(service: str, element: str) -> Any:
    """Tasks of one step that somebody finished lately."""
    seen = janji().queries.done(service, element, actor(), span(), _start())
    return _page(seen, service, names().element(service, element), visits=False)


def _start() -> int:
    asked = request.args.get("dari", "")
    return int(asked) if asked.isdecimal() else 0


def _page(seen: TookList, service: str, of: str, **more: Any) -> str:
    first, further = turned(str(seen.further) if seen.further else None)
    shown = {"seen": seen, "service": service, "of": of, "plain": plain, "first": first, "further": further}
    return render_template("staff/took_list.html", **shown, **more)
