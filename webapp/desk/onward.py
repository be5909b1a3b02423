"""After a task is finished: the next one, most urgent first, taken by a button."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from engine.model import Actor
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell

pages = Blueprint("onward", __name__)
TAKE = "ambil"
"""What a form posts as `lanjut` to go on with the next task at once."""


@pages.post("/tugas/berikut")
@access("staff")
def take() -> Response:
    """Take the most urgent task this person may do and open it; without one, the list says so."""
    return redirect(next_desk(actor(), key()) or url_for("inbox.worklist", **{PARAMETER: tell("none_left")}), 303)


def next_desk(who: Actor, request_key: str, **news: str) -> str:
    """The desk of the next task, taken now, with a line of news; empty when nothing is left to do."""
    task = janji().engine.take_next(who, request_key)
    return url_for("inbox.desk", task_id=task.id, **news) if task else ""
