"""Putting tasks off until a day, one or those that are ticked, and having one back before."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.model import days_to_put_off
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import city_day, day
from webapp.frame.posted import day_of, local_path
from webapp.frame.telling import tell, with_news

pages = Blueprint("putting_off", __name__)


@pages.post("/tugas/tunda")
@access("staff")
def put_off() -> Any:
    """Be reminded of these tasks on a day. Without a day, or with one that cannot be, it is asked for."""
    chosen, back = request.form.getlist("tugas"), _back()
    if not chosen:
        return redirect(with_news(back, tell("none_chosen")), 303)
    until_on = day_of(request.form.get("sampai", ""))
    first, last = days()
    if until_on is None or not first <= until_on <= last:
        return _ask(chosen, back)
    done = janji().engine.put_off(chosen, until_on, request.form.get("catatan", ""), actor())
    facts = {"count": str(done.done), "until": day(until_on)}
    kind = "put_off_in_part" if done.refused else "put_off_shown" if done.shown else "put_off"
    return redirect(with_news(back, tell(kind, **facts, refused=str(done.refused), shown=str(done.shown))), 303)


@pages.get("/tugas/tunda")
@access("staff")
def left() -> Response:
    """Whoever comes back to the question later has ticked nothing any more."""
    return redirect(url_for("inbox.worklist"), 303)


@pages.post("/tugas/<task_id>/tunda/akhiri")
@access("staff")
def take_up(task_id: str) -> Response:
    """Have a task back in the list at once."""
    janji().engine.take_up(task_id, actor())
    return redirect(with_news(_back(), tell("taken_up")), 303)


def _ask(chosen: list[str], back: str) -> Any:
    """Until when. The first time nothing is wrong yet; later the day is."""
    again = "sampai" in request.form
    page = render_template(
        "staff/put_off.html",
        chosen=janji().queries.chosen(chosen, actor()),
        back=back,
        day=request.form.get("sampai", ""),
        note=request.form.get("catatan", ""),
        again=again,
        days=days(),
    )
    return (page, 422) if again else page


def days() -> tuple[date, date]:
    """The first and the last day that can be chosen today."""
    return days_to_put_off(city_day(janji().clock.now()))


def _back() -> str:
    """Where one came from."""
    return local_path(request.form.get("kembali"), url_for("inbox.worklist"))
