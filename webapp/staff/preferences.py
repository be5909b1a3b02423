"""A member of staff's own page: how they are told of work, and whether single keys work on their pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from engine.model import Preferences, Told
from webapp.frame.access import access, actor, janji, supervises
from webapp.frame.telling import PARAMETER, tell

pages = Blueprint("preferences", __name__)


@pages.get("/saya")
@access("staff")
def own() -> str:
    """What one has chosen."""
    return render_template("staff/preferences.html", chosen=preferences(), oversees=supervises(actor()))


@pages.post("/saya")
@access("staff")
def choose() -> Any:
    """Choose anew; what nobody knows stays as it was."""
    who, before, given = actor(), preferences(), request.form
    told = Told(given["kabar"]) if given.get("kabar") in set(Told) else before.told
    weekly = "mingguan" in given if supervises(who) else before.weekly
    janji().engine.choose(Preferences(who.id, told, keys="tombol" in given, weekly=weekly), who)
    return redirect(url_for("preferences.own", **{PARAMETER: tell("chosen")}), 303)


def preferences() -> Preferences:
    """The choices of whoever is here; asked once per request."""
    if "preferences" not in g:
        g.preferences = janji().queries.preferences(actor())
    return g.preferences  # type: ignore[no-any-return]
