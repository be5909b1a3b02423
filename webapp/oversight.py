"""What a supervisor needs to see before it is too late: four numbers, each a list, and the decisions that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from engine.views import Oversight
from webapp.access import access, actor, janji
from webapp.names import names
from webapp.order_words import title
from webapp.tags import time_tag
from webapp.words import say as _

pages = Blueprint("oversight", __name__)

COUNTED = (
    ("terlambat", "Terlambat", "late", "lewat_batas", "Janji sudah lewat dan berkas belum selesai."),
    ("mendekati", "Mendekati batas", "at_risk", "mendekati_batas", "Jatuh tempo dalam 2 hari kerja."),
    ("berjalan", "Berjalan", "running", "sesuai_janji", "Dalam proses, masih sesuai janji."),
    ("menunggu", "Menunggu pemohon", "applicant", "menunggu_pemohon", "Jam kita berhenti; pemohon yang bertindak."),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it means, the sign of its state, and the address of the list that it counts."""

    name: str
    title: str
    about: str
    state: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A stage of a service with its four numbers."""

    service: str
    stage: str
    figures: tuple[Figure, ...]


@pages.get("/pengawasan/saran")
@access("supervisor")
def suggestions() -> str:
    """What people added in words to the survey, by service; whose words they are nobody can tell."""
    queries, person = janji().queries, actor()
    said = [(page.facts.id, queries.survey_comments(page.facts.id, person)) for page in names().services()]
    return render_template("staff/suggestions.html", suggestions=said)


@pages.get("/pengawasan")
@access("supervisor")
def overview() -> Any:
    """The four numbers, the table by service and stage, and tasks that have come up the ladder to this person."""
    seen: Oversight = janji().queries.oversight(actor())
    return render_template(
        "staff/oversight.html",
        seen=seen,
        figures=[_figure(at, getattr(seen, COUNTED[at][2])) for at in range(len(COUNTED))],
        rows=[_row(*row) for row in seen.rows if any(row[2:])],
        decisions=janji().queries.decisions(actor()),
        order_title=title,
        tags={work.task.id: time_tag(work.case, work.urgency, work.days_left, _) for work in seen.escalated},
    )


def _row(service: str, stage: str, *counts: int) -> Row:
    said = names().stage(service, stage) or _("Belum mulai")
    return Row(
        names().service(service),
        said,
        tuple(_figure(at, count, layanan=service, tahap=stage) for at, count in enumerate(counts)),
    )


def _figure(at: int, count: int, **narrowed: str) -> Figure:
    name, title, _count, state, about = COUNTED[at]
    given = {key: value for key, value in narrowed.items() if value}
    return Figure(name, _(title), _(about), state, count, url_for("cases.listed", keadaan=name, **given))
