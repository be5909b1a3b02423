"""What a citizen takes away: the receipt with its reference, secret link and date, and the date as a calendar file."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from engine.model import PromiseState, Task
from engine.views import Tracking
from webapp.applying import receipts
from webapp.applying.holding import holder
from webapp.drawings.ics import MIME, Day, calendar_file
from webapp.drawings.qr import qr
from webapp.frame.access import access, janji
from webapp.frame.filters import city_day, clock_time, day
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import ServiceWords, say

pages = Blueprint("received", __name__, url_prefix="/t/<token>")

NO_DATE = {
    PromiseState.NOT_STARTED: "Belum ada tanggal untuk kalender: janji dihitung setelah berkas dinyatakan lengkap.",
    PromiseState.PAUSED: "Tanggal janji menunggu jawaban Anda. Setelah Anda menjawab, ambil tanggal yang baru.",
    PromiseState.KEPT: "Janji ini sudah dipenuhi; tidak ada tanggal lagi untuk kalender.",
    PromiseState.BROKEN: "Janji ini sudah selesai; tidak ada tanggal lagi untuk kalender.",
    PromiseState.CANCELLED: "Berkas ini sudah ditutup; tidak ada tanggal lagi untuk kalender.",
}
"""Why there is no calendar file, by the state of the promise."""


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("/diterima")
@access("token")
def receipt(token: str) -> str | Answer:
    """The receipt, in the browser that sent the application; whoever else holds the link sees the case itself."""
    kept = receipts.kept(token)
    if kept is None:
        return redirect(url_for("citizen.tracking", token=token), 303)
    tracking = janji().queries.tracking(token)
    link = janji().settings.base_url.rstrip("/") + url_for("citizen.tracking", token=token)
    return render_template(
        "citizen/received.html",
        receipt=kept,
        seen=tracking,
        words=ServiceWords(tracking.facts, tracking.case.version),
        link=link,
        qr=qr(link),
        token=token,
        received_on=city_day(kept.received_at),
        expected=None if kept.due_at else janji().queries.promised_if_started(tracking.case.service),
        holder=holder(tracking),
    )


@pages.get("/janji.ics")
@access("token")
def calendar(token: str) -> Answer:
    """The promised day for one's own calendar. Without a firm day: back to the case, and why."""
    seen = janji().queries.tracking(token)
    promise = seen.promise
    if promise is None or promise.state is not PromiseState.RUNNING:
        flash(say(NO_DATE[promise.state if promise else PromiseState.NOT_STARTED]))
        return redirect(url_for("citizen.tracking", token=token), 303)
    return _file(_day(seen), seen.case.reference)


@pages.get("/jawab.ics")
@access("token")
def answer_by(token: str) -> Answer:
    """The day until which the citizen can answer, for their own calendar. Without one: back to the case, and why."""
    seen = janji().queries.tracking(token)
    if seen.task is None or seen.task_due_at is None:
        flash(say("Tidak ada hari untuk kalender: saat ini kami tidak menunggu jawaban Anda."))
        return redirect(url_for("citizen.tracking", token=token), 303)
    return _file(_answer_day(seen, seen.task, seen.task_due_at), f"{seen.case.reference}-jawab")


def _file(day: Day, name: str) -> Answer:
    answer = Response(calendar_file(day), mimetype=MIME)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _answer_day(seen: Tracking, task: Task, until: datetime) -> Day:
    reference, base = seen.case.reference, str(janji().settings.base_url)
    words = ServiceWords(seen.facts, seen.case.version)
    return Day(
        uid=f"{reference}-{task.id}@{urlsplit(base).hostname}".lower(),
        sequence=0,
        on=city_day(until),
        title=say("Jawab paling lambat: %(service)s, %(reference)s", service=words.title, reference=reference),
        text=say("%(task)s. Paling lambat pukul %(time)s.", task=words.element(task.element), time=clock_time(until)),
        address=base.rstrip("/") + url_for("public.track"),
        written_at=seen.as_of,
    )


def _day(seen: Tracking) -> Day:
    promise, reference, base = seen.promise, seen.case.reference, str(janji().settings.base_url)
    words = ServiceWords(seen.facts, seen.case.version)
    if promise is None or promise.due_at is None:
        raise ValueError(f"{reference} has no day to be written down")
    title = say("Janji selesai: %(service)s, %(reference)s", service=words.title, reference=reference)
    return Day(
        uid=f"{reference}-{promise.rule.id}@{urlsplit(base).hostname}".lower(),
        sequence=promise.moves,
        on=city_day(promise.due_at),
        title=title if not promise.estimate else say("%(title)s (perkiraan)", title=title),
        text=say(
            "Tanggal menurut janji kami pada %(day)s. Bila tanggalnya berpindah, kami kabari; lihat berkas Anda dengan "
            "tautan rahasia atau nomor dan kode pada tanda terima.",
            day=day(seen.as_of),
        ),
        address=base.rstrip("/") + url_for("public.track"),
        written_at=seen.as_of,
        sure=not promise.estimate,
    )
