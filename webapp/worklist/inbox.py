"""The clerk's day: the list of work, one task on the desk, and taking, releasing, handing over, finishing it.

Views name who acts and call one verb; what may be done and what follows is the engine's to decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotYours, TaskGone, TaskHeld
from engine.model import Actor, Task
from engine.views import COUNTED_UP_TO, RESTING_UP_TO, Desk, Urgency, Why, Work, Worklist
from webapp.desk import desks, stopped
from webapp.frame.access import access, actor, janji, supervises
from webapp.frame.posted import answers, local_path
from webapp.frame.security import key
from webapp.frame.telling import tell, undoable, with_news
from webapp.frame.words import say as _
from webapp.people.sharing import LONGEST_REASON, is_away, receiver
from webapp.staff.filtering import DUE, WAITED_FOR, Wanted, wanted
from webapp.staff.names import names
from webapp.staff.time_left import of_row
from webapp.tracking.history import APPLICANT
from webapp.worklist.keeping import is_open

pages = Blueprint("inbox", __name__)

WHY = {
    Why.REMINDER: "pengingat",
    Why.ESCALATED: "naik karena terlambat",
    Why.CAME_BACK: "kembali, putaran ke-%(round)s",
    Why.NEW: "baru",
}
TABS = (("saya", "Tugas saya"), ("kelompok", "Kelompok saya"), ("semua", "Semua"), ("selesai", "Selesai"))


@pages.get("/tugas")
@access("staff")
def worklist() -> Any:
    """A page of work, least time left first. Opens on one's own tasks, or on the group's when there are none."""
    who = actor()
    page, want = _opened(who, wanted(request.args))
    return render_template(
        "staff/worklist.html",
        page=page,
        want=want,
        tabs=_tabs(page, who),
        here=url_for("inbox.worklist", **want.address(dari=want.dari)),
        due_options=[(name, _(title)) for name, title in (*DUE, *[WAITED_FOR] * (want.tab == "semua"))],
        choosing=want.tab != "selesai",
        views=[(view, is_open(view, want)) for view in janji().queries.saved_views(who)],
        moved=janji().queries.watched_news(who),
        day=janji().queries.day(who),
        who=who,
        oversees=supervises(who),
        applicant=APPLICANT,
        comforting=True,
        **_shown(page),
    )


@pages.get("/tugas/<task_id>")
@access("staff")
def desk(task_id: str) -> Any:
    """One task: its form beside the application, the papers, the promise and what others decided before."""
    return desks.page(janji().queries.desk(task_id, actor()))


@pages.post("/tugas/<task_id>")
@access("staff")
def finish(task_id: str) -> Any:
    """Finish the task. What cannot be taken comes back with every word that was typed."""
    return desks.finish(task_id, actor())


@pages.post("/tugas/<task_id>/ambil")
@access("staff")
def claim(task_id: str) -> Any:
    """Take a task nobody holds; whoever was quicker is named."""
    return _moved(task_id, "claimed", lambda: janji().engine.claim(task_id, actor(), key()))


@pages.post("/tugas/<task_id>/lepas")
@access("staff")
def release(task_id: str) -> Any:
    """Put a task back into the group's list."""
    return _moved(task_id, "released", lambda: janji().engine.release(task_id, actor(), key()))


@pages.post("/tugas/<task_id>/tugaskan")
@access("staff")
def assign(task_id: str) -> Any:
    """Hand a task to a colleague, with the reason."""
    to, reason = request.form.get("kepada", ""), request.form.get("alasan", "").strip()[:LONGEST_REASON]
    kept = {"to": to, "reason": reason}
    if not to or not reason:
        lacking = _("Pilih penerima dan tulis alasannya.")
        return desks.page(janji().queries.desk(task_id, actor()), handing=lacking, **kept), 422
    meant = receiver([task_id], to)
    if is_away(meant):
        wait = _("Penerima sedang tidak hadir. Kirim sekali lagi bila tugas ini memang untuknya.")
        return desks.page(janji().queries.desk(task_id, actor()), handing=wait, anyway=to, **kept), 422
    name = meant.name if meant else to
    return _moved(task_id, "assigned", lambda: janji().engine.assign(task_id, to, actor(), reason, key()), to=name)


def _opened(who: Actor, want: Wanted) -> tuple[Worklist, Wanted]:
    """The page that was asked for; where no tab was, one's own tasks, or the group's when there are none."""
    tab = want.tab or "saya"
    page = _page(who, replace(want, tab=tab))
    if not want.tab and not page.rows and not want.narrowed:
        tab = "kelompok"
        page = _page(who, replace(want, tab=tab))
    began = want.sejak if want.dari and want.since else page.as_of.isoformat()
    return page, replace(want, tab=tab, sejak=began)


def _shown(page: Worklist) -> dict[str, Any]:
    """The rows as they stand below each other, each with its time and why it is there."""
    awake = [work for work in page.rows if not work.resting]
    return {
        "groups": [
            (_("Paling mendesak dulu"), [work for work in awake if not _waits(work)]),
            (_("Ditunda"), [work for work in page.rows if work.resting]),
            (_("Menunggu pemohon"), [work for work in awake if _waits(work)]),
        ],
        "tags": {work.task.id: of_row(work) for work in page.rows},
        "why": {work.task.id: _(WHY[work.why], round=work.round) for work in page.rows if work.why},
        "resting": _up_to(page.resting, RESTING_UP_TO),
    }


def _page(who: Actor, want: Wanted) -> Worklist:
    page: Worklist = janji().queries.worklist(
        who,
        want.tab,
        service=want.layanan or None,
        stage=want.tahap or None,
        due=want.tempo or None,
        text=want.q,
        cursor=want.dari or None,
        since=want.since if want.dari else None,
    )
    return page


def _tabs(page: Worklist, who: Actor) -> list[tuple[str, str, str | None]]:
    """Name, title and length of each list."""
    mine = [(tab, title) for tab, title in TABS if tab != "semua" or supervises(who)]
    return [(tab, _(title), _up_to(page.counts.get(tab), COUNTED_UP_TO)) for tab, title in mine]


def _up_to(count: int | None, most: int) -> str | None:
    """A count that stops somewhere, with a plus sign where it did."""
    return None if count is None else f"{count}+" if count >= most else str(count)


def _waits(work: Work) -> bool:
    return work.urgency is Urgency.APPLICANT or work.task.role == APPLICANT


def _moved(task_id: str, news: str, act: Any, **facts: str) -> Response | tuple[str, int]:
    """Do a small verb and go back to where one was, with a line that says so."""
    who = actor()
    before: Desk = janji().queries.desk(task_id, who)
    try:
        done = act()
    except (TaskGone, TaskHeld, NotYours) as refused:
        return stopped.page(before, refused, answers(request))
    element = names().element(before.case.version, before.task.element)
    line = tell(news, element=element, reference=before.case.reference, **undoable(done), **facts)
    back = local_path(request.form.get("kembali"), _after(news, before.task))
    return redirect(with_news(back, line), 303)


def _after(news: str, task: Task) -> str:
    return url_for("inbox.desk", task_id=task.id) if news == "claimed" else url_for("inbox.worklist")
