"""How we reach people: the pages behind the links of a letter, the case's own switch for news, and a lost link.

Opening a link only asks. What it is for happens by the button on its page, since programs that look through mail open
every link in it; the one exception is the post that a mail program's own "unsubscribe" sends (RFC 8058).
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import NotFound, TooManyTries
from webapp.frame.access import access, janji
from webapp.frame.security import keep_to_oneself, key, stands_alone
from webapp.frame.words import ServiceWords, go_on_in, say

pages = Blueprint("contact", __name__)


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("/konfirmasi/<token>")
@access("token")
def confirmation(token: str) -> str:
    """Ask whether the address is theirs."""
    letter, channel = janji().queries.confirm_letter(token)
    go_on_in(letter.language)
    contact = next(one for one in letter.reach.contacts if one.channel == channel)
    return render_template("contact/confirm.html", letter=letter, contact=contact, words=_words(letter))


@pages.post("/konfirmasi/<token>")
@access("token")
def confirm(token: str) -> str:
    janji().engine.confirm(token)
    return confirmation(token)


@pages.get("/berhenti/<token>")
@access("token")
def stopping(token: str) -> str:
    """Ask whether the news shall stop, or say that it has and offer it again."""
    letter = janji().queries.stop_letter(token)
    go_on_in(letter.language)
    return render_template("contact/stop.html", token=token, letter=letter, words=_words(letter))


@pages.post("/berhenti/<token>")
@access("token")
@stands_alone
def stop(token: str) -> str:
    """Stop the news; with `aksi=lagi` send it again. The link itself is the proof, so no session is asked for."""
    if request.form.get("aksi") == "lagi":
        janji().engine.start_again(token)
    else:
        janji().engine.stop(token)
    return stopping(token)


@pages.get("/t/<token>/kabar")
@access("token")
def news(token: str) -> str:
    """How this reader of a case is told of it, and every way to change that."""
    seen = janji().queries.tracking(token)
    return render_template(
        "contact/news.html", token=token, seen=seen, words=ServiceWords(seen.facts, seen.case.version)
    )


@pages.post("/t/<token>/kabar")
@access("token")
def change(token: str) -> Answer:
    """The case's own switch: stop or have news, have the confirmation sent again, type the code of a text message."""
    act = request.form.get("aksi", "")
    try:
        flash(_NEWS[act](token) if act in _NEWS else say("Tidak ada yang berubah."))
    except TooManyTries:
        flash(say("Terlalu sering dicoba. Tunggu 15 menit, lalu coba lagi."))
    return redirect(url_for(".news", token=token), 303)


@pages.get("/lacak/hilang")
@access("public")
def lost() -> str:
    return render_template("contact/lost.html", reference=request.args.get("nomor", ""), wrong={}, sent=False)


@pages.post("/lacak/hilang")
@access("public")
def send_lost() -> str | tuple[str, int]:
    """Send a lost link to a confirmed address. The answer is the same whatever was found."""
    reference, contact = request.form.get("nomor", "").strip(), request.form.get("kontak", "").strip()
    wrong = {}
    if not reference:
        wrong["nomor"] = say("Tulis nomor berkas. Contoh: KRK-2026-000123.")
    if not contact:
        wrong["kontak"] = say("Tulis e-mail atau nomor HP yang Anda cantumkan pada berkas.")
    if not wrong:
        janji().engine.send_link(reference, contact, request.remote_addr or "", key())
    shown = render_template("contact/lost.html", reference=reference, wrong=wrong, sent=not wrong)
    return (shown, 422) if wrong else shown


def _words(letter: Any) -> ServiceWords:
    page = janji().queries.service(letter.service)
    return ServiceWords(page.facts, page.facts.id)


def _stop(token: str) -> str:
    janji().engine.stop_news(token)
    return say("Kabar tahap kami hentikan.")


def _again(token: str) -> str:
    janji().engine.want_news(token)
    return say("Kabar tahap kami kirim lagi.")


def _ask(channel: str, token: str) -> str:
    janji().engine.ask_to_confirm(token, channel, key())
    return say("Pesan konfirmasi kami kirim. Biasanya sampai dalam beberapa menit.")


def _code(token: str) -> str:
    try:
        janji().engine.confirm_by_code(token, request.form.get("kode", ""))
    except NotFound:
        return say("Kode itu tidak cocok. Periksa pesan terakhir dari kami.")
    return say("Terima kasih, nomor HP Anda sudah dikonfirmasi.")


_NEWS = {
    "berhenti": _stop,
    "lagi": _again,
    "surel": lambda token: _ask("mail", token),
    "pesan": lambda token: _ask("text", token),
    "kode": _code,
}
