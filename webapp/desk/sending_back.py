"""Undoing a send-back: the case comes back to one's own desk, with what one had typed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for

from engine.errors import WindowClosed
from webapp.frame.access import access, actor, janji
from webapp.frame.telling import tell, with_news
from webapp.frame.words import say
from webapp.staff.names import names

pages = Blueprint("sending_back", __name__)

WHY_NOT = {
    "over": "Sudah lewat 10 menit.",
    "touched": "Rekan sudah mengambil atau mengerjakannya, atau waktu tugasnya sudah tiba.",
}


@pages.post("/tugas/<task_id>/urungkan")
@access("staff")
def undo(task_id: str) -> Any:
    """Take the case back, or say why that can no longer be done."""
    desk = janji().queries.desk(task_id, actor())
    there = url_for("inbox.desk", task_id=task_id)
    try:
        janji().engine.undo_send_back(task_id, actor())
    except WindowClosed as closed:
        return redirect(with_news(there, tell("send_back_stays", why=say(WHY_NOT[closed.why]))), 303)
    element = names().element(desk.case.version, desk.task.element)
    return redirect(with_news(there, tell("send_back_undone", element=element)), 303)
