"""Signing in and out for staff. Citizens have no account; the rules of throttling and sessions are the engine's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotFound, TooManyTries
from engine.model import Actor
from engine.views import SignedIn
from webapp.frame.access import access, cookie_name, janji, operates, secure, signed_in
from webapp.frame.posted import local_path
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _

pages = Blueprint("auth", __name__)


@pages.get("/masuk")
@access("public")
def sign_in() -> Any:
    """The form; whoever is signed in already goes to work."""
    person = signed_in()
    if person:
        return redirect(_home(person.actor), 303)
    return _form()


@pages.post("/masuk")
@access("public")
def sign_in_now() -> Any:
    """Open a session under a fresh secret; an older one of this browser ends, so that none is ever inherited."""
    login = request.form.get("pengguna", "").strip().lower()
    try:
        opened = janji().accounts.sign_in(login, request.form.get("sandi", ""), request.remote_addr or "")
    except NotFound:
        return _form(_("Nama pengguna atau kata sandi salah."), login), 422
    except TooManyTries as refused:
        minutes = max(1, round(refused.retry_after_s / 60))
        return _form(_("Terlalu banyak percobaan. Coba lagi dalam %(minutes)s menit.", minutes=minutes), login), 429
    _forget_former()
    return _with_cookie(redirect(local_path(request.form.get("lanjut"), _home(opened.actor)), 303), opened)


@pages.post("/keluar")
@access("public")
def sign_out() -> Response:
    """Close the session. Also right for somebody whose session has already run out."""
    _forget_former()
    away: Response = redirect(url_for("auth.sign_in", **{PARAMETER: tell("signed_out")}), 303)
    away.delete_cookie(cookie_name(), path="/", secure=secure(), httponly=True, samesite="Lax")
    away.headers["Clear-Site-Data"] = '"cache"'
    return away


def _form(problem: str = "", login: str = "") -> str:
    return render_template("staff/sign_in.html", problem=problem, login=login, onward=request.values.get("lanjut", ""))


def _home(person: Actor) -> str:
    """Where this person's day begins: the worklist, or the machine room for whoever only runs it."""
    only_operates = operates(person) and len(person.roles) == 1
    return url_for("operations.overview") if only_operates else url_for("inbox.worklist")


def _forget_former() -> None:
    former = request.cookies.get(cookie_name(), "")
    if former:
        janji().accounts.sign_out(former)


def _with_cookie(response: Response, opened: SignedIn) -> Response:
    response.set_cookie(cookie_name(), opened.secret, path="/", secure=secure(), httponly=True, samesite="Lax")
    return response
