"""Sharing work out: why somebody is suggested, the plan before anything moves, whole queues, and automatic sharing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.model import Hand
from engine.views import Person, PersonPage, SharePlan
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import short_day
from webapp.frame.posted import local_path
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell, with_news
from webapp.frame.words import say as _
from webapp.people.people import PARTS

pages = Blueprint("sharing", __name__)

LONGEST_REASON = 300
TO = "kepada-"
"""Before a task's id: the field that says whom it goes to."""


def because(one: Person) -> str:
    """Why somebody is suggested, in one sentence: `Sari: 3 tugas terbuka, yang terdekat 2 hari kerja lagi; hadir`."""
    return f"{one.name}: {load_of(one)}; {_('hadir')}"


def load_of(one: Person) -> str:
    """What somebody has to do: `3 tugas terbuka, yang terdekat 2 hari kerja lagi`."""
    covered = _(" (%(count)s di antaranya mewakili)", count=one.covered) if one.covered else ""
    load = _("%(count)s tugas terbuka", count=one.load.open + one.covered) + covered
    said = [load, *([_nearest(one)] if one.load.next_due_at else [])]
    return ", ".join(said)


def receiver(task_ids: list[str], to: str) -> Person | None:
    """Who tasks are to be given to; None unless that is a colleague who could take one of them."""
    found = janji().queries.offer(task_ids, actor()).colleagues if to else ()
    return next((one.person for one in found if one.person.login == to), None)


def is_away(person: Person | None) -> bool:
    """Whether somebody who is to be given tasks is away, and nobody has said yet that it is meant all the same."""
    return person is not None and person.away is not None and request.form.get("tetap") != person.login


def preview(task_ids: list[str], back: str, *, among: list[str] | None = None, of: str = "", reason: str = "") -> str:
    """The plan: each task with whom it would go to, to be changed or confirmed."""
    plan: SharePlan = janji().queries.plan(task_ids, actor(), among or ())
    return render_template(
        "staff/share.html",
        plan=plan,
        back=back,
        of=of,
        reason=reason or _("Pembagian merata"),
        load_of=load_of,
        longest=LONGEST_REASON,
        to=TO,
    )


@pages.post("/tugas/bagi")
@access("staff")
def share() -> Response:
    """Give each task of a plan to the colleague chosen for it. What nobody was chosen for stays."""
    back = local_path(request.form.get("kembali"), url_for("inbox.worklist"))
    plan = {task: to for task in request.form.getlist("tugas") if (to := request.form.get(TO + task, ""))}
    if not plan:
        return redirect(with_news(back, tell("none_chosen")), 303)
    reason = _reason() or _("Pembagian merata")
    act = janji().engine.share_out(plan, reason, actor(), key(), request.form.get("dari") or None)
    return redirect(url_for("handover.result", act=act, kembali=back), 303)


@pages.get("/tugas/bagi")
@access("staff")
def left() -> Response:
    """Whoever comes back to a plan later has to tick anew: the work has moved on."""
    return redirect(url_for("inbox.worklist"), 303)


@pages.get("/orang/<login>/serahkan")
@access("staff")
def queue(login: str) -> str:
    """All that somebody holds, or a part of it: to whom it should go, and why."""
    return _queue(login)


@pages.post("/orang/<login>/serahkan")
@access("staff")
def pass_on(login: str) -> Any:
    """Back to the group at once; to colleagues by way of the plan, where every task shows whom it goes to."""
    to, reason, part = request.form.get("ke", ""), _reason(), request.form.get("tempo", "")
    if not to or not reason:
        return _queue(login, again=True), 422
    tasks = list(janji().queries.queue(login, actor(), part))
    back = url_for("people.person", login=login)
    if not tasks:
        return redirect(with_news(back, tell("none_chosen")), 303)
    if to == "kelompok":
        act = janji().engine.hand_over(tasks, Hand.RELEASE, "", reason, actor(), key(), login)
        return redirect(url_for("handover.result", act=act, kembali=back), 303)
    return preview(tasks, back, among=request.form.getlist("kepada"), of=login, reason=reason)


@pages.post("/orang/otomatis")
@access("supervisor")
def automatic() -> Response:
    """Let new tasks of a post be given out by themselves, or by hand again."""
    role, _at, unit = request.form.get("posisi", "").partition("@")
    on = request.form.get("otomatis") == "ya"
    act = janji().engine.share_by_itself if on else janji().engine.share_by_hand
    act(role, unit, actor())
    there = url_for("people.overview", **{PARAMETER: tell("automatic" if on else "by_hand")})
    return redirect(f"{there}#otomatis", 303)


def _queue(login: str, *, again: bool = False) -> str:
    part = request.values.get("tempo", "")
    seen: PersonPage = janji().queries.person(login, actor(), part)
    tasks = janji().queries.queue(login, actor(), part)
    offer = janji().queries.offer(tasks, actor())
    return render_template(
        "staff/queue.html",
        seen=seen,
        one=seen.person,
        part=part,
        parts=[(name, _(words)) for name, words in PARTS],
        tasks=tasks,
        colleagues=[one for one in offer.colleagues if one.person.login != login],
        to=request.form.get("ke", ""),
        chosen=request.form.getlist("kepada"),
        reason=_reason(),
        missing=list(_missing(request.form.get("ke", ""), _reason())) if again else [],
        longest=LONGEST_REASON,
    )


def _missing(to: str, reason: str) -> Iterator[tuple[str, str]]:
    """What keeps a queue from being passed on: the id of each field and what is wrong with it."""
    if not to:
        yield "ke-kelompok", _("Pilih ke mana tugasnya.")
    if not reason:
        yield "alasan", _("Tulis alasannya.")


def _nearest(one: Person) -> str:
    clock, calendar = janji().clock, janji().city.calendar
    due_at = one.load.next_due_at
    if due_at is None:
        return ""
    left = calendar.working_days_between(calendar.on(clock.now()), calendar.on(due_at))
    if due_at < clock.now():
        return _("yang terdekat lewat batas sejak %(day)s", day=short_day(due_at))
    return _("yang terdekat %(days)s hari kerja lagi", days=left) if left else _("yang terdekat hari ini")


def _reason() -> str:
    return request.form.get("alasan", "").strip()[:LONGEST_REASON]
