"""Complaints of the same matter: those alike side by side, merging one into another, and parting them again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import AnswersRejected, CannotMerge, NotFound, WindowClosed
from engine.model import Case
from engine.views import Desk, Together, UsedElsewhere
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.staff.names import names

pages = Blueprint("merging", __name__)

LONGEST_REASON = 300
WHY_NOT = {
    "same": "Itu laporan ini sendiri.",
    "circular": "Laporan itu justru dibawa laporan ini. Pisahkan dulu, lalu gabungkan dari arah sebaliknya.",
    "confidential": "Laporan rahasia tidak dapat membawa laporan lain: pelapornya tidak boleh tahu.",
    "service": "Itu bukan laporan dari layanan yang sama.",
    "not_open": "Laporan ini sudah dijawab atau ditutup.",
    "main_not_open": "Laporan itu sudah dijawab atau ditutup, jadi tidak dapat membawa laporan lain.",
    "unknown": "Nomor itu tidak kami temukan.",
}
"""Why two complaints do not go together, by the refusal's word."""


@pages.get("/berkas/<reference>/gabung")
@access("staff")
def choose(reference: str) -> str:
    """Open complaints like this one, and the form that merges or parts."""
    return _page(janji().queries.together(reference, actor()))


@pages.post("/berkas/<reference>/gabung")
@access("staff")
def merge(reference: str) -> Response | tuple[str, int]:
    """Merge into the chosen or typed one. What was typed stays when it cannot be."""
    found = janji().queries.together(reference, actor())
    into = request.form.get("nomor", "").strip() or request.form.get("induk", "")
    wrong: dict[str, str] = {} if into else {"nomor": _("Pilih laporan induk atau tulis nomornya.")}
    try:
        if into:
            reason = request.form.get("alasan", "")[:LONGEST_REASON]
            janji().engine.merge(found.case.reference, into, reason, actor(), key())
            return _back(found, "merged")
    except AnswersRejected:
        wrong["alasan"] = _("Tulis alasannya, agar rekan Anda tahu mengapa.")
    except (CannotMerge, NotFound) as refused:
        wrong["nomor"] = _(WHY_NOT[getattr(refused, "why", "unknown")])
    return _page(found, wrong), 422


@pages.post("/berkas/<reference>/pisah")
@access("staff")
def part(reference: str) -> Response | tuple[str, int]:
    """Let it go by itself again."""
    found = janji().queries.together(reference, actor())
    try:
        reason = request.form.get("alasan", "")[:LONGEST_REASON]
        janji().engine.part(found.case.reference, reason, actor(), key())
    except AnswersRejected:
        return _page(found, {"pisah": _("Tulis alasannya, agar rekan Anda tahu mengapa.")}), 422
    except WindowClosed:
        return _back(found, "parted_late")
    return _back(found, "parted")


def together(case: Case) -> Together | None:
    """How a case goes with others; None for services whose cases are not compared."""
    facts = names().facts(case.service)
    return janji().queries.together(case.reference, actor()) if facts and facts.similar else None


def used_elsewhere(desk: Desk) -> tuple[UsedElsewhere, ...]:
    """Pictures from colleagues that lie in other cases too; asked only where there are some."""
    pictures = any(paper.origin == "staff" and paper.mime.startswith("image/") for paper in desk.documents)
    return janji().queries.used_elsewhere(desk.case.reference, actor()) if pictures else ()


def _page(found: Together, wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "staff/merging.html",
        found=found,
        case=found.case,
        wrong=wrong or {},
        typed=request.form,
        longest=LONGEST_REASON,
    )


def _back(found: Together, news: str) -> Response:
    line = tell(news, reference=found.case.reference)
    return redirect(url_for("cases.case_file", reference=found.case.reference, **{PARAMETER: line}), 303)
