"""Saying "I have an interest of my own in this": the task goes back to its role without whoever says so."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import WindowClosed
from webapp.frame.access import access, actor, janji
from webapp.frame.telling import PARAMETER, tell

pages = Blueprint("conflicts", __name__)

LONGEST_WHY = 300


@pages.post("/tugas/<task_id>/kepentingan")
@access("staff")
def declare(task_id: str) -> Response:
    """Stand aside. Why is the clerk's own affair, unless they write it."""
    desk = janji().queries.desk(task_id, actor())
    janji().engine.stand_aside(task_id, request.form.get("sebab", "")[:LONGEST_WHY], actor())
    line = tell("stood_aside", reference=desk.case.reference)
    return redirect(url_for("inbox.desk", task_id=task_id, **{PARAMETER: line}), 303)


@pages.post("/tugas/<task_id>/kepentingan/tarik")
@access("staff")
def take_back(task_id: str) -> Response:
    """It was a slip: for ten minutes it can be taken back."""
    try:
        janji().engine.stand_back(task_id, actor())
        line = tell("stood_back")
    except WindowClosed:
        line = tell("undo_late")
    return redirect(url_for("inbox.desk", task_id=task_id, **{PARAMETER: line}), 303)
