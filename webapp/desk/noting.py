"""Notes on a case: writing one, taking one's own back, and ready sentences put into a note or an answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, request, url_for

from engine.errors import Refusal, WindowClosed
from engine.views import CaseFile
from webapp.casefile import cases
from webapp.casefile.replies import with_reply
from webapp.desk import desks
from webapp.frame.access import access, actor, janji
from webapp.frame.posted import answers, local_path, nested, seen, uploads
from webapp.frame.security import key
from webapp.frame.telling import tell, with_news
from webapp.frame.words import say as _

pages = Blueprint("noting", __name__)


LONGEST = 4000


@pages.post("/berkas/<reference>/catatan")
@access("staff")
def write(reference: str) -> Any:
    """Write a note: for colleagues, unless its writer says that the citizen should read it too."""
    file = janji().queries.case_file(reference, actor())
    text = request.form.get("catatan", "").strip()[:LONGEST]
    if not text:
        return _again(file, note_problem=_("Catatan masih kosong.")), 422
    audience = "public" if _for_applicant() else "internal"
    janji().engine.comment(file.case.reference, text, actor(), key(), audience)
    return redirect(with_news(_back(file), tell("noted"), "catatan"), 303)


@pages.post("/berkas/<reference>/catatan/<int:line>/tarik")
@access("staff")
def take_back(reference: str, line: int) -> Any:
    """Take one's own note back while nobody outside has read it."""
    file = janji().queries.case_file(reference, actor())
    there = _back(file)
    try:
        janji().engine.take_back_note(file.case.reference, line, actor())
    except WindowClosed:
        return redirect(with_news(there, tell("note_late"), "catatan"), 303)
    return redirect(with_news(there, tell("note_taken_back"), "catatan"), 303)


@pages.post("/berkas/<reference>/catatan/sisipkan")
@access("staff")
def insert(reference: str) -> str:
    """Put the chosen sentence behind the note that was typed, and show the page again with all of it."""
    file = janji().queries.case_file(reference, actor())
    typed = request.form.get("catatan", "")[:LONGEST]
    return _again(file, note_typed=with_reply(file.case, request.form.get("kalimat", ""), typed))


@pages.post("/tugas/<task_id>/sisipkan")
@access("staff")
def into_form(task_id: str) -> str:
    """Put the chosen sentence behind one of a form's texts. Everything typed and every paper stays, in its draft."""
    who, typed = actor(), answers(request)
    desk = janji().queries.desk(task_id, who)
    field, chosen = request.form.get("ke_isian", ""), request.form.get("kalimat", "")
    if field in desk.form.schema.get("properties", {}):
        typed = {**typed, field: with_reply(desk.case, chosen, str(typed.get(field, "")))}
    with suppress(Refusal):
        janji().engine.save_task_draft(task_id, typed, uploads(request), who, key(), seen(request))
    return desks.page(janji().queries.desk(task_id, who), replace(desk.form, values=nested(typed)))


def _again(file: CaseFile, **note: str) -> str:
    """The page that the note was typed on, a desk or the case file, with what was said and chosen."""
    said = {**note, "note_public": _for_applicant()}
    task = request.form.get("tugas", "")
    return desks.page(janji().queries.desk(task, actor()), **said) if task else cases.page(file, **said)


def _for_applicant() -> bool:
    """Whether the writer says that the applicant should read the note too."""
    return request.form.get("pembaca") == "pemohon"


def _back(file: CaseFile) -> str:
    return local_path(request.form.get("kembali"), url_for("cases.case_file", reference=file.case.reference))
