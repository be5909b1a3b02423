"""The page of one task and the pages that say why it could not be finished, each with what the person had typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import (
    AnswersRejected,
    CaseMovedOn,
    DraftMovedOn,
    NotYours,
    Refusal,
    StepFailed,
    TaskGone,
    TaskHeld,
)
from engine.model import Actor, Decision, FieldProblem
from engine.views import Desk, FormView
from webapp.casefile.guarding import reasons
from webapp.casefile.merging import together, used_elsewhere
from webapp.casefile.reader import FRAME
from webapp.casefile.replies import replies, texts_of
from webapp.desk import stopped
from webapp.desk.onward import TAKE, next_desk
from webapp.desk.outcomes import deciding, finishing, sentences
from webapp.desk.putting_off import days
from webapp.forms.fields import Around, error_summary, form_fields, render_answers
from webapp.frame.access import actor, janji, supervises
from webapp.frame.lookups import has_numbers
from webapp.frame.posted import answers, flat, nested, seen, uploads
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.people.sharing import because
from webapp.staff.names import names
from webapp.staff.sheets import around_desk, reading, submit_words
from webapp.staff.time_left import of_desk

Page = str | tuple[str, int]


def page(desk: Desk, form: FormView | None = None, *, handing: str = "", moved: str = "", **more: Any) -> str:
    """The desk. `form` replaces the fresh one after a refusal; `handing` is what is wrong with a hand-over, `moved`
    what happened to the case meanwhile, `more` what was typed into a small form of the page.
    """
    who, form, around = actor(), form or desk.form, around_desk(desk)
    return render_template(
        "staff/desk.html",
        desk=desk,
        me=who.id,
        mine=desk.mine,
        tag=of_desk(desk),
        handing=handing,
        moved=moved,
        comforting=True,
        **_asking(desk, form, around, who),
        **_beside(desk, around),
        **_passing_on(desk, who),
        **more,
    )


def _asking(desk: Desk, form: FormView, around: Around, who: Actor) -> dict[str, Any]:
    """The form and the ways to finish it, each with what would follow."""
    ahead = janji().queries.foreseen(desk.task.id, form.values, who) if desk.mine else {}
    form = replace(form, foreseen={choice: " ".join(sentences(one, desk.case)) for choice, one in ahead.items()})
    by_way = finishing(form, around, ahead, desk.case) if desk.mine else None
    return {
        "form": form,
        "fields": form_fields(form, around, by_way.asked if by_way else frozenset()),
        "summary": error_summary(form, around),
        "submit": submit_words(form, around),
        "finishing": by_way,
        "deciding": deciding(form),
        "outward": any(one.outward for one in ahead.values()),
        "then": sentences(ahead[""], desk.case) if "" in ahead else (),
        "version": desk.task.drafted,
        "texts": texts_of(form, around),
        "replies": replies(desk.case),
    }


def _beside(desk: Desk, around: Around) -> dict[str, Any]:
    """What is known of the case already: earlier answers, papers, complaints alike."""
    newest = {one.element: one for one in desk.answered}
    return {
        "shown": [(one, render_answers(one, around)) for one in reversed(newest.values())],
        "numbers": reasons() if has_numbers(desk.answered) else [],
        "reading": reading,
        "frame": FRAME,
        "joined": together(desk.case),
        "reused": used_elsewhere(desk),
    }


def _passing_on(desk: Desk, who: Actor) -> dict[str, Any]:
    """Handing an open task to a colleague or putting it off; of a closed one, undoing it and what was not sent."""
    closed = desk.task.closed_at
    return {
        "offer": janji().queries.offer([desk.task.id], who) if _may_hand_over(desk, who) else None,
        "because": because,
        "days": days(),
        "undo_until": janji().queries.send_back_until(desk.task.id, who) if closed else None,
        "unused": stopped.texts(desk, flat(desk.draft.values)) if desk.draft and closed else [],
    }


def _may_hand_over(desk: Desk, who: Actor) -> bool:
    """Its holder, whoever stands in for them, and whoever supervises."""
    task = desk.task
    holds = task.holder is not None and (task.holder == who.id or desk.stands_in is not None)
    return task.closed_at is None and (holds or supervises(who))


def finish(task_id: str, who: Actor) -> Response | Page:
    """Complete the task with what was posted; every refusal is a page that keeps the text."""
    desk: Desk = janji().queries.desk(task_id, who)
    try:
        after = janji().engine.complete(task_id, answers(request), uploads(request), who, key(), seen(request))
    except AnswersRejected as refused:
        return _rejected(task_id, who, refused)
    except CaseMovedOn:
        kept = replace(desk.form, values=nested(answers(request)))
        moved = _("Berkas ini baru saja berubah. Periksa lagi lalu kirim sekali lagi; tulisan Anda masih ada.")
        return page(desk, kept, moved=moved), 409
    except (DraftMovedOn, TaskGone, TaskHeld, NotYours, StepFailed) as refused:
        return stopped.page(desk, refused, answers(request))
    if after.request is Decision.WAITING:
        line = tell("request_waits", reference=desk.case.reference)
        return redirect(url_for("inbox.desk", task_id=task_id, **{PARAMETER: line}), 303)
    element = names().element(desk.case.version, desk.task.element)
    sent = {"sent_back": task_id} if janji().queries.send_back_until(task_id, who) else {}
    news = {PARAMETER: tell("done", element=element, reference=desk.case.reference, **sent)}
    onward = next_desk(who, key(), **news) if request.form.get("lanjut") == TAKE else ""
    return redirect(onward or url_for("inbox.worklist", **news), 303)


def _rejected(task_id: str, who: Actor, refused: AnswersRejected) -> Page:
    """Every problem at its question. What was typed is also saved: whoever leaves now finds it again."""
    values = {**answers(request), **refused.kept}
    with suppress(Refusal):
        janji().engine.save_task_draft(task_id, values, {}, who, key(), seen(request))
    # read again: it now holds the papers that came with the form
    return with_problems(janji().queries.desk(task_id, who), refused.problems, nested(values))


def with_problems(desk: Desk, problems: Sequence[FieldProblem], values: Mapping[str, Any] | None = None) -> Page:
    """The desk with each problem at its question; `values` are shown instead of those of the desk's form."""
    kept = desk.form.values if values is None else values
    return page(desk, replace(desk.form, values=kept, problems=tuple(problems))), 422
