"""Being away: from which day to which, why, and who does the tasks meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import AnswersRejected, NotFound
from engine.model import AbsenceKind, FieldProblem
from engine.views import Away, PersonPage
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import short_day
from webapp.frame.posted import day_of
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.people.people import KINDS

pages = Blueprint("absences", __name__)

FIELDS = {"first_on": "dari", "last_on": "sampai", "substitutes": "wakil"}
PROBLEMS = {
    "absence.day": "Tulis tanggal yang benar.",
    "absence.backwards": "Hari terakhir tidak boleh sebelum hari pertama.",
    "absence.over": "Hari terakhirnya sudah lewat.",
    "absence.too_old": "Hari pertama paling jauh %(days)s hari ke belakang.",
    "absence.too_long": "Paling lama %(days)s hari dalam satu catatan.",
    "absence.twice": "Sudah tercatat tidak hadir %(from)s sampai %(to)s. Akhiri dulu catatan itu bila berubah.",
    "absence.stands_in": "Pada hari-hari itu menjadi wakil %(login)s (sampai %(to)s). Minta wakil lain ditunjuk dulu, "
    "supaya tugas %(login)s tetap ada yang mengerjakan.",
    "absence.too_many": "Pilih paling banyak %(most)s wakil.",
    "absence.unfit": "%(login)s tidak dapat menjadi wakil di sini.",
    "absence.away": "%(login)s sendiri tidak hadir %(from)s sampai %(to)s. Pilih wakil lain.",
}
"""What is wrong with an absence, by the code of the engine."""


@pages.get("/orang/<login>/tidak-hadir")
@access("staff")
def form(login: str) -> str:
    """The form of an absence. It begins with today."""
    today = janji().city.calendar.on(janji().clock.now()).isoformat()
    return _form(login, {"dari": today, "jenis": AbsenceKind.LEAVE.value}, [])


@pages.post("/orang/<login>/tidak-hadir")
@access("staff")
def enter(login: str) -> Any:
    """Enter it; whatever is wrong comes back with what was typed."""
    typed, chosen = request.form, request.form.getlist("wakil")
    kind = _kind(typed.get("jenis", ""))
    first_on, last_on = (day_of(typed.get(name, "")) for name in ("dari", "sampai"))
    try:
        janji().engine.be_away(login, kind, first_on, last_on, chosen, actor(), key())
    except AnswersRejected as refused:
        return _form(login, typed, chosen, refused.problems), 422
    return _back(login, "away")


@pages.get("/orang/<login>/tidak-hadir/<absence_id>")
@access("staff")
def substitutes(login: str, absence_id: str) -> str:
    """Who stands in, to be changed."""
    return _substitutes(login, absence_id)


@pages.post("/orang/<login>/tidak-hadir/<absence_id>")
@access("staff")
def change(login: str, absence_id: str) -> Any:
    """Name others to stand in from now on."""
    chosen = request.form.getlist("wakil")
    try:
        janji().engine.set_substitutes(absence_id, chosen, actor())
    except AnswersRejected as refused:
        return _substitutes(login, absence_id, chosen, refused.problems), 422
    return _back(login, "stand_ins")


@pages.post("/orang/<login>/tidak-hadir/<absence_id>/akhiri")
@access("staff")
def end(login: str, absence_id: str) -> Response:
    """Back early, or not going after all."""
    janji().engine.end_absence(absence_id, actor())
    return _back(login, "back")


def _form(login: str, typed: Mapping[str, str], chosen: list[str], problems: Iterable[FieldProblem] = ()) -> str:
    return _page(
        janji().queries.person(login, actor()),
        chosen,
        problems,
        absence=None,
        typed=typed,
        kinds=[(kind.value, _(words)) for kind, words in KINDS.items()],
    )


def _substitutes(
    login: str, absence_id: str, chosen: list[str] | None = None, problems: Iterable[FieldProblem] = ()
) -> str:
    seen: PersonPage = janji().queries.person(login, actor())
    absence: Away | None = next((one for one in seen.absences if one.id == absence_id), None)
    if absence is None:
        raise NotFound
    named = [one.login for one in absence.substitutes]
    return _page(seen, named if chosen is None else chosen, problems, absence=absence, typed={}, kinds=[])


def _page(seen: PersonPage, chosen: list[str], problems: Iterable[FieldProblem], **more: Any) -> str:
    whose = seen.person
    could = janji().queries.substitutes_for(whose.login, actor())
    people = {one.login: one.name for one, _same in could} | {whose.login: whose.name}
    return render_template(
        "staff/absence.html",
        seen=seen,
        one=whose,
        fellows=[one for one, same in could if same],
        others=[one for one, same in could if not same],
        chosen=chosen,
        problems=_said(problems, lambda login: people.get(login, login)),
        me=actor().id,
        **more,
    )


def _said(problems: Iterable[FieldProblem], name: Callable[[str], str]) -> dict[str, str]:
    """Each field's first problem in words, with people by name and days as they are written."""
    said: dict[str, str] = {}
    for one in problems:
        facts = {
            fact: short_day(value) if isinstance(value, date) else name(value) if fact == "login" else str(value)
            for fact, value in one.facts.items()
        }
        said.setdefault(FIELDS[one.path], _(PROBLEMS[one.code], **facts))
    return said


def _back(login: str, news: str) -> Response:
    return redirect(url_for("people.person", login=login, **{PARAMETER: tell(news)}), 303)


def _kind(text: str) -> AbsenceKind:
    return AbsenceKind(text) if text in {kind.value for kind in AbsenceKind} else AbsenceKind.LEAVE
