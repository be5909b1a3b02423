"""The counter: a clerk enters a case for somebody who came, called or wrote, and says by which channel and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.errors import AnswersRejected, NotFound
from engine.model import Came, FieldProblem
from engine.views import Alike, FormView, Receipt
from webapp.applying.similar import row
from webapp.drawings.qr import qr
from webapp.forms.fields import error_summary, form_fields
from webapp.frame.access import access, actor, janji, may_start
from webapp.frame.posted import answers, day_of, nested, uploads
from webapp.frame.security import key
from webapp.frame.words import ServiceWords
from webapp.frame.words import say as _
from webapp.staff.names import names
from webapp.staff.sheets import around_service, submit_words

pages = Blueprint("counter", __name__)

DAY, WHY = "terima_pada", "terima_sebab"
LONGEST_WHY = 300
PROBLEMS = {
    "channel": "Pilih saluran: bagaimana pemohon menghubungi kita.",
    "received.day": "Tulis tanggalnya lengkap: hari, bulan, tahun.",
    "received.future": "Tanggal terima tidak boleh sesudah hari ini.",
    "received.too_early": "Tanggal terima paling lama %(limit)s hari ke belakang.",
    "received.why": "Tulis mengapa baru dicatat sekarang.",
}
"""What may be wrong with the part of the page that is about how it came, by code."""


@pages.get("/loket")
@access("staff")
def services() -> Any:
    """The services this person may enter cases for, and by which ways cases came in lately."""
    mine = [page for page in names().services() if may_start(actor(), page.facts.id)]
    return render_template("staff/counter.html", services=mine, channels=janji().queries.channels(actor()))


@pages.get("/loket/<service>")
@access("starter")
def entry(service: str) -> Any:
    """The start form, as the citizen would fill it in."""
    return _page(janji().queries.counter_form(service, actor()))


@pages.post("/loket/<service>")
@access("starter")
def enter(service: str) -> Any:
    """Begin the case and show the receipt to hand over. Sent twice, it shows the same receipt.

    That is asked for first of all: by now its draft is gone, and the case itself would be one alike. What was typed
    and attached lies in a draft from the first press on, so nothing is lost by a mistake; cases like it are shown once
    before it is sent.
    """
    if before := janji().engine.started(actor(), key()):
        return _receipt(service, before)
    form, sent = janji().queries.counter_form(service, actor()), uploads(request)
    token, kept = _keep(service, sent)
    form = replace(form, values=kept.values or nested(answers(request)), files=kept.files)
    wrong = _wrong()
    if wrong or kept.problems:
        return _page(replace(form, problems=kept.problems), wrong, token), 422
    if not request.form.get("serupa") and (alike := janji().queries.alike(token)):
        return _page(form, (), token, alike), 422
    return _begin(form, answers(request) | {name: kept.values[name] for name in sent if name in kept.values}, token)


def _begin(form: FormView, raw: dict[str, Any], token: str) -> Any:
    channel = request.form.get("saluran", "")
    try:
        receipt = janji().engine.start_at_counter(form.service, raw, {}, actor(), key(), channel, _came(), token)
    except AnswersRejected as refused:
        ours = tuple(one for one in refused.problems if one.path in (DAY, WHY))
        theirs = tuple(one for one in refused.problems if one not in ours)
        return _page(replace(form, problems=theirs), ours, token), 422
    return _receipt(form.service, receipt)


def _receipt(service: str, receipt: Receipt) -> Any:
    link = str(janji().settings.base_url).rstrip("/") + f"/t/{receipt.secret}"
    starts = names().element(service, receipt.starts_when) if receipt.starts_when else ""
    reach = janji().queries.tracking(receipt.secret).reach
    contacts = [one.masked for one in reach.contacts] if reach else []
    return render_template(
        "staff/receipt.html",
        receipt=receipt,
        link=link,
        qr=qr(link),
        service=service,
        starts=starts,
        contacts=contacts,
    ), 201


def _keep(service: str, sent: dict[str, list[tuple[str, bytes]]]) -> tuple[str, FormView]:
    """Put what was posted into the draft of this page, or into a new one when that one is gone."""
    token = request.form.get("draf", "")
    try:
        return token, janji().engine.save_draft(token, answers(request), sent)
    except NotFound:
        token = janji().engine.begin_draft(service, "id")
        return token, janji().engine.save_draft(token, answers(request), sent)


def _wrong() -> tuple[FieldProblem, ...]:
    found = []
    if request.form.get("saluran", "") not in dict(_channels()):
        found.append(FieldProblem("saluran", "channel"))
    if request.form.get(DAY, "").strip() and _came().on is None:
        found.append(FieldProblem(DAY, "received.day"))
    return tuple(found)


def _came() -> Came:
    on = day_of(request.form.get(DAY, ""))
    return Came(on, request.form.get(WHY, "")[:LONGEST_WHY]) if on else Came()


def _channels() -> list[tuple[str, str]]:
    """Those a clerk chooses among, as (id, name)."""
    return [(one.id, names().channel(one.id)) for one in janji().city.channels.values() if not one.online]


def _page(form: FormView, wrong: Sequence[FieldProblem] = (), token: str = "", alike: Sequence[Alike] = ()) -> str:
    around, page = around_service(form.service), next(p for p in names().services() if p.facts.id == form.service)
    words = ServiceWords(page.facts, form.service)
    return render_template(
        "staff/entry.html",
        form=form,
        fields=form_fields(form, around),
        summary=error_summary(form, around),
        channels=_channels(),
        channel=request.form.get("saluran", _channels()[0][0]),
        wrong={one.path: _(PROBLEMS[one.code], **one.facts) for one in wrong},
        typed=request.form,
        today=janji().city.calendar.on(janji().clock.now()),
        back_days=janji().city.back_days,
        draft=token,
        alike=[row(one, words, form.schema) for one in alike],
        submit=submit_words(form, around),
        back=url_for("counter.services"),
    )
