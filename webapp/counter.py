"""The counter: a clerk enters a case for somebody who came, called or wrote, and says by which channel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.errors import AnswersRejected
from engine.views import FormView
from webapp.access import access, actor, janji, may_start
from webapp.fields import error_summary, form_fields
from webapp.names import names
from webapp.posted import answers, nested, uploads
from webapp.security import key
from webapp.sheets import around_service, submit_words
from webapp.words import say as _

pages = Blueprint("counter", __name__)

CHANNELS = (
    ("loket", "Datang ke loket"),
    ("telepon", "Telepon"),
    ("surat", "Surat"),
    ("surel", "Surel"),
    ("media_sosial", "Media sosial"),
)


@pages.get("/loket")
@access("staff")
def services() -> Any:
    """The services this person may enter cases for."""
    mine = [page for page in names().services() if may_start(actor(), page.facts.id)]
    return render_template("staff/counter.html", services=mine)


@pages.get("/loket/<service>")
@access("starter")
def entry(service: str) -> Any:
    """The start form, as the citizen would fill it in."""
    return _page(janji().queries.counter_form(service, actor()))


@pages.post("/loket/<service>")
@access("starter")
def enter(service: str) -> Any:
    """Begin the case and show the receipt to hand over. Sent twice, it shows the same receipt."""
    form = janji().queries.counter_form(service, actor())
    channel = request.form.get("saluran", "")
    if channel not in dict(CHANNELS):
        return _page(_kept(form), _("Pilih saluran: bagaimana pemohon menghubungi kita.")), 422
    try:
        receipt = janji().engine.start_at_counter(service, answers(request), uploads(request), actor(), key(), channel)
    except AnswersRejected as refused:
        return _page(replace(_kept(form), problems=refused.problems)), 422
    link = str(janji().settings.base_url).rstrip("/") + f"/t/{receipt.secret}"
    starts = names().element(service, receipt.starts_when) if receipt.starts_when else ""
    return render_template("staff/receipt.html", receipt=receipt, link=link, service=service, starts=starts), 201


def _kept(form: FormView) -> FormView:
    return replace(form, values=nested(answers(request)))


def _page(form: FormView, channel_problem: str = "") -> str:
    around = around_service(form.service)
    return render_template(
        "staff/entry.html",
        form=form,
        fields=form_fields(form, around),
        summary=error_summary(form, around),
        channels=[(name, _(title)) for name, title in CHANNELS],
        channel=request.form.get("saluran", "loket"),
        channel_problem=channel_problem,
        submit=submit_words(form, around),
        back=url_for("counter.services"),
    )
