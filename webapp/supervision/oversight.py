"""What a supervisor needs to see before it is too late: four numbers, each a list, and the decisions that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from engine.views import Counted, Oversight, StageTime, Times, Where
from webapp.calendars.order_words import title
from webapp.frame.access import access, actor, janji
from webapp.frame.words import say as _
from webapp.staff.filtering import NO_STAGE
from webapp.staff.names import names
from webapp.staff.tags import time_tag
from webapp.staff.whereabouts import hands, place
from webapp.supervision.operations import SILENT_S
from webapp.supervision.tile_map import tile_map
from webapp.supervision.timing import SIGNS, SPANS, WARMTH, plain, span
from webapp.supervision.waiting import waiting

pages = Blueprint("oversight", __name__)

COUNTED = (
    ("terlambat", "Terlambat", "late", "lewat_batas", "Janji sudah lewat dan berkas belum selesai."),
    ("mendekati", "Mendekati batas", "at_risk", "mendekati_batas", "Jatuh tempo dalam 2 hari kerja."),
    ("berjalan", "Berjalan", "running", "sesuai_janji", "Dalam proses, masih sesuai janji."),
    ("menunggu", "Menunggu pemohon", "applicant", "menunggu_pemohon", "Jam kita berhenti; pemohon yang bertindak."),
)
FEW = 5
NONE = Counted(0, 0, 0, 0)


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
    """One line of a table: what it speaks of, a word more, its four numbers, and for a stage how long it takes."""

    title: str
    more: str
    figures: tuple[Figure, ...]
    time: StageTime | None = None


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
    """The four numbers, what breaks next, what waits for this person, and where it all lies."""
    seen: Oversight = janji().queries.oversight(actor())
    return render_template(
        "staff/oversight.html",
        seen=seen,
        figures=figures(Counted(seen.late, seen.at_risk, seen.running, seen.applicant)),
        places=place_rows(seen),
        people=people_rows(seen),
        **_near(),
        **_decisions(seen),
        **_times(seen),
        **_regions(),
        **_pulse(),
        queues=janji().queries.queues(actor()),
        on_time=janji().queries.on_time(actor()),
        ladder=janji().queries.ladder(actor(), FEW, standing=True),
        second_look=janji().queries.sample(actor()),
        late_requests=janji().queries.late_requests(actor()),
        services=[page.facts.id for page in names().services()],
    )


def _near() -> dict[str, Any]:
    """What falls due next, each with its time tag."""
    found = janji().queries.nearest(actor())
    tags = {one.case.id: time_tag(one.case, one.urgency, one.days_left, _) for one in found}
    return {"nearest": found, "tags": tags}


def _decisions(seen: Oversight) -> dict[str, Any]:
    decisions = janji().queries.decisions(actor())
    asked = waiting(decisions, seen.escalated, seen.checks)
    hidden = seen.waiting - len(seen.escalated)
    return {"decisions": decisions, "waiting": asked, "in_all": len(asked) + hidden, "order_title": title}


def _times(seen: Oversight) -> dict[str, Any]:
    times = janji().queries.stage_times(actor(), span())
    words = {"spans": SPANS, "warmth": WARMTH, "signs": SIGNS, "plain": plain}
    return {"times": times, "rows": stage_rows(seen, times), **words}


def _regions() -> dict[str, Any]:
    found = janji().queries.regions(actor())
    return {"regions": region_rows(found), "tile_map": tile_map(found)}


def _pulse() -> dict[str, Any]:
    pulse = janji().queries.pulse(actor())
    silent = pulse.tick_at is None or (pulse.as_of - pulse.tick_at).total_seconds() > SILENT_S
    return {"pulse": pulse, "silent": silent}


def figures(counts: Counted, **narrowed: str) -> tuple[Figure, ...]:
    """The four numbers of a narrowed list, each with the address that counts the same."""
    given = {key: value for key, value in narrowed.items() if value}
    return tuple(
        Figure(
            name,
            _(title),
            _(about),
            state,
            getattr(counts, of),
            url_for("cases.listed", keadaan=name, **given),
        )
        for name, title, of, state, about in COUNTED
    )


def stage_rows(seen: Oversight, times: Times) -> list[Row]:
    """Every stage that has open cases or was left lately, in the order of the diagrams."""
    open_now = {(service, stage): Counted(*counts) for service, stage, *counts in seen.rows if any(counts)}
    took = {(one.service, one.stage): one for one in times.stages}
    drawn = [(page.facts.id, stage) for page in names().services() for stage, _name in names().stages(page.facts.id)]
    further = sorted(open_now.keys() - set(drawn))
    return [
        Row(
            names().stage(service, stage) or _("Belum mulai"),
            names().service(service),
            figures(open_now.get((service, stage), NONE), layanan=service, tahap=stage or NO_STAGE),
            took.get((service, stage)),
        )
        for service, stage in (*drawn, *further)
        if (service, stage) in open_now or (service, stage) in took
    ]


def place_rows(seen: Oversight) -> list[Row]:
    """The same numbers by where the work lies."""
    return [Row(place(one.id), "", figures(one.counts, unit=one.id)) for one in seen.places]


def people_rows(seen: Oversight) -> list[Row]:
    """The same numbers by who holds the work."""
    return [Row(hands(one.id, one.name), "", figures(one.counts, petugas=one.id)) for one in seen.people]


def region_rows(regions: Iterable[Where]) -> list[Row]:
    """The same numbers by kecamatan of the matter."""
    return [Row(one.name, "", figures(one.counts, wilayah=one.id)) for one in regions]
