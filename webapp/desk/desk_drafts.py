"""Saving the form of a task unfinished: by a button, or by the page itself while somebody types."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import DraftMovedOn, Refusal, TaskGone, TaskHeld
from webapp.desk import clashes, desks, stopped
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import clock_time
from webapp.frame.posted import CHOSEN, answers, flat, seen, uploads
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell

pages = Blueprint("desk_drafts", __name__)


@pages.post("/tugas/<task_id>/draf")
@access("staff")
def keep(task_id: str) -> Any:
    """Save what was typed. A script gets the new version and the hour; a person is back at the form."""
    by_script = request.accept_mimetypes.best == "application/json"
    try:
        draft, problems = janji().engine.save_task_draft(
            task_id, _typed(task_id), uploads(request), actor(), key(), seen(request)
        )
    except Refusal as refused:
        return (
            _for_script(refused)
            if by_script
            else stopped.page(janji().queries.desk(task_id, actor()), refused, _typed(task_id))
        )
    if by_script:
        return jsonify(konsep=draft.version, pukul=clock_time(draft.at))
    if problems:
        return desks.with_problems(janji().queries.desk(task_id, actor()), problems)  # the text itself is saved
    return redirect(url_for("inbox.desk", task_id=task_id, **{PARAMETER: tell("drafted")}), 303)


def _typed(task_id: str) -> dict[str, Any]:
    """What was posted; where somebody chose between two texts, what comes of it."""
    chosen = {name.removeprefix(CHOSEN): whose for name, whose in request.form.items() if name.startswith(CHOSEN)}
    if not chosen:
        return answers(request)
    draft = janji().queries.desk(task_id, actor()).draft
    return clashes.merged(answers(request), flat(draft.values) if draft else {}, chosen)


def _for_script(refused: Refusal) -> tuple[Response, int]:
    """Why it was not saved, as one of the words that the page holds ready."""
    why = {DraftMovedOn: "lain", TaskHeld: "dipegang", TaskGone: "selesai"}.get(type(refused), "gagal")
    return jsonify(sebab=why), 409
