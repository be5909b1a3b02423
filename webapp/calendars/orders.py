"""One order that moves dates: what it would move, who decides, how far the cases have followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import AnswersRejected, NotYours, WindowClosed
from webapp.calendars.order_words import DECISIONS, KINDS, STATES, WHY_NOT, problems_by_field, title
from webapp.frame.access import access, actor, janji
from webapp.frame.security import key
from webapp.frame.words import say as _

pages = Blueprint("orders", __name__)

SHOWN = 200
"""How many moves one page lists; the number above them counts all."""


@pages.get("/kalender/perintah/<order_id>")
@access("supervisor")
def order(order_id: str) -> Any:
    """An order with its preview, or with what has followed and what has not."""
    return _page(order_id)


@pages.post("/kalender/perintah/<order_id>/setujui")
@access("supervisor")
def approve(order_id: str) -> Any:
    """Put it in force as the second person."""
    return _decided(order_id, lambda: janji().engine.approve(order_id, actor(), key()))


@pages.post("/kalender/perintah/<order_id>/tolak")
@access("supervisor")
def reject(order_id: str) -> Any:
    """Turn it down, or take one's own proposal back."""
    return _decided(order_id, lambda: janji().engine.reject(order_id, actor(), key()))


@pages.post("/kalender/perintah/<order_id>/cabut")
@access("supervisor")
def revoke(order_id: str) -> Any:
    """Propose to take back the days that are still ahead."""
    number, reason = (request.form.get(name, "").strip()[:200] for name in ("nomor", "alasan"))
    try:
        made = janji().engine.revoke(order_id, number, reason, actor(), key())
    except AnswersRejected as refused:
        return _page(order_id, problems=problems_by_field(refused.problems)), 422
    except WindowClosed as closed:
        return _page(order_id, refused=_(WHY_NOT[closed.why])), 409
    return redirect(url_for("orders.order", order_id=made.id), 303)


@pages.post("/kalender/perintah/<order_id>/akhiri")
@access("supervisor")
def end(order_id: str) -> Any:
    """End an outage early: clocks go on from now."""
    return _decided(order_id, lambda: janji().engine.end_outage(order_id, actor(), key()))


def _decided(order_id: str, act: Callable[[], Any]) -> Any:
    try:
        act()
    except NotYours:
        return _page(order_id, refused=_(WHY_NOT["four_eyes"])), 403
    except WindowClosed as closed:
        return _page(order_id, refused=_(WHY_NOT[closed.why])), 409
    return redirect(url_for("orders.order", order_id=order_id), 303)


def _page(order_id: str, refused: str = "", problems: Any = None) -> str:
    seen = janji().queries.order(order_id, actor())
    return render_template(
        "staff/order.html",
        seen=seen,
        order=seen.order,
        title=title(seen.order),
        kind=_(KINDS[seen.order.kind]),
        word=_(DECISIONS[seen.order.decision]),
        state=STATES[seen.order.decision],
        shown=SHOWN,
        refused=refused,
        problems=problems or {},
        done=seen.order.edition is not None and not seen.left,
    )
