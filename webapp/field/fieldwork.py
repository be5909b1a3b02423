"""Work out in the field on a phone: the list of one's tasks there, and the page of one, which is taken along.

A phone without JavaScript finds its tasks here and works on the usual page of a task. With it the page of a task is
kept by the phone and filled in without a connection; `handing_in` takes what it sends later.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for

from engine.errors import NotFound
from engine.model import Actor
from engine.views import FieldTask
from webapp.desk.outcomes import deciding
from webapp.forms.fields import form_fields, render_answers
from webapp.frame import installable
from webapp.frame.access import access, actor, janji
from webapp.staff.names import names
from webapp.staff.sheets import around_desk, submit_words
from webapp.staff.time_left import of_desk, of_row

pages = Blueprint("fieldwork", __name__, url_prefix="/lapangan")

SHELL = (
    *("janji.css", "janji.svg", "staff.css", "fields.css", "fieldwork.css", "demo.css"),
    *("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css"),
)
"""Files that pages are made of, besides the scripts: the phone keeps them all, so that none is missing out there."""
_SCRIPTS = ("src", "lapangan")


@pages.get("/")
@access("staff")
def mine() -> str:
    """The tasks in the field that this person holds or could take, and what their phone has taken along."""
    found = janji().queries.field_list(actor())
    tags = {work.task.id: of_row(work) for work in (*found.mine, *found.free)}
    return render_template("fieldwork/list.html", found=found, tags=tags, **_phone())


@pages.get("/luring")
@access("staff")
def offline() -> str:
    """The list as the phone shows it without a connection: no case is in it, the phone fills in its own."""
    return render_template("fieldwork/offline.html", luring=True, **_phone())


@pages.get("/pekerja.js")
@access("public")
def worker() -> Response:
    """The script that opens these pages without a connection. From here, so that it rules these addresses alone."""
    return installable.worker("lapangan/worker.js")


@pages.get("/lapangan.webmanifest")
@access("public")
def manifest() -> Response:
    """Lets a phone put these pages among its programs."""
    return installable.manifest("Survei lapangan", "Lapangan", url_for(".mine"), url_for(".mine"))


@pages.get("/<task_id>")
@access("staff")
def task(task_id: str) -> Any:
    """The page that is taken along: what matters on site, and the form. Of a task that is gone: what became of it."""
    try:
        found: FieldTask = janji().queries.field_task(task_id, actor())
    except NotFound:
        return render_template("fieldwork/gone.html", task_id=task_id, **_phone()), 404
    desk = found.desk
    around = replace(around_desk(desk), day_after=None)  # what is taken along is read on another day
    done = [one for one in desk.answered if one.element == desk.task.element][-1:]
    return render_template(
        "fieldwork/task.html",
        desk=desk,
        seen=found.mark,
        needed=found.needed,
        deciding=deciding(desk.form),
        brought=[render_answers(one, around) for one in found.brought],
        fields=form_fields(desk.form, around) if desk.mine else "",
        submit=submit_words(desk.form, around),
        answered=[render_answers(one, around) for one in done],
        done_by=done[0].by if done and desk.task.closed_at else "",
        tag=of_desk(desk),
        **_phone(),
    )


def owner(who: Actor) -> str:
    """Names a person on a phone without telling who it is: what one colleague took along another is not shown."""
    return hmac.new(janji().settings.key, f"lapangan:{who.id}".encode(), hashlib.sha256).hexdigest()[:20]


def works_outside(who: Actor) -> bool:
    """Whether some task of this person's roles is done in the field."""
    return any(who.roles & page.outside for page in names().services())


def _phone() -> dict[str, Any]:
    """What the scripts of every page here have to know."""
    return {"owner": owner(actor()), "days": janji().settings.field_days, "shell": (*SHELL, *_scripts())}


def _scripts() -> list[str]:
    static = current_app.static_folder or ""
    return [f"{folder}/{one.name}" for folder in _SCRIPTS for one in sorted(Path(static, folder).glob("*.[jc]s*"))]
