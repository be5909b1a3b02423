"""The promises behind the figures of the supervisor's page, and what comes in and is finished from day to day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from engine.views import Fate, PromiseList
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import month, short_day
from webapp.frame.words import say as _

pages = Blueprint("promise_lists", __name__)

FATES = {
    "": ("Semua janji", frozenset({Fate.KEPT, Fate.LATE, Fate.OPEN})),
    "tepat": ("Tepat", frozenset({Fate.KEPT})),
    "terlambat": ("Terlambat", frozenset({Fate.LATE})),
    "terbuka": ("Masih terbuka", frozenset({Fate.OPEN})),
    "ditutup": ("Ditutup, tepat atau terlambat", frozenset({Fate.KEPT, Fate.LATE})),
}
"""By the word in the address: what a list is called, and what became of its promises."""
WORDS = {
    Fate.KEPT: ("sesuai_janji", "tepat"),
    Fate.LATE: ("lewat_batas", "terlambat"),
    Fate.OPEN: ("lewat_batas", "lewat dan masih terbuka"),
    Fate.CANCELLED: ("netral", "gugur sebelum jatuh tempo"),
}
"""The sign and the word of each."""


@pages.get("/pengawasan/janji/<service>")
@access("supervisor")
def due(service: str) -> Any:
    """Promises that fell due: `?bulan=2026-11` in a month, else in all that are told; `?nasib=` what became of them."""
    fate, in_month = request.args.get("nasib", ""), request.args.get("bulan", "")
    if fate not in FATES:
        abort(404)
    seen = janji().queries.promises_due(
        service, actor(), month=in_month, fates=FATES[fate][1], cursor=request.args.get("dari") or None
    )
    tabs = [(name, _(title)) for name, (title, _fates) in FATES.items()]
    when = _("jatuh tempo %(month)s", month=month(in_month)) if in_month else _("jatuh tempo dalam 12 bulan terakhir")
    return _page(seen, _(FATES[fate][0]), when, tabs=tabs, fate=fate, month=in_month)


@pages.get("/pengawasan/janji/<service>/ditutup/<when>")
@access("supervisor")
def closed(service: str, when: str) -> Any:
    """Promises that were closed in a time, whatever became of them."""
    seen = janji().queries.promises_closed(service, when, actor(), cursor=request.args.get("dari") or None)
    return _page(seen, _("Ditutup"), _when(when))


@pages.get("/pengawasan/laju/<service>")
@access("supervisor")
def rates(service: str) -> Any:
    """What came in and what was finished on each of the last working days, as bars and as a table."""
    seen = janji().queries.rates(service, actor())
    most = max((count for one in seen.days for count in (one.started, one.closed)), default=0)
    return render_template("staff/rates.html", seen=seen, most=max(most, 1))


def _page(seen: PromiseList, title: str, when: str, **more: Any) -> str:
    first, further = turned(seen.further)
    shown = {"seen": seen, "title": title, "when": when, "words": WORDS, "first": first, "further": further}
    return render_template("staff/promise_list.html", **shown, **more)


def turned(further: str | None) -> tuple[str, str]:
    """The addresses of the first page of this list and of the next one; empty where there is none to go to."""
    here = {**(request.view_args or {}), **request.args.to_dict()}
    began = here.pop("dari", "")
    endpoint = request.endpoint or ""
    return url_for(endpoint, **here) if began else "", url_for(endpoint, **here, dari=further) if further else ""


def _when(when: str) -> str:
    if when.endswith("-hari"):
        return _("dalam %(days)s hari terakhir", days=when.removesuffix("-hari"))
    if "W" in when:
        return _("dalam minggu mulai %(day)s, tanpa berkas rahasia", day=short_day(date.fromisoformat(when)))
    return _("antara penutupan kantor sebelumnya dan penutupan %(day)s", day=short_day(date.fromisoformat(when)))
