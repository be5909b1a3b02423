"""From a blank form to a case: the form or its list of parts, the check of the answers, the sending.

The draft lies in the engine; the browser's session holds only its token. Nothing a person typed is lost by a mistake:
wrong values are kept and shown again with every problem at once. `stepping` asks one part of a long form a page.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, NotFound
from engine.views import FormView, ServicePage
from webapp.applying import drafts, receipts, similar
from webapp.applying.papers import around, attachment
from webapp.drawings.arrival import arrival
from webapp.forms import steps
from webapp.forms.fields import Around, error_summary, form_fields, groups_of, render_answers
from webapp.frame.access import access, janji
from webapp.frame.filters import day
from webapp.frame.posted import answers, uploads
from webapp.frame.security import keep_to_oneself, key
from webapp.frame.words import ServiceWords, say

pages = Blueprint("applying", __name__)

PERSONAL = frozenset({"nik", "npwp"})
"""Shown whole on the check before sending: whoever typed a number must be able to see it is right."""


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("/layanan/<service>/ajukan")
@access("public")
def form(service: str) -> str:
    """The form of a service, as it was left; of a long one the list of its parts."""
    page = janji().queries.service(service)
    if steps.in_steps(page.form):
        return _list(page)
    return _form(page, drafts.kept(service) or page.form)


@pages.post("/layanan/<service>/ajukan")
@access("public")
def save(service: str) -> Answer | tuple[str, int]:
    """Keep what was typed; go on to the check when nothing is wrong with it."""
    page = janji().queries.service(service)
    if steps.in_steps(page.form):
        return redirect(url_for(".form", service=service), 303)
    token = drafts.token(service)
    kept = janji().engine.save_draft(token, answers(request), uploads(request))
    if request.form.get("aksi") == "simpan" and not kept.problems:
        tell_saved()
        return redirect(url_for(".form", service=service), 303)
    checked = janji().engine.checked_draft(token)
    problems = each_once(kept, checked)
    if problems.problems:
        return _form(page, problems), 422
    return redirect(url_for(".check", service=service), 303)


@pages.get("/layanan/<service>/ajukan/periksa")
@access("public")
def check(service: str) -> str | Answer:
    """All answers before they are sent, each group with a way to change it that comes back here."""
    page, view = janji().queries.service(service), drafts.checked(service)
    if view is None or view.problems:
        if view:
            flash(say("Belum dapat dikirim: masih ada isian yang perlu dilengkapi atau diperbaiki."))
        return redirect(url_for(".form", service=service), 303)
    if similar.to_look_at(service):
        return redirect(url_for("similar.look", service=service), 303)
    words = ServiceWords(page.facts, page.facts.id)
    needs = needed_around(service, words, view)
    now = janji().clock.now()
    return render_template(
        "citizen/check.html",
        page=page,
        words=words,
        answers=render_answers(steps.sent(view), needs, lambda group: _change(view, group), reveal=PERSONAL),
        left_out=steps.set_aside(view, groups_of(view, needs)),
        promised=janji().queries.promised_if_started(service),
        arrival=arrival(now, janji().city.calendar),
        send=_send(view, words),
    )


@pages.post("/layanan/<service>/ajukan/periksa")
@access("public")
def send(service: str) -> Answer | tuple[str, int]:
    """Begin the case. Sent twice, it is begun once."""
    page, token = janji().queries.service(service), drafts.known(service)
    try:
        receipt = janji().engine.start(token, key())
    except AnswersRejected:
        if steps.in_steps(page.form):
            return redirect(url_for(".check", service=service), 303)
        return _form(page, janji().engine.checked_draft(token)), 422
    except NotFound:
        return redirect(url_for(".form", service=service), 303)
    drafts.let_go(service)
    receipts.keep(receipt)
    return redirect(url_for("received.receipt", token=receipt.secret), 303)


@pages.get("/layanan/<service>/ajukan/berkas/<document_id>")
@access("public")
def paper(service: str, document_id: str) -> Response:
    """A paper of one's own draft."""
    return attachment(*janji().queries.document(document_id, token=drafts.known(service)))


def tell_saved() -> None:
    flash(
        say(
            "Tersimpan. Anda dapat menutup halaman ini dan melanjutkan dengan peramban yang sama sampai %(day)s.",
            day=day(drafts.kept_until()),
        )
    )


def needed_around(service: str, words: ServiceWords, view: FormView) -> Around:
    """What the fields of a draft need from outside."""
    return around(words, view, lambda document: url_for("applying.paper", service=service, document_id=document))


def each_once(kept: FormView, checked: FormView) -> FormView:
    """The checked draft with the problems of both, and no "missing" where a file was given but refused.

    Problems of papers are known only while saving: a refused file is not in the draft that is checked.
    """
    refused = {problem.path for problem in kept.problems}
    rest = tuple(problem for problem in checked.problems if problem.path not in refused)
    return replace(checked, problems=kept.problems + rest)


def _form(page: ServicePage, view: FormView) -> str:
    words = ServiceWords(page.facts, page.facts.id)
    needs = needed_around(page.facts.id, words, view)
    return render_template(
        "citizen/form.html",
        page=page,
        words=words,
        summary=error_summary(view, needs),
        fields=form_fields(view, needs),
        promised=janji().queries.promised_if_started(page.facts.id),
    )


def _list(page: ServicePage) -> str:
    service, words = page.facts.id, ServiceWords(page.facts, page.facts.id)
    draft = drafts.checked(service)
    view = draft or page.form
    needs = needed_around(service, words, view)
    listed = steps.parts(view, groups_of(view, needs))
    done, total = steps.progress(listed)
    return render_template(
        "citizen/parts.html",
        page=page,
        words=words,
        begun=draft is not None,
        parts=listed,
        done=done,
        total=total,
        onward=steps.onward(listed),
        promised=janji().queries.promised_if_started(service),
    )


def _change(view: FormView, group: str) -> str:
    """Where a group is changed: its own page, or its place on the one page of a short form."""
    if steps.in_steps(view):
        return url_for("stepping.part", service=view.service, group=group, dari="periksa")
    return url_for(".form", service=view.service, _anchor=f"g-{group}")


def _send(view: FormView, words: ServiceWords) -> str:
    """The act of the button, by name."""
    own = words.in_form(view.id, "submit") or view.ui.get("ui:submit")
    return str(own or say("Kirim permohonan"))
