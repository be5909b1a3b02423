"""Looking before it goes out: the letter, the mail and the words that a task would send, and the button for it.

The form is saved as a draft first and the page is made from that: going back loses nothing, and neither does leaving.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotFound, Refusal, StepFailed
from engine.views import Desk
from webapp.desk import desks, stopped
from webapp.desk.outcomes import deciding, named, sentences
from webapp.frame.access import access, actor, janji
from webapp.frame.posted import answers, flat, pairs, seen, uploads
from webapp.frame.security import key
from webapp.staff.sheets import around_desk

pages = Blueprint("previews", __name__)


@pages.post("/tugas/<task_id>/lihat")
@access("staff")
def save(task_id: str) -> Any:
    """Save the form as it is and show what it would send out."""
    typed = answers(request)
    try:
        _draft, problems = janji().engine.save_task_draft(
            task_id, typed, uploads(request), actor(), key(), seen(request)
        )
    except Refusal as refused:
        return stopped.page(janji().queries.desk(task_id, actor()), refused, typed)
    if problems:
        return desks.with_problems(janji().queries.desk(task_id, actor()), problems)
    return redirect(url_for("previews.show", task_id=task_id, lanjut=request.form.get("lanjut")), 303)


@pages.get("/tugas/<task_id>/lihat")
@access("staff")
def show(task_id: str) -> Any:
    """What would go out. Mistakes lead back to the form, where each is named; without a draft there is nothing yet."""
    desk: Desk = janji().queries.desk(task_id, actor())
    if not desk.mine or desk.draft is None:
        return redirect(url_for("inbox.desk", task_id=task_id), 303)
    try:
        preview = janji().previewing.preview(task_id, actor())
    except AnswersRejected as refused:
        return desks.with_problems(desk, refused.problems)
    except (NotFound, StepFailed) as refused:
        return stopped.page(desk, refused, flat(desk.draft.values))
    return render_template(
        "staff/preview.html",
        desk=desk,
        preview=preview,
        then=sentences(preview.foreseen, desk.case),
        act=named(desk.form, around_desk(desk), str(desk.draft.values.get(deciding(desk.form), ""))),
        letters={kind: [_picture(page) for page in pages] for kind, pages in preview.letters.items()},
        values=pairs(flat(desk.draft.values)),
        onward=request.args.get("lanjut", ""),
    )


def _picture(page: bytes) -> str:
    """In the page itself: what is kept nowhere has no address."""
    return "data:image/png;base64," + b64encode(page).decode()
