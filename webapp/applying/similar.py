"""Open complaints like one's own, shown before it is sent; who finds the same one there may follow it instead.

Knows no category and no place: what makes cases alike stands in the diagram.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, NotFound
from engine.views import Alike
from webapp.applying import drafts
from webapp.forms.showing import place
from webapp.frame.access import access, janji
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import ServiceWords, language, say

pages = Blueprint("similar", __name__)

NAME = "different"
"""In the session: the drafts whose reporter said that theirs is another matter."""


@pages.before_request
def _private() -> None:
    keep_to_oneself()


def to_look_at(service: str) -> bool:
    """Whether there are cases like this browser's draft that its reporter has not yet seen."""
    token = drafts.known(service)
    return bool(token) and token not in session.get(NAME, []) and bool(_alike(token))


@pages.get("/layanan/<service>/ajukan/serupa")
@access("public")
def look(service: str) -> str | Answer:
    """The cases like the draft; none: on to the check."""
    found = _alike(drafts.known(service))
    if not found:
        return redirect(url_for("applying.check", service=service), 303)
    return _page(service, found)


@pages.post("/layanan/<service>/ajukan/serupa")
@access("public")
def choose(service: str) -> Answer | str | tuple[str, int]:
    """Go on with one's own, or follow the chosen one and drop the draft."""
    token, reference = drafts.known(service), request.form.get("nomor", "")
    if request.form.get("aksi") != "ikuti":
        session[NAME] = [*session.get(NAME, [])[-5:], token]
        return redirect(url_for("applying.check", service=service), 303)
    found, contact = _alike(token), request.form.get("kontak", "").strip()
    known = {one.reference for one in found}
    wrong = {} if reference in known else {"nomor": say("Pilih laporan yang ingin Anda ikuti.")}
    try:
        if not wrong:
            janji().engine.follow_case(reference, contact, language(), request.remote_addr or "", token)
            drafts.let_go(service)
            return render_template("similar/followed.html", reference=reference, by_mail="@" in contact)
    except AnswersRejected:
        wrong["kontak"] = say("Tulis satu alamat e-mail atau nomor HP. Contoh: nama@contoh.id atau 0812-3456-7890.")
    except NotFound:
        wrong["nomor"] = say("Laporan itu baru saja ditutup. Pilih yang lain, atau lanjutkan laporan Anda.")
    return _page(service, found, wrong, reference, contact), 422


def _page(
    service: str, found: tuple[Alike, ...], wrong: dict[str, str] | None = None, reference: str = "", contact: str = ""
) -> str:
    page = janji().queries.service(service)
    words = ServiceWords(page.facts, page.facts.id)
    rows = [row(one, words, page.form.schema) for one in found]
    return render_template(
        "similar/look.html", page=page, words=words, rows=rows, wrong=wrong or {}, chosen=reference, contact=contact
    )


def row(one: Alike, words: ServiceWords, schema: Any) -> dict[str, Any]:
    """A case like another as a line of a page."""
    stage = next((stage for stage in words.facts.stages if stage.id == one.stage), None)
    return {
        "reference": one.reference,
        "what": ", ".join(_title(path, value, words, schema) for path, value in one.same.items()),
        "place": place(one.area, janji().city.regions) if one.area else "",
        "at": one.started_at,
        "stage": words.stage(stage) if stage else "",
        "summary": one.summary,
    }


def _title(path: str, value: str, words: ServiceWords, schema: Any) -> str:
    """The title of a chosen answer, as the form gives it."""
    form, _, field = path.partition(".")
    titles = {str(of.get("const")): str(of.get("title")) for of in schema["properties"].get(field, {}).get("oneOf", ())}
    return words.in_form(form, field, "choices", value) or titles.get(value, value)


def _alike(token: str) -> tuple[Alike, ...]:
    try:
        return janji().queries.alike(token) if token else ()  # type: ignore[no-any-return]
    except NotFound:
        return ()
