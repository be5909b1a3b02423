"""Colleagues: whose work one oversees with what each holds, and one of them with their tasks and absences."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.model import AbsenceKind
from engine.views import Person, PersonPage
from webapp.frame.access import access, actor, janji, supervises
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.staff.names import names
from webapp.staff.time_left import of_row

pages = Blueprint("people", __name__)

KINDS = {AbsenceKind.LEAVE: "cuti", AbsenceKind.SICK: "sakit", AbsenceKind.DUTY: "dinas luar"}
PARTS = (("", "Semua"), ("lewat", "Lewat batas"), ("segera", "Dalam 2 hari kerja"))
"""What of somebody's tasks a list shows."""


@pages.get("/orang")
@access("staff")
def overview() -> str:
    """Everybody whose work one oversees: how much each holds, how urgent it is, who is away and who stands in.

    Operators see the accounts, to close one. Others are told by the engine that there is no such page.
    """
    role, unit = request.args.get("peran", ""), request.args.get("unit", "")
    seen = janji().queries.people(actor(), role, unit)
    return render_template(
        "staff/people.html",
        seen=seen,
        busy=[one for one in seen.people if _is_busy(one)],
        idle=[one for one in seen.people if not _is_busy(one)],
        role=role,
        unit=unit,
        roles=sorted({(post.role, names().role(post.role)) for post in seen.posts}, key=lambda one: one[1]),
        kinds=KINDS,
        units=sorted(
            {(post.unit, names().unit(post.unit)) for post in seen.posts if post.unit}, key=lambda one: one[1]
        ),
        posts_shared=janji().queries.shared_posts(actor()) if supervises(actor()) else None,
        me=actor().id,
    )


@pages.get("/orang/saya")
@access("staff")
def me() -> Response:
    """One's own page."""
    return redirect(url_for("people.person", login=actor().id), 303)


@pages.get("/orang/<login>")
@access("staff")
def person(login: str) -> Any:
    """One colleague: what they hold, when they are away, who stands in. Oneself, or somebody one oversees."""
    return _person(login)


@pages.post("/orang/<login>/berhenti")
@access("staff")
def leave(login: str) -> Any:
    """Close the account of somebody who works here no more; what they held goes back to the roles."""
    if request.form.get("yakin") != "ya":
        return _person(login, leave_problem=_("Centang dulu bahwa ini memang benar.")), 422
    count = janji().engine.leave(login, actor())
    line = tell("left", count=str(count)) if count else tell("left_nothing")
    return redirect(url_for("people.overview", **{PARAMETER: line}), 303)


def _is_busy(one: Person) -> bool:
    """Whether there is more to say of somebody than that they are here."""
    return bool(one.load.open or one.away or one.ahead or one.stands_in)


def _person(login: str, leave_problem: str = "") -> str:
    part = request.args.get("tempo", "")
    seen: PersonPage = janji().queries.person(login, actor(), part, request.args.get("dari") or None)
    return render_template(
        "staff/person.html",
        seen=seen,
        one=seen.person,
        part=part,
        parts=[(name, _(words)) for name, words in PARTS],
        kinds=KINDS,
        tags={work.task.id: of_row(work) for work in seen.rows},
        me=actor().id,
        leave_problem=leave_problem,
    )
