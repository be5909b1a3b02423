"""The case file for staff: everything of one case, its notes and papers, its diagram; and lists of cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for

from engine.errors import DocumentRefused
from engine.views import CaseFile
from webapp.casefile.changes import changes
from webapp.casefile.guarding import reasons
from webapp.casefile.journeys import drawn
from webapp.casefile.merging import together
from webapp.casefile.releasing import release_words
from webapp.casefile.replies import replies
from webapp.casefile.trail import lines
from webapp.forms.fields import Around, render_answers
from webapp.forms.problems import sentence
from webapp.forms.showing import place as region
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import short_day
from webapp.frame.lookups import has_numbers, looked
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.staff.filtering import NO_STAGE, STATES, Wanted, wanted
from webapp.staff.names import names
from webapp.staff.sheets import around_case, reading
from webapp.staff.time_left import of_case, of_row
from webapp.staff.whereabouts import hands, place

pages = Blueprint("cases", __name__)

SHOWN_AS_THEY_ARE = frozenset({"image/jpeg", "image/png", "image/webp"})
"""Pictures, which we re-encoded ourselves. Anything else is handed over as a file: a PDF may carry scripts."""


@pages.get("/berkas/<reference>")
@access("staff")
def case_file(reference: str) -> Any:
    """Everything of a case. A reference in small letters leads to the same page."""
    return page(janji().queries.case_file(reference, actor()))


@pages.post("/berkas/<reference>/lampiran")
@access("staff")
def attach(reference: str) -> Any:
    """Add a paper outside any form."""
    file = janji().queries.case_file(reference, actor())
    sent = request.files.get("lampiran")
    if sent is None or not sent.filename:
        return page(file, paper_problem=_("Pilih berkas yang hendak dilampirkan.")), 422
    try:
        janji().engine.attach(file.case.reference, sent.filename, sent.read(), actor(), key())
    except DocumentRefused as refused:
        return page(file, paper_problem=_why(refused)), 422
    return _back(file, tell("attached", name=sent.filename), "dokumen")


@pages.get("/dokumen/<document_id>")
@access("staff")
def document(document_id: str) -> Any:
    """A paper of a case: pictures in the page, everything else as a download."""
    paper, content = janji().queries.document(document_id, actor=actor())
    shown = paper.mime in SHOWN_AS_THEY_ARE
    return send_file(BytesIO(content), mimetype=paper.mime, as_attachment=not shown, download_name=paper.name)


@pages.get("/kasus")
@access("staff")
def listed() -> Any:
    """Cases in one state, of one service, in one stage: the list behind every number of the overview."""
    want = wanted(request.args)
    rows, total, further = janji().queries.cases(actor(), cursor=want.dari or None, **narrowed(want))
    return render_template(
        "staff/cases.html",
        rows=rows,
        total=total,
        further=further,
        want=want,
        states=[(name, _(title)) for name, title in STATES],
        channels=[(name, names().channel(name)) for name in janji().city.channels],
        lies=list(_lies(want)),
        no_stage=NO_STAGE,
        tags={row.case.id: of_row(row) for row in rows},
        as_of=janji().clock.now(),
    )


def narrowed(want: Wanted) -> dict[str, Any]:
    """What a list of cases is narrowed to, in the words of the engine."""
    return {
        "state": want.keadaan,
        "service": want.layanan or None,
        "stage": want.tahap or None,
        "place": want.unit or None,
        "holder": want.petugas or None,
        "channel": want.saluran or None,
        "region": want.wilayah,
        "ladder": want.eskalasi,
        "began": want.masuk,
        "text": want.q,
    }


def _lies(want: Wanted) -> Iterator[str]:
    """In words what else a list is narrowed to, for which there is no field."""
    if want.tahap == NO_STAGE:
        yield _("Belum mulai")
    if want.unit:
        yield place(want.unit)
    if want.petugas:
        yield hands(want.petugas)
    if want.wilayah:
        yield region(want.wilayah, janji().city.regions)
    if want.eskalasi:
        yield _("dengan eskalasi yang belum selesai")
    if want.masuk:
        yield _("masuk sampai penutupan kantor %(day)s", day=short_day(date.fromisoformat(want.masuk)))


def page(file: CaseFile, **more: Any) -> str:
    """The page of a case file; `more` is what was typed into one of its small forms, and what is wrong with it."""
    around = around_case(file.case, file.answered, {paper.id: paper for paper in file.documents}, file.whole_until)
    svg, steps = drawn(file)
    return render_template(
        "staff/case.html",
        file=file,
        tag=of_case(file.case),
        shown=[(one, render_answers(one, around)) for one in reversed(file.answered)],
        here=next((shape.id for shape in file.drawing.shapes if shape.id in file.at), ""),
        svg=svg,
        steps=steps,
        me=actor().id,
        numbers=reasons() if has_numbers(file.answered) else [],
        look_words=lambda what: looked(what, file.answered),
        replies=replies(file.case),
        joined=together(file.case),
        release=release_words(file.case),
        reading=reading,
        followed=janji().engine.saw(file.case.id, actor()),
        comforting=True,
        **_trail(file, around),
        **more,
    )


def _trail(file: CaseFile, around: Around) -> dict[str, Any]:
    """What happened, and what stood in an answer before it was changed."""
    changed = changes(file.answered)
    return {
        "trail": lines(file.history, file.case, changed),
        "before": {key: render_answers(change.before, around) for key, change in changed.items()},
    }


def _back(file: CaseFile, news: str, place: str) -> Any:
    there = url_for("cases.case_file", reference=file.case.reference, **{PARAMETER: news}, _anchor=place)
    return redirect(there, 303)


def _why(refused: DocumentRefused) -> str:
    from engine.model import FieldProblem

    problem = FieldProblem("lampiran", f"document.{refused.code}", {"name": refused.name, "limit": refused.limit})
    return sentence(problem, _("Lampiran"), _)
