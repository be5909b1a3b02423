"""Outages: what everybody may know of them, the banner of every page, and the order that declares one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotFound
from engine.model import Actor, OutageProposal
from webapp.calendars.calendar import LONGEST, moment_of
from webapp.calendars.order_words import problems_by_field
from webapp.frame.access import access, actor, janji, signed_in, supervises
from webapp.frame.security import key
from webapp.staff.names import names

pages = Blueprint("outages", __name__)


def register(app: Flask) -> None:
    """Give every page the outages that last or begin soon."""
    app.context_processor(lambda: {"outages_now": janji().queries.outages_now()})


@pages.get("/gangguan")
@access("public")
def listed() -> Any:
    """Every outage with its number, its end, and the dates it moved."""
    person = signed_in()
    return render_template(
        "citizen/outages.html",
        outages=janji().queries.outages(),
        may_declare=person is not None and supervises(person.actor) and _declares(person.actor),
        may_read_orders=person is not None and supervises(person.actor),
    )


@pages.get("/gangguan/perintah")
@access("supervisor")
def order() -> Any:
    """The form of an outage order; it may go on where another ends."""
    return _form({"lanjutan": request.args.get("lanjutan", "")})


@pages.post("/gangguan/perintah")
@access("supervisor")
def declare() -> Any:
    """Declare it. It is in force at once, or waits for a second person where the rules ask for one."""
    typed = {name: value.strip()[:LONGEST] for name, value in request.form.items()}
    services = tuple(request.form.getlist("layanan"))
    known = {page.facts.id for page in names().services()}
    asked = OutageProposal(
        number=typed.get("nomor", ""),
        services=tuple(one for one in services if one in known),
        from_at=moment_of(typed.get("dari", "")),
        to_at=moment_of(typed.get("sampai", "")),
        reason=typed.get("alasan", ""),
        lengthens=typed.get("lanjutan") or None,
    )
    try:
        made = janji().engine.declare_outage(asked, actor(), key())
    except AnswersRejected as refused:
        return _form(typed, problems_by_field(refused.problems), services), 422
    return redirect(url_for("orders.order", order_id=made.id), 303)


def _declares(person: Actor) -> bool:
    """Whether one of the person's roles may order that clocks stand still, as city.toml says."""
    known = janji().city.roles
    return any(known[role].declares_outage for role in person.roles if role in known)


def _form(typed: Mapping[str, str], problems: Mapping[str, str] | None = None, services: tuple[str, ...] = ()) -> str:
    if not _declares(actor()):
        raise NotFound
    longer = next((one for one in janji().queries.outages() if one.id == typed.get("lanjutan")), None)
    return render_template(
        "staff/outage.html",
        typed=typed,
        problems=problems or {},
        chosen=services or (longer.services if longer else ()),
        longer=longer,
        most_days=janji().city.outage_days,
    )
