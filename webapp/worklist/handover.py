"""Many tasks at once: the bar below the list, who should get them, what came of it, and undoing any passing on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import WindowClosed
from engine.model import Hand, NotHanded
from engine.views import Person
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import short_day
from webapp.frame.posted import local_path
from webapp.frame.security import key
from webapp.frame.telling import tell, with_news
from webapp.frame.words import say as _
from webapp.people.sharing import LONGEST_REASON, because, is_away, preview, receiver

pages = Blueprint("handover", __name__)

ACTS = {"ambil": Hand.CLAIM, "lepas": Hand.RELEASE, "serahkan": Hand.ASSIGN}
TITLES = {
    Hand.CLAIM: "%(count)s tugas Anda ambil",
    Hand.RELEASE: "%(count)s tugas kembali ke daftar kelompok",
    Hand.ASSIGN: "%(count)s tugas diserahkan kepada %(to)s",
    Hand.LEAVE: "%(count)s tugas kembali ke daftar kelompok",
}
WHY_NOT = {
    NotHanded.GONE: "Sudah selesai atau ditutup oleh alur.",
    NotHanded.HELD: "Sedang dipegang rekan.",
    NotHanded.ROLE: "Bukan tugas peran Anda.",
    NotHanded.NOT_HOLDER: "Bukan Anda yang memegang. Hanya pemegangnya atau atasan yang dapat melepas dan menyerahkan.",
    NotHanded.UNFIT: "Peran rekan itu tidak mencakup tugas ini.",
    NotHanded.MOVED: "Sudah berpindah tangan sementara itu.",
    NotHanded.CONFLICT: "Ada konflik kepentingan: yang dimaksud tidak boleh menangani perkara ini.",
}


@pages.post("/tugas/serentak")
@access("staff")
def together() -> Any:
    """Take, put back, give away or share out every task that is ticked. Giving away asks first to whom and why, sharing
    out shows its plan first."""
    asked, chosen, back = request.form.get("tindakan", ""), request.form.getlist("tugas"), _back()
    if chosen and asked == "bagi":
        return preview(chosen, back)
    hand = ACTS.get(asked)
    if hand is None or not chosen:
        return redirect(with_news(back, tell("none_chosen")), 303)
    to, reason = request.form.get("kepada", ""), request.form.get("alasan", "").strip()[:LONGEST_REASON]
    if hand is Hand.ASSIGN and (not (to and reason) or is_away(receiver(chosen, to))):
        return _ask(chosen, back, to, reason)
    act = janji().engine.hand_over(chosen, hand, to, reason, actor(), key())
    return redirect(url_for("handover.result", act=act, kembali=back), 303)


@pages.get("/tugas/serentak")
@access("staff")
def left() -> Response:
    """Whoever comes back to the question later, or asks for it in the other language, has ticked nothing any more."""
    return redirect(url_for("inbox.worklist"), 303)


@pages.get("/tugas/serahan/<act>")
@access("staff")
def result(act: str) -> str:
    """What was done and what was not, with the reasons, and the way back while there is one."""
    found = janji().queries.handed_over(act, actor())
    return render_template(
        "staff/handed_over.html",
        found=found,
        title=_(TITLES[found.hand], count=sum(not one.undone for one in found.done), to=", ".join(found.to)),
        why_not={why: _(words) for why, words in WHY_NOT.items()},
        back=_back(),
    )


@pages.post("/tugas/serahan/<act>/urungkan")
@access("staff")
def undo(act: str) -> Response:
    """Give the tasks of an act back to whoever held them; what has moved on since is named on the page of the act."""
    back = _back()
    there = url_for("handover.result", act=act, kembali=back)
    try:
        janji().engine.undo(act, actor())
    except WindowClosed:
        return redirect(with_news(there, tell("undo_late")), 303)
    done = janji().queries.handed_over(act, actor()).done
    left = any(one.moved and not one.undone for one in done)
    line = tell("undone", count=str(sum(one.undone for one in done)))
    return redirect(with_news(there if left else back, line), 303)


def _ask(chosen: list[str], back: str, to: str, reason: str) -> Any:
    """Who should get the tasks, and why. The first time nothing is wrong yet; later what is missing is said."""
    who, again = actor(), "kepada" in request.form
    offer = janji().queries.offer(chosen, who)
    away = next((one.person for one in offer.colleagues if one.person.login == to and one.person.away), None)
    page = render_template(
        "staff/hand_over.html",
        chosen=janji().queries.chosen(chosen, who),
        colleagues=[one for one in offer.colleagues if one.person.login != who.id],
        suggested=offer.suggested,
        because=because,
        away=away,
        missing=list(_missing(to, reason, away)) if again else [],
        back=back,
        to=to,
        reason=reason,
        longest=LONGEST_REASON,
    )
    return (page, 422) if again else page


def _missing(to: str, reason: str, away: Person | None) -> Iterator[tuple[str, str]]:
    """What keeps tasks from being given away: the id of each field and what is wrong with it."""
    if not to:
        yield "kepada", _("Pilih siapa yang menerima.")
    if not reason:
        yield "alasan", _("Tulis alasannya.")
    if away and away.away:
        until = short_day(away.away.last_on)
        yield (
            "kepada",
            _(
                "%(name)s tidak hadir sampai %(day)s. Kirim sekali lagi bila memang untuknya.",
                name=away.name,
                day=until,
            ),
        )


def _back() -> str:
    """The list one came from."""
    return local_path(request.values.get("kembali"), url_for("inbox.worklist"))
