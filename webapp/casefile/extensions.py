"""Extending a promise: asked for at the case file, decided by a supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotYours, WindowClosed
from webapp.calendars.order_words import ASKED, STATES, WHY_NOT, problems_by_field, word_of
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _

pages = Blueprint("extensions", __name__)

LONGEST = 400


@pages.get("/berkas/<reference>/perpanjang")
@access("staff")
def extension(reference: str) -> Any:
    """What may be extended, by how much, and why not."""
    return _page(reference)


@pages.post("/berkas/<reference>/perpanjang")
@access("staff")
def extend(reference: str) -> Any:
    """Extend, or ask for it."""
    typed = {name: request.form.get(name, "").strip()[:LONGEST] for name in ("janji", "hari", "alasan")}
    days = int(typed["hari"]) if typed["hari"].isdecimal() and len(typed["hari"]) < 4 else 0
    try:
        decision = janji().engine.extend(reference, typed["janji"], days, typed["alasan"], actor(), key())
    except AnswersRejected as refused:
        return _page(reference, typed, problems_by_field(refused.problems)), 422
    except (WindowClosed, NotYours) as refused:
        return _page(reference, typed, refused=_(WHY_NOT[word_of(refused)])), 409
    news = tell("extended" if decision.value == "approved" else "extension_asked", reference=reference.upper())
    return redirect(url_for("cases.case_file", reference=reference, **{PARAMETER: news}), 303)


@pages.post("/perpanjangan/<extension_id>/setujui")
@access("supervisor")
def grant(extension_id: str) -> Any:
    """Grant what a clerk asked for."""
    try:
        case = janji().engine.grant_extension(extension_id, actor(), key())
    except (WindowClosed, NotYours) as refused:
        return _back("extension_late", WHY_NOT[word_of(refused)])
    return _back("extended", reference=case.reference)


@pages.post("/perpanjangan/<extension_id>/tolak")
@access("supervisor")
def refuse(extension_id: str) -> Any:
    """Turn it down with a sentence for whoever asked."""
    try:
        case = janji().engine.refuse_extension(extension_id, request.form.get("jawaban", "")[:LONGEST], actor(), key())
    except AnswersRejected:
        return _back("extension_why", "")
    except (WindowClosed, NotYours) as refused:
        return _back("extension_late", WHY_NOT[word_of(refused)])
    return _back("extension_refused", reference=case.reference)


def _back(news: str, why: str = "", **facts: str) -> Any:
    told = tell(news, **({"why": _(why)} if why else facts))
    return redirect(url_for("oversight.overview", **{PARAMETER: told}, _anchor="keputusan"), 303)


def _page(
    reference: str, typed: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None, refused: str = ""
) -> str:
    return render_template(
        "staff/extension.html",
        seen=janji().queries.extensions(reference, actor()),
        typed=typed or {},
        problems=problems or {},
        refused=refused,
        why_not=WHY_NOT,
        asked_words=ASKED,
        states=STATES,
    )
