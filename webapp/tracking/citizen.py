"""A citizen's own case behind its secret link: where it stands, how its date was worked out, what they may do.

Every page here answers with the same 404 when the link opens nothing, and is kept by nobody. Knows no staff.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, CaseMovedOn, NotFound, StepFailed, TaskGone
from engine.views import FormView, StageState, Tracking
from webapp.applying import drafts
from webapp.applying.holding import holder
from webapp.applying.papers import around, attachment
from webapp.forms.fields import error_summary, form_fields
from webapp.frame.access import access, janji
from webapp.frame.filters import city_day
from webapp.frame.posted import answers, nested, uploads
from webapp.frame.security import keep_to_oneself, key
from webapp.frame.words import ServiceWords, go_on_in, say
from webapp.public.paper_words import LOOKS, STATES
from webapp.public.services import BASIS
from webapp.tracking.acting import CLOSED
from webapp.tracking.history import lines
from webapp.tracking.promised import concluded, days_so_far, meter, told, whole_sum

pages = Blueprint("citizen", __name__, url_prefix="/t/<token>")

LONGEST_REASON = 1000

STAGE_WORDS = {
    StageState.DONE: "Selesai",
    StageState.RUNNING: "Sedang berjalan",
    StageState.YOURS: "Menunggu Anda",
    StageState.AHEAD: "Belum mulai",
    StageState.LATE: "Terlambat",
    StageState.SKIPPED: "Dilewati",
}


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("")
@access("token")
def tracking(token: str) -> str:
    """The case at a glance: the date first, then whose turn it is, then everything that explains them."""
    seen = janji().queries.tracking(token)
    go_on_in(seen.case.language)
    without_date = seen.case.ended_at is None and (seen.promise is None or seen.promise.due_at is None)
    expected = janji().queries.promised_if_started(seen.case.service) if without_date else None
    return render_template(
        "citizen/tracking.html",
        **_shared(token, seen),
        told=told(seen, expected, janji().city.calendar),
        meter=meter(seen.promise),
        holder=holder(seen),
        stage_words=STAGE_WORDS,
        history=lines(seen.history),
        permit_states=STATES,
        permit_looks=LOOKS,
        issued={document.sha256: document for document in seen.documents if document.origin == "issued"},
        basis=BASIS,
        closed=CLOSED,
        may_link=_may_link(seen),
    )


@pages.get("/hitungan")
@access("token")
def worked_out(token: str) -> str:
    """The sum behind the date, day by day, so that a person can redo it with a calendar."""
    seen = janji().queries.worked_out(token)
    if seen.promise is None or not seen.promise.days:
        raise NotFound
    return render_template(
        "citizen/worked_out.html",
        **_shared(token, seen),
        basis=BASIS,
        today=city_day(seen.as_of),
        sum=whole_sum(seen.promise),
        rules=janji().queries.rules_of(token),
    )


@pages.get("/tugas/<task_id>")
@access("token")
def task(token: str, task_id: str) -> str:
    """What the citizen is asked for, with its reasons and its limit."""
    return _task(token, task_id, janji().queries.citizen_form(token, task_id))


@pages.post("/tugas/<task_id>")
@access("token")
def answer(token: str, task_id: str) -> Answer | tuple[str, int]:
    """Take the answer. What was wrong is shown with all that was typed; a step that is over says so on the case."""
    given = answers(request)
    try:
        janji().engine.answer(token, task_id, given, uploads(request), key())
    except AnswersRejected as refused:
        asked = janji().queries.citizen_form(token, task_id)
        values = {
            **nested(given),
            **{name: asked.values[name] for name in asked.values if name not in given},
            **refused.kept,
        }
        return _task(token, task_id, replace(asked, values=values, problems=refused.problems)), 422
    except (CaseMovedOn, StepFailed) as refused:
        flash(say("Maaf, jawaban Anda belum tersimpan karena gangguan sistem. Tulisan Anda masih ada; kirim lagi."))
        asked = janji().queries.citizen_form(token, task_id)
        status = 409 if isinstance(refused, CaseMovedOn) else 500
        return _task(token, task_id, replace(asked, values=nested(given))), status
    except TaskGone:
        flash(say("Langkah ini sudah selesai atau batas waktunya sudah lewat. Inilah keadaan terakhir."))
        return redirect(url_for(".tracking", token=token), 303)
    flash(say("Jawaban Anda sudah kami terima."))
    return redirect(url_for(".tracking", token=token), 303)


@pages.get("/tarik")
@access("token")
def withdrawal(token: str) -> str:
    """Ask once more before an application is taken back, or say why it no longer can be."""
    return _withdrawal(token)


@pages.post("/tarik")
@access("token")
def withdraw(token: str) -> Answer | tuple[str, int]:
    reason = request.form.get("alasan", "").strip()
    wrong = {}
    if len(reason) > LONGEST_REASON:
        wrong["alasan"] = say("Alasan terlalu panjang: paling banyak %(limit)s karakter.", limit=LONGEST_REASON)
    if request.form.get("yakin") != "ya":
        wrong["yakin"] = say("Centang pernyataan di bawah bila Anda memang ingin menarik berkas ini.")
    if wrong:
        return _withdrawal(token, reason, wrong), 422
    janji().engine.withdraw(token, reason, key())
    flash(say("Berkas Anda sudah ditarik."))
    return redirect(url_for(".tracking", token=token), 303)


@pages.post("/lapor-lagi")
@access("token")
def again(token: str) -> Answer:
    """Begin a new report that names this one, in the draft that this browser has of the service, if any."""
    seen = janji().queries.tracking(token)
    if not _may_link(seen):
        raise NotFound
    service = seen.case.service
    drafts.fill(service, {seen.facts.links.rpartition(".")[2]: seen.case.reference})
    return redirect(url_for("applying.form", service=service), 303)


@pages.post("/desak")
@access("token")
def press(token: str) -> Answer:
    """Have the next superior told of an overdue case, and show the receipt."""
    made = janji().engine.press(token, key())
    return redirect(url_for(".pressed", token=token, count=made.number.rpartition("-D")[2]), 303)


@pages.get("/desak/<int:count>")
@access("token")
def pressed(token: str, count: int) -> str:
    """The receipt of one time a case was pressed, to be printed or shown at the counter."""
    seen = janji().queries.tracking(token)
    if not 1 <= count <= len(seen.presses):
        raise NotFound
    return render_template("citizen/pressed.html", **_shared(token, seen), made=seen.presses[count - 1])


@pages.get("/berkas/<document_id>")
@access("token")
def document(token: str, document_id: str) -> Response:
    """A paper of the case, as a download."""
    return attachment(*janji().queries.document(document_id, token=token))


def _may_link(seen: Tracking) -> bool:
    """Whether a result can be followed by another report: the service takes complaints and links them to a case."""
    return bool(seen.case.outcome and seen.facts.anonymous and seen.facts.links)


def _task(token: str, task_id: str, view: FormView) -> str:
    seen = janji().queries.tracking(token)
    shared = _shared(token, seen)
    needs = around(shared["words"], view, lambda paper: url_for(".document", token=token, document_id=paper))
    return render_template(
        "citizen/task.html",
        **shared,
        task_id=task_id,
        title=shared["words"].in_form(view.id, "title") or view.schema.get("title") or shared["words"].element(view.id),
        send=shared["words"].in_form(view.id, "submit") or view.ui.get("ui:submit") or say("Kirim jawaban"),
        summary=error_summary(view, needs),
        fields=form_fields(view, needs),
    )


def _withdrawal(token: str, reason: str = "", wrong: dict[str, str] | None = None) -> str:
    seen = janji().queries.tracking(token)
    return render_template("citizen/withdraw.html", **_shared(token, seen), reason=reason, wrong=wrong or {})


def _shared(token: str, seen: Tracking) -> dict[str, Any]:
    """What every page of a case shows: the case, its words, the four numbers of its sum."""
    so_far = days_so_far(seen.promise, city_day(seen.as_of)) if seen.promise else None
    words = ServiceWords(seen.facts, seen.case.version)
    return {"token": token, "seen": seen, "words": words, "so_far": so_far, "concluded": concluded(seen)}
