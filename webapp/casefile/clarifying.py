"""Late requests to applicants: what was asked and why it is late, and a second person's word on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotYours, WindowClosed
from engine.model import Lateness, LateRequest, RequestState
from engine.views import RequestPage
from webapp.calendars.order_words import word_of
from webapp.forms.fields import render_answers
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.staff.sheets import around_case
from webapp.staff.time_left import of_case

pages = Blueprint("clarifying", __name__)

LONGEST = 400
WHY = {
    Lateness.SHARE: "%(used)s dari %(budget)s hari kami sudah terpakai.",
    Lateness.AGAIN: "Pemohon sudah pernah kami minta melengkapi.",
    Lateness.BEYOND: "Ada yang tidak dibawa jawaban pertama pemohon.",
    Lateness.RETURNED: "Ini sudah pernah dikembalikan kepada pemohon.",
}
"""Why a request needs a second person, by the engine's word."""
STATES = {
    RequestState.WAITING: ("menunggu_pemohon", "menunggu orang kedua"),
    RequestState.SENT: ("mendekati_batas", "dikirim, permintaan terlambat"),
    RequestState.REFUSED: ("netral", "tidak disetujui"),
    RequestState.DROPPED: ("netral", "tidak jadi diminta"),
}
"""The sign and the word of what became of a request."""
LISTS = {
    "menunggu": RequestState.WAITING,
    "dikirim": RequestState.SENT,
    "ditolak": RequestState.REFUSED,
    "tidak-jadi": RequestState.DROPPED,
}
"""What the address of a list says of its state."""
NO_UNIT = "tanpa-unit"
WHY_NOT = {
    "decided": "Sudah diputuskan.",
    "replaced": "Petugas sudah menggantinya dengan permintaan baru. Baca yang baru.",
    "gone": "Tugasnya sudah selesai atau ditutup oleh alur, jadi tidak ada lagi yang diputuskan.",
    "four_eyes": "Yang meminta tidak boleh ikut memutuskan: perlu orang kedua.",
    "conflict": "Anda menyatakan punya kepentingan dalam perkara ini.",
}


@pages.get("/permintaan")
@access("supervisor")
def listed() -> str:
    """The requests that a number on the page of oversight counts."""
    service, unit, state = (request.args.get(name, "") for name in ("layanan", "unit", "keadaan"))
    whose = None if unit == NO_UNIT else unit
    seen = janji().queries.late_requests_of(actor(), service, whose, LISTS.get(state))
    return render_template("staff/requests.html", seen=seen, why=why, states=STATES, me=actor().id)


@pages.get("/permintaan/<request_id>")
@access("staff")
def late_request(request_id: str) -> str:
    """What was asked, why it is late, how our time stands."""
    return _page(janji().queries.late_request(request_id, actor()))


@pages.post("/permintaan/<request_id>/setujui")
@access("supervisor")
def grant(request_id: str) -> Any:
    """Let it go out, marked as late."""
    try:
        case = janji().engine.grant_request(request_id, _reason(), actor(), key())
    except (WindowClosed, NotYours) as refused:
        return _back("request_closed", why=_(WHY_NOT[word_of(refused)]))
    return _back("request_granted", reference=case.reference)


@pages.post("/permintaan/<request_id>/tolak")
@access("supervisor")
def refuse(request_id: str) -> Any:
    """Turn it down; the clerk keeps task and words."""
    try:
        case = janji().engine.refuse_request(request_id, _reason(), actor(), key())
    except AnswersRejected:
        seen = janji().queries.late_request(request_id, actor())
        return _page(seen, problem=_("Tulis alasan untuk petugas yang meminta.")), 422
    except (WindowClosed, NotYours) as refused:
        return _back("request_closed", why=_(WHY_NOT[word_of(refused)]))
    return _back("request_refused", reference=case.reference)


def why(asked: LateRequest) -> list[str]:
    """The reasons why a request is late, in words."""
    return [_(WHY[one], used=asked.used, budget=asked.budget) for one in asked.why]


def titles(seen: RequestPage) -> list[str]:
    """The names, as people read them, of what the first answer did not bring."""
    known: dict[str, str] = {}
    for part in seen.form.schema["properties"].values():
        known |= {name: one.get("title", name) for name, one in part.get("properties", {}).items()}
        asked = part.get("items", {}).get("properties", {}).get("isian", {})
        known |= {one["const"]: one["title"] for one in asked.get("oneOf", ())}
    return [known.get(name, name) for name in seen.asked.beyond]


def _reason() -> str:
    return request.form.get("alasan", "").strip()[:LONGEST]


def _back(news: str, **facts: str) -> Any:
    return redirect(url_for("oversight.overview", **{PARAMETER: tell(news, **facts)}, _anchor="keputusan"), 303)


def _page(seen: RequestPage, problem: str = "") -> str:
    around = around_case(seen.case, (), {}, None)
    return render_template(
        "staff/request.html",
        seen=seen,
        why=why(seen.asked),
        beyond=titles(seen),
        state=STATES[seen.state],
        own=seen.asked.asked_by == actor().id,
        answers=render_answers(seen.form, around),
        tag=of_case(seen.case),
        problem=problem,
        longest=LONGEST,
    )
