"""The working calendar for supervisors: the year, a proposal to change it, and the clock run for any filing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotFound
from engine.model import DaySort, FieldProblem, OrderKind, Proposal
from webapp.calendars.order_words import DECISIONS, KINDS, STATES, WEEKDAYS, problems_by_field
from webapp.drawings.months import MARKS, SORTS, months
from webapp.frame.access import access, actor, janji
from webapp.frame.posted import day_of
from webapp.frame.security import key

pages = Blueprint("calendar", __name__)

CHANGES = (OrderKind.CLOSED, OrderKind.OPEN, OrderKind.HOURS)
CLOSED_AS = (DaySort.LOCAL, DaySort.NATIONAL, DaySort.JOINT)
LONGEST = 200
FIRST_YEAR, LAST_YEAR = 2010, 2100


@pages.get("/kalender")
@access("supervisor")
def year() -> Any:
    """Twelve months of a year, the usual week, and every change ever proposed."""
    today = janji().city.calendar.on(janji().clock.now())
    asked = request.args.get("tahun", "")
    seen = janji().queries.calendar_year(int(asked) if asked.isdecimal() and len(asked) == 4 else today.year, actor())
    return render_template(
        "staff/calendar.html",
        seen=seen,
        months=months(seen.days),
        sorts=SORTS,
        marks=MARKS,
        kinds=KINDS,
        decisions=DECISIONS,
        states=STATES,
    )


@pages.get("/kalender/usul")
@access("supervisor")
def change() -> Any:
    """The form of a proposal."""
    return _form({"jenis": request.args.get("jenis", "closed"), "golongan": "local"})


@pages.post("/kalender/usul")
@access("supervisor")
def propose() -> Any:
    """Store a proposal and show what it would move. Nothing moves yet."""
    typed = {name: value.strip()[:LONGEST] for name, value in request.form.items()}
    try:
        order = janji().engine.propose(_read(typed), actor(), key())
    except AnswersRejected as refused:
        return _form(typed, problems_by_field(refused.problems)), 422
    return redirect(url_for("orders.order", order_id=order.id), 303)


@pages.get("/kalender/andai")
@access("staff")
def what_if() -> Any:
    """Run the clock for a filing at any moment: day 0, the due day, and every day between."""
    service, at = request.args.get("layanan", ""), request.args.get("pada")
    found, problem = None, ""
    if service and at is not None:
        moment = moment_of(at)
        if moment is None:
            problem = "order.day"
        else:
            found = janji().queries.what_if(service, moment, actor())
    return render_template(
        "staff/what_if.html",
        found=found,
        service=service,
        at=at or "",
        problems=problems_by_field([FieldProblem("pada", problem)] if problem else []),
    )


def _form(typed: Mapping[str, str], problems: Mapping[str, str] | None = None) -> str:
    if not any(getattr(janji().city.roles.get(role), "keeps_calendar", False) for role in actor().roles):
        raise NotFound
    return render_template(
        "staff/calendar_change.html",
        typed=typed,
        problems=problems or {},
        kinds=[(kind.value, KINDS[kind]) for kind in CHANGES],
        sorts=[(sort.value, SORTS[sort]) for sort in CLOSED_AS],
        weekdays=WEEKDAYS,
    )


def _read(typed: Mapping[str, str]) -> Proposal:
    """What was typed, as the engine takes it; what cannot be read as a day is missing."""
    kind = typed.get("jenis", "")
    sort = typed.get("golongan", "")
    week = {str(at): typed[day] for at, day in enumerate(WEEKDAYS) if typed.get(day)}
    first_on = day_of(typed.get("dari", ""))
    return Proposal(
        kind=OrderKind(kind) if kind in {one.value for one in CHANGES} else OrderKind.CLOSED,
        number=typed.get("nomor", ""),
        first_on=first_on,
        last_on=day_of(typed.get("sampai", "")) if typed.get("sampai") else first_on,
        name=typed.get("nama", ""),
        reason=typed.get("alasan", ""),
        sort=DaySort(sort) if sort in {one.value for one in CLOSED_AS} else DaySort.LOCAL,
        week=week,
    )


def moment_of(text: str) -> datetime | None:
    """An instant as it was typed: without a zone it is the city's own time. None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=janji().city.zone)
