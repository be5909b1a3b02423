"""From a blank form to a reference: the draft, the check of its answers, the sending, the receipt.

The draft lies in the engine; the browser's session holds only its token. Nothing a person typed is lost by a mistake:
wrong values are kept and shown again with every problem at once.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, NotFound
from engine.views import FormView, ServicePage
from webapp import receipts
from webapp.access import access, janji
from webapp.fields import Around, error_summary, form_fields, groups_of, render_answers
from webapp.papers import around, attachment
from webapp.posted import answers, uploads
from webapp.security import keep_to_oneself, key
from webapp.words import ServiceWords, language, say

pages = Blueprint("applying", __name__)

PERSONAL = frozenset({"nik", "npwp"})
"""Shown whole on the check before sending: whoever typed a number must be able to see it is right."""


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("/layanan/<service>/ajukan")
@access("public")
def form(service: str) -> str:
    """The form of a service, as it was left; a fresh one when there is no draft of it in this browser."""
    page = janji().queries.service(service)
    return _form(page, _draft(service) or page.form)


@pages.post("/layanan/<service>/ajukan")
@access("public")
def save(service: str) -> Answer | tuple[str, int]:
    """Keep what was typed; go on to the check when nothing is wrong with it."""
    page = janji().queries.service(service)
    token = _token(service)
    kept = janji().engine.save_draft(token, answers(request), uploads(request))
    if request.form.get("aksi") == "simpan" and not kept.problems:
        flash(say("Tersimpan. Anda dapat menutup halaman ini dan kembali dalam 14 hari dengan peramban yang sama."))
        return redirect(url_for(".form", service=service), 303)
    checked = janji().engine.checked_draft(token)
    # Problems of papers are known only now: a refused file is not in the draft that was checked.
    problems = _each_once(kept, checked)
    if problems.problems:
        return _form(page, problems), 422
    return redirect(url_for(".check", service=service), 303)


@pages.get("/layanan/<service>/ajukan/periksa")
@access("public")
def check(service: str) -> str | Answer:
    """All answers before they are sent, each group with a way back to change it."""
    page = janji().queries.service(service)
    token = session.get("drafts", {}).get(service)
    if token is None or _draft(service) is None:
        return redirect(url_for(".form", service=service), 303)
    view = janji().engine.checked_draft(token)
    if view.problems:
        return redirect(url_for(".form", service=service), 303)
    words = ServiceWords(page.facts, page.facts.id)
    needs = _around(service, words, view)

    def change(group: str) -> str:
        return url_for(".form", service=service, _anchor=f"g-{group}")

    return render_template(
        "citizen/check.html",
        page=page,
        words=words,
        answers=render_answers(view, needs, change, reveal=PERSONAL),
        promised=janji().queries.promised_if_started(service),
        send=_send(view, words),
    )


@pages.post("/layanan/<service>/ajukan/periksa")
@access("public")
def send(service: str) -> Answer | tuple[str, int]:
    """Begin the case. Sent twice, it is begun once."""
    page = janji().queries.service(service)
    token = session.get("drafts", {}).get(service, "")
    try:
        receipt = janji().engine.start(token, key())
    except AnswersRejected:
        return _form(page, janji().engine.checked_draft(token)), 422
    except NotFound:
        return redirect(url_for(".form", service=service), 303)
    drafts = {name: kept for name, kept in session.get("drafts", {}).items() if name != service}
    session["drafts"] = drafts
    receipts.keep(receipt)
    return redirect(url_for(".received", token=receipt.secret), 303)


@pages.get("/t/<token>/diterima")
@access("token")
def received(token: str) -> str | Answer:
    """The receipt, in the browser that sent the application; whoever else holds the link sees the case itself."""
    receipt = receipts.kept(token)
    if receipt is None:
        return redirect(url_for("citizen.tracking", token=token), 303)
    tracking = janji().queries.tracking(token)
    words = ServiceWords(tracking.facts, tracking.case.version)
    link = janji().settings.base_url.rstrip("/") + url_for("citizen.tracking", token=token)
    expected = None if receipt.due_at else janji().queries.promised_if_started(tracking.case.service)
    return render_template(
        "citizen/received.html", receipt=receipt, case=tracking.case, words=words, link=link, expected=expected
    )


@pages.get("/layanan/<service>/ajukan/berkas/<document_id>")
@access("public")
def paper(service: str, document_id: str) -> Response:
    """A paper of one's own draft."""
    return attachment(*janji().queries.document(document_id, token=session.get("drafts", {}).get(service, "")))


def _form(page: ServicePage, view: FormView) -> str:
    words = ServiceWords(page.facts, page.facts.id)
    needs = _around(page.facts.id, words, view)
    return render_template(
        "citizen/form.html",
        page=page,
        words=words,
        groups=groups_of(view, needs),
        summary=error_summary(view, needs),
        fields=form_fields(view, needs),
        promised=janji().queries.promised_if_started(page.facts.id),
    )


def _around(service: str, words: ServiceWords, view: FormView) -> Around:
    return around(words, view, lambda document: url_for(".paper", service=service, document_id=document))


def _token(service: str) -> str:
    """The token of this browser's draft of a service; begins one when there is none any more."""
    if _draft(service) is None:
        drafts = dict(session.get("drafts", {}))
        drafts[service] = janji().engine.begin_draft(service, language())
        session.permanent, session["drafts"] = True, drafts
    return str(session["drafts"][service])


def _draft(service: str) -> FormView | None:
    token = session.get("drafts", {}).get(service)
    try:
        return janji().queries.draft(token) if token else None  # type: ignore[no-any-return]
    except NotFound:
        return None


def _each_once(kept: FormView, checked: FormView) -> FormView:
    """The checked draft with the problems of both, and no "missing" where a file was given but refused."""
    refused = {problem.path for problem in kept.problems}
    rest = tuple(problem for problem in checked.problems if problem.path not in refused)
    return replace(checked, problems=kept.problems + rest)


def _send(view: FormView, words: ServiceWords) -> str:
    """The act of the button, by name."""
    own = words.in_form(view.id, "submit") or view.ui.get("ui:submit")
    return str(own or say("Kirim permohonan"))
