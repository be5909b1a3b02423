"""How long the steps of a service take, in words; and the diagram with each step marked by it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request

from engine.views import Heat, Length, Warmth
from webapp.drawings.diagram import Captions, Mark, draw
from webapp.drawings.outline import outline
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import figure
from webapp.frame.words import say as _
from webapp.staff.names import names

pages = Blueprint("timing", __name__)

SPANS = (30, 90, 180)
USUAL_SPAN = 90
WARMTH = {
    Warmth.FEW: "belum cukup data",
    Warmth.NO_TARGET: "tanpa target",
    Warmth.BELOW: "paling banyak separuh target",
    Warmth.ON: "dalam target",
    Warmth.OVER: "di atas target",
    Warmth.FAR: "dua kali target atau lebih",
}
SIGNS = {
    Warmth.FEW: "?",
    Warmth.NO_TARGET: "·",
    Warmth.BELOW: "▽",
    Warmth.ON: "=",
    Warmth.OVER: "▲",
    Warmth.FAR: "▲▲",
}
"""The shape that says the same as the colour."""


@pages.get("/pengawasan/alur/<service>")
@access("supervisor")
def heat(service: str) -> Any:
    """The diagram of a service, its steps marked by how long they take, and the same as tables."""
    seen: Heat = janji().queries.heat(service, actor(), span())
    captions = Captions(
        title=_("Waktu kerja pada alur %(service)s", service=seen.facts.name),
        say=_,
        names=partial(names().translated, seen.version),
        marks={one.element: _mark(one.took) for one in seen.tasks},
    )
    return render_template(
        "staff/heat.html",
        seen=seen,
        svg=draw(seen.drawing, captions),
        steps=outline(seen.drawing, captions),
        spans=SPANS,
        warmth=WARMTH,
        signs=SIGNS,
        plain=plain,
    )


def span() -> int:
    """The days looked back upon, from the address; anything else means the usual."""
    asked = request.args.get("hari", "")
    return int(asked) if asked.isdecimal() and int(asked) in SPANS else USUAL_SPAN


def plain(value: Decimal | int | None) -> str:
    """`2` for 2.0, `1,5` as it is written here, `–` for what is not told."""
    if value is None:
        return "–"
    whole = value == int(value)
    return str(int(value)) if whole else figure(value)


def _mark(took: Length) -> Mark:
    target = f" / {took.target}" if took.target is not None else ""
    badge = f"{SIGNS[took.warmth]} {plain(took.median)}{target}"
    said = _(
        "median %(median)s hari kerja, target %(target)s, %(count)s tugas: %(words)s",
        median=plain(took.median),
        target=plain(took.target),
        count=took.count,
        words=_(WARMTH[took.warmth]),
    )
    return Mark(f"heat-{took.warmth.value}", badge, said)
