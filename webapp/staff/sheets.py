"""Everything forms and answers of a case need to be drawn: words, regions, addresses of papers, what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import url_for

from engine.model import Case, Document
from engine.views import AnsweredForm, Desk, FormView
from webapp.forms.fields import Around
from webapp.frame.access import janji
from webapp.frame.filters import day, moment
from webapp.frame.words import as_typed, language
from webapp.frame.words import say as _
from webapp.staff.names import names

PERSONAL = frozenset({"nik", "npwp"})


def around_case(
    case: Case, answered: Iterable[AnsweredForm], files: Mapping[str, Document], whole_until: datetime | None
) -> Around:
    """For the forms of a case. Identity numbers come masked from the engine; `whole_until` says that they did not."""
    return Around(
        say=_,
        regions=janji().city.regions,
        centre=janji().city.map,
        document_url=lambda document: reading(document, berkas=case.reference),
        date_words=_words,
        words=names().words_of(case.version),
        answered={one.element: one for one in answered},
        files=files,
        reveal=PERSONAL if whole_until else frozenset(),
        typed=as_typed,
        language=language(),
    )


def around_desk(desk: Desk) -> Around:
    """What the forms of a desk are drawn with."""
    around = around_case(desk.case, desk.answered, {paper.id: paper for paper in desk.documents}, desk.whole_until)
    now, calendar = janji().clock.now(), janji().city.calendar
    return replace(
        around,
        document_url=lambda document: reading(document, tugas=desk.task.id),
        apart=True,
        day_after=lambda days: day(calendar.plus_working_days(now, days)),
    )


def reading(document_id: str, **way: Any) -> str:
    """Where a paper is read, and by `tugas` or `berkas` the task or case that one comes back to."""
    return url_for("reader.show", document_id=document_id, **way)


def around_service(service: str) -> Around:
    """For the start form of a service, before there is a case."""
    return Around(
        say=_,
        regions=janji().city.regions,
        centre=janji().city.map,
        document_url=lambda document: url_for("cases.document", document_id=document),
        date_words=_words,
        words=names().words_of(service),
        typed=as_typed,
        language=language(),
    )


def submit_words(form: FormView, around: Around) -> str:
    """What the form's button says: the act by its name, as the form has it."""
    own = around.words(form.id, "submit") if around.words else None
    return str(own or form.ui.get("ui:submit") or _("Simpan dan selesaikan"))


def _words(when: date | datetime) -> str:
    return moment(when) if isinstance(when, datetime) else day(when)
