"""Work out in the field on a phone: the pages that are taken along, and what is handed in when there is signal again.

A phone without JavaScript finds its tasks here and works on the usual page of a task. With it the page of a task is
kept by the phone, filled in without a connection and sent later. Everything sent carries a key that was made when the
task was taken along, so what was already received is received once; what the case says by now is asked before.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from engine.errors import AnswersRejected, DocumentRefused, NotFound, WindowClosed
from engine.model import Actor, FieldProblem
from engine.views import Desk, FieldTask, Work
from webapp.access import access, actor, janji
from webapp.fields import form_fields, render_answers
from webapp.names import names
from webapp.posted import answers
from webapp.problems import sentence
from webapp.security import key
from webapp.sheets import around_desk, submit_words
from webapp.tags import days_left, time_tag
from webapp.telling import PARAMETER, tell
from webapp.words import DEFAULT
from webapp.words import say as _

pages = Blueprint("fieldwork", __name__, url_prefix="/lapangan")

BROUGHT_FIELD = "bekal"
"""Name of the field with the mark of what was taken along."""
LONGEST_NOTE = 4000
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
    tags = {work.task.id: _tag(work) for work in (*found.mine, *found.free)}
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
    answer = current_app.send_static_file("lapangan/worker.js")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/lapangan.webmanifest")
@access("public")
def manifest() -> Response:
    """Lets a phone put these pages among its programs."""
    city = janji().city
    told = {
        "name": f"Survei lapangan {city.name}",
        "short_name": "Lapangan",
        "start_url": url_for(".mine"),
        "scope": url_for(".mine"),
        "display": "standalone",
        "lang": DEFAULT,
        "theme_color": city.accent,
        "background_color": "#f7f5f0",
        "icons": [{"src": url_for("static", filename="janji.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    answer = jsonify(told)
    answer.mimetype = "application/manifest+json"
    return answer


@pages.get("/<task_id>")
@access("staff")
def task(task_id: str) -> Any:
    """The page that is taken along: what matters on site, and the form. Of a task that is gone: what became of it."""
    try:
        found: FieldTask = janji().queries.field_task(task_id, actor())
    except NotFound:
        return render_template("fieldwork/gone.html", task_id=task_id, **_phone()), 404
    desk = found.desk
    around = around_desk(desk)
    done = [one for one in desk.answered if one.element == desk.task.element][-1:]
    return render_template(
        "fieldwork/task.html",
        desk=desk,
        seen=found.mark,
        brought=[render_answers(one, around) for one in found.brought],
        fields=form_fields(desk.form, around) if desk.mine else "",
        submit=submit_words(desk.form, around),
        answered=[render_answers(one, around) for one in done],
        done_by=done[0].by if done and desk.task.closed_at else "",
        tag=time_tag(desk.case, desk.urgency, days_left(desk.case, janji().clock.now(), janji().city.calendar), _),
        **_phone(),
    )


@pages.get("/<task_id>/keadaan.json")
@access("staff")
def standing(task_id: str) -> Response:
    """What a phone asks before it sends: who is signed in, whether the task is still theirs, whether the case moved."""
    who = actor()
    try:
        found: FieldTask = janji().queries.field_task(task_id, who)
    except NotFound:
        return jsonify(owner=owner(who), csrf=generate_csrf(), mine=False, mark="")
    return jsonify(owner=owner(who), csrf=generate_csrf(), mine=found.desk.mine, mark=found.mark)


@pages.post("/<task_id>/foto.json")
@access("staff")
def send_paper(task_id: str) -> Any:
    """One photo of the form, as soon as it has come; it stays although the next one does not come through."""
    return _papers(
        lambda field, name, content: janji().engine.send_paper(task_id, field, name, content, actor(), key())
    )


@pages.post("/<task_id>/kirim.json")
@access("staff")
def send(task_id: str) -> Any:
    """The whole form, with the ids of its photos. What is wrong with it is told question by question."""
    who = actor()
    desk: Desk = janji().queries.field_task(task_id, who).desk
    given = answers(request)
    brought = str(given.pop(BROUGHT_FIELD, ""))
    try:
        janji().engine.complete(task_id, given, {}, who, key(), brought=brought)
    except AnswersRejected as refused:
        return jsonify(problems=[[one.path, _sentence(one, desk)] for one in refused.problems]), 422
    element = names().element(desk.case.version, desk.task.element)
    line = tell("done", element=element, reference=desk.case.reference)
    return jsonify(onward=url_for(".mine", **{PARAMETER: line}))


@pages.post("/<task_id>/lampiran.json")
@access("staff")
def attach(task_id: str) -> Any:
    """One photo of a survey that came too late, for the case itself."""
    reference = _still_open(task_id)
    return _papers(
        lambda field, name, content: janji().engine.attach(reference, name, content, actor(), key(), field=field)
    )


@pages.post("/<task_id>/catatan.json")
@access("staff")
def note(task_id: str) -> Response:
    """What a survey that came too late found, as a note for colleagues."""
    reference = _still_open(task_id)
    janji().engine.comment(reference, request.form.get("teks", "")[:LONGEST_NOTE], actor(), key())
    return jsonify(onward=url_for("cases.case_file", reference=reference, **{PARAMETER: tell("noted")}))


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


def _still_open(task_id: str) -> str:
    """The reference of a case that still runs; raises WindowClosed for one that has ended."""
    found: FieldTask = janji().queries.field_task(task_id, actor())
    if found.desk.case.ended_at is not None:
        raise WindowClosed("note", "ended")
    return found.desk.case.reference


def _papers(take: Any) -> Any:
    sent = next(iter(request.files.items()), None)
    if sent is None:
        return jsonify(problems=[]), 422
    field, file = sent
    try:
        return jsonify(document=take(field, file.filename or field, file.read()))
    except DocumentRefused as refused:
        problem = FieldProblem(field, f"document.{refused.code}", {"name": refused.name, "limit": refused.limit})
        return jsonify(problems=[[field, sentence(problem, field, _)]]), 422


def _sentence(problem: FieldProblem, desk: Desk) -> str:
    """What is wrong with one answer, by the title of its question in the reader's language."""
    form, translated = desk.form, names().words_of(desk.case.version)
    name = problem.path.removeprefix(f"{form.id}.").partition(".")[0]
    title = (translated and translated(form.id, name, "title")) or form.schema["properties"].get(name, {}).get("title")
    return sentence(problem, str(title or name), _)


def _tag(work: Work) -> Any:
    return time_tag(work.case, work.urgency, work.days_left, _)
