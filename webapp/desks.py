"""The page of one task and the pages that say why it could not be finished, each with what the person had typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import (
    AnswersRejected,
    CaseMovedOn,
    NotYours,
    StepFailed,
    TaskGone,
    TaskHeld,
)
from engine.model import Actor
from engine.views import Desk, FormView
from webapp.access import actor, janji, supervises
from webapp.fields import error_summary, form_fields, render_answers
from webapp.guarding import has_numbers, reasons
from webapp.names import names
from webapp.posted import answers, nested, typed_texts, uploads
from webapp.security import key
from webapp.sheets import around_case, submit_words
from webapp.tags import days_left, time_tag
from webapp.telling import PARAMETER, tell
from webapp.words import say as _

Page = str | tuple[str, int]


def page(desk: Desk, form: FormView | None = None, *, handing: str = "", moved: str = "") -> str:
    """The desk. `form` replaces the fresh one after a refusal; `handing` is what is wrong with a hand-over, `moved`
    what happened to the case meanwhile.
    """
    who = actor()
    form = form or desk.form
    around = around_case(desk.case, desk.answered, {paper.id: paper for paper in desk.documents}, desk.whole_until)
    return render_template(
        "staff/desk.html",
        desk=desk,
        form=form,
        fields=form_fields(form, around),
        summary=error_summary(form, around),
        shown=[(one, render_answers(one, around)) for one in reversed(_newest(desk))],
        tag=time_tag(desk.case, desk.urgency, days_left(desk.case, janji().clock.now(), janji().city.calendar), _),
        mine=desk.mine,
        submit=submit_words(form, around),
        may_hand_over=desk.task.closed_at is None and (desk.task.holder == who.id or supervises(who)),
        colleagues=janji().queries.colleagues(desk.task.id, who) if desk.task.closed_at is None else (),
        handing=handing,
        moved=moved,
        numbers=reasons() if has_numbers(desk.answered) else [],
        me=who.id,
    )


def finish(task_id: str, who: Actor) -> Response | Page:
    """Complete the task with what was posted; every refusal is a page that keeps the text."""
    desk: Desk = janji().queries.desk(task_id, who)
    try:
        janji().engine.complete(task_id, answers(request), uploads(request), who, key())
    except AnswersRejected as refused:
        desk = janji().queries.desk(task_id, who)  # again: it now holds the papers that came with the form
        values = {**nested(answers(request)), **refused.kept}
        return page(desk, replace(desk.form, values=values, problems=refused.problems)), 422
    except CaseMovedOn:
        kept = replace(desk.form, values=nested(answers(request)))
        moved = _("Berkas ini baru saja berubah. Periksa lagi lalu kirim sekali lagi; tulisan Anda masih ada.")
        return page(desk, kept, moved=moved), 409
    except TaskGone as refused:
        return gone(desk, refused)
    except TaskHeld as refused:
        return held(desk, refused)
    except NotYours as refused:
        return not_yours(desk, refused)
    except StepFailed as refused:
        return failed(desk, refused)
    element = names().element(desk.case.version, desk.task.element)
    line = tell("done", element=element, reference=desk.case.reference)
    return redirect(url_for("inbox.worklist", **{PARAMETER: line}), 303)


def gone(desk: Desk, refused: TaskGone) -> Page:
    """Somebody finished it first, or a deadline took it away."""
    return _refused(desk, "gone", 409, by=_who(desk, refused.by), at=refused.at)


def held(desk: Desk, refused: TaskHeld) -> Page:
    """A colleague holds it."""
    return _refused(desk, "held", 409, by=desk.holder_name or refused.holder)


def not_yours(desk: Desk, refused: NotYours) -> Page:
    """The rules keep this person out of a task they can see."""
    return _refused(desk, "conflict" if refused.reason == "conflict" else "role", 403, role=refused.role)


def failed(desk: Desk, refused: StepFailed) -> Page:
    """The diagram could not go on; nothing was changed."""
    return _refused(desk, "failed", 500, at_element=names().element(desk.case.version, refused.element))


def _refused(desk: Desk, why: str, status: int, **facts: Any) -> Page:
    titles = {name: spec.get("title", name) for name, spec in desk.form.schema.get("properties", {}).items()}
    typed = [(titles.get(name.split(".")[0], name), text) for name, text in typed_texts(answers(request))]
    return render_template("staff/refused.html", desk=desk, why=why, typed=typed, **facts), status


def _who(desk: Desk, login: str | None) -> str:
    """The name of whoever closed a task: the applicant as such, a colleague by name, nobody when a deadline did."""
    if login is None:
        return ""
    if login == desk.case.id:
        return names().role("pemohon", desk.case.version)
    people = {known: name for known, name, _load in janji().queries.colleagues(desk.task.id, actor())}
    return str(people.get(login, login))


def _newest(desk: Desk) -> list[Any]:
    """The newest answers of each form, in the order in which the forms were first answered."""
    return list({one.element: one for one in desk.answered}.values())
