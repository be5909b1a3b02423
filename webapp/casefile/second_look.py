"""The second look at closed cases that chance chose: what was drawn and how, and a supervisor's short answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotYours, WindowClosed
from engine.model import Sampled
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _

pages = Blueprint("second_look", __name__)

LONGEST = 1000
VERDICTS = {"sesuai": "sesuai", "perlu_perbaikan": "perlu perbaikan"}
PROBLEMS = {"verdict": "Pilih hasilnya.", "note": "Tulis apa yang perlu diperbaiki."}


@pages.get("/pengawasan/sampel")
@access("supervisor")
def listed() -> str:
    """The samples of the last weeks, those to be answered first: all, or what a number of the pages counts."""
    return _page()


@pages.post("/pengawasan/sampel/<reference>")
@access("supervisor")
def review(reference: str) -> Any:
    """Write down what the second look found. What was typed stays when something is missing."""
    typed = {name: request.form.get(name, "").strip()[:LONGEST] for name in ("hasil", "catatan")}
    try:
        janji().engine.review(reference, typed["hasil"], typed["catatan"], actor(), key())
    except AnswersRejected as refused:
        problems = {one.path: _(PROBLEMS[one.path]) for one in refused.problems}
        return _page(reference.upper(), typed, problems), 422
    except (NotYours, WindowClosed) as refused:
        news = tell("not_reviewed" if isinstance(refused, NotYours) else "reviewed_before", reference=reference.upper())
        return redirect(url_for("second_look.listed", **{PARAMETER: news}), 303)
    news = tell("reviewed", reference=reference.upper())
    return redirect(url_for("second_look.listed", **{PARAMETER: news}), 303)


def _counts(one: Sampled) -> bool:
    """Whether a list holds it: `hasil` what came of it, `layanan` and `minggu` (like `2026-W47`) when it was drawn."""
    asked = request.args
    found = {"diperiksa": one.verdict is not None, "": True}.get(
        asked.get("hasil", ""), one.verdict == asked.get("hasil")
    )
    week = asked.get("minggu", "")
    return found and asked.get("layanan", one.service) == one.service and week in ("", f"{one.week_on:%G-W%V}")


def _page(reference: str = "", typed: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    seen = janji().queries.sample(actor())
    return render_template(
        "staff/second_look.html",
        seen=seen,
        rows=[row for row in seen.rows if _counts(row.sampled)],
        wanted=reference,
        typed=typed or {},
        problems=problems or {},
        verdicts=VERDICTS,
    )
