"""The demo's bar: it lets time pass, and shows the letters that a demo keeps. Without a demo there is none of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.frame.access import access, janji
from webapp.frame.posted import local_path
from webapp.frame.words import say

pages = Blueprint("demo", __name__)

STEPS = {
    "+4h": "+4 jam",
    "+1wd": "+1 hari kerja",
    "+3wd": "+3 hari kerja",
    "+10d": "+10 hari",
}
"""How far a press of a button moves the clock, in the words of `janji demo clock`."""


def register(app: Flask) -> None:
    """Give templates `demo_steps`, the buttons of the bar, none outside a demo; they lead back to `demo_back`."""
    app.context_processor(_in_a_page)


def _in_a_page() -> dict[str, Any]:
    if not runs():
        return {"demo_steps": {}}
    return {"demo_steps": STEPS, "demo_back": request.full_path if request.method == "GET" else "/"}


def runs() -> bool:
    """Whether this is a demo whose clock may be moved."""
    return bool(janji().settings.demo and janji().move_clock)


@pages.post("/demo/jam")
@access("public")
def move() -> Response:
    """Let time pass and come back to the page the button was on."""
    if not runs():
        abort(404)
    try:
        janji().move_clock(request.form.get("langkah", "").strip())
    except ValueError:
        flash(say("Jam demo tidak dapat dipindah ke sana. Contoh: +3wd, +10d, atau 2026-12-24T16:59."))
    return redirect(local_path(request.form.get("kembali"), "/"), 303)


SHOWN = 40
"""Letters on the page, the newest of each way out."""


@pages.get("/demo/surat")
@access("public")
def letters() -> str:
    """What the demo would have sent since it was started, by mail and by text message, newest first."""
    if not runs():
        abort(404)
    kept = [message for way in janji().unsent for message in reversed(way.messages[-SHOWN:])]
    return render_template("demo_letters.html", letters=kept)
