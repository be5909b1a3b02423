"""What a phone hands in when it is back from the field: piece by piece, late, and perhaps more than once.

Everything carries a key that was made on the phone when the task was taken along, so that what has been received is
received once. Before it sends, a phone asks how the task stands; what has moved on is not overwritten but becomes a
note in the case. Answers are for scripts of `static/lapangan`, their sentences for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_wtf.csrf import generate_csrf

from engine.errors import AnswersRejected, DocumentRefused, NotFound, WindowClosed
from engine.model import FieldProblem
from engine.views import Desk, FieldTask
from webapp.field.fieldwork import owner
from webapp.forms.fields import mistakes
from webapp.frame.access import access, actor, janji
from webapp.frame.posted import answers, nested
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.staff.names import names
from webapp.staff.sheets import around_desk

pages = Blueprint("handing_in", __name__, url_prefix="/lapangan")

BROUGHT_FIELD = "bekal"
"""Name of the field with the mark of what was taken along."""


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
        task_id, lambda field, name, content: janji().engine.send_paper(task_id, field, name, content, actor(), key())
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
        return _refused(desk, nested(given), refused.problems)
    element = names().element(desk.case.version, desk.task.element)
    line = tell("done", element=element, reference=desk.case.reference)
    return jsonify(onward=url_for("fieldwork.mine", **{PARAMETER: line}))


@pages.post("/<task_id>/lampiran.json")
@access("staff")
def attach(task_id: str) -> Any:
    """One photo of a survey that came too late, for the case itself."""
    reference = _still_open(task_id)
    return _papers(
        task_id,
        lambda field, name, content: janji().engine.attach(reference, name, content, actor(), key(), field=field),
    )


@pages.post("/<task_id>/catatan.json")
@access("staff")
def note(task_id: str) -> Response:
    """What a survey that came too late found, as a note for colleagues."""
    reference = _still_open(task_id)
    janji().engine.comment(reference, request.form.get("teks", ""), actor(), key())
    return jsonify(onward=url_for("cases.case_file", reference=reference, **{PARAMETER: tell("noted")}))


def _still_open(task_id: str) -> str:
    """The reference of a case that still runs; raises WindowClosed for one that has ended."""
    found: FieldTask = janji().queries.field_task(task_id, actor())
    if found.desk.case.ended_at is not None:
        raise WindowClosed("note", "ended")
    return found.desk.case.reference


def _papers(task_id: str, take: Callable[[str, str, bytes], str]) -> Any:
    sent = next(iter(request.files.items()), None)
    if sent is None:
        return jsonify(problems=[]), 422
    field, file = sent
    try:
        return jsonify(document=take(field, file.filename or field, file.read()))
    except DocumentRefused as refused:
        problem = FieldProblem(field, f"document.{refused.code}", {"name": refused.name, "limit": refused.limit})
        return _refused(janji().queries.field_task(task_id, actor()).desk, {}, (problem,))


def _refused(desk: Desk, values: Mapping[str, Any], problems: tuple[FieldProblem, ...]) -> tuple[Response, int]:
    """What is wrong, each with the id of its field on the phone's page, in the words of the desk."""
    form = replace(desk.form, values=values, problems=problems)
    return jsonify(problems=mistakes(form, around_desk(desk))), 422
