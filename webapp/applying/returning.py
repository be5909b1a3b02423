"""Going on with a draft in another browser: the page behind a mailed link, and the one that takes a code.

Opening a link only asks, since programs that look through mail open every link in it; the button uses it, once.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, LinkUsed, NotFound, TooManyTries
from webapp.applying import drafts
from webapp.frame.access import access, janji
from webapp.frame.security import keep_to_oneself, key
from webapp.frame.words import ServiceWords, go_on_in, say

pages = Blueprint("returning", __name__)


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.post("/layanan/<service>/ajukan/lanjut-nanti")
@access("public")
def send_way_back(service: str) -> Answer:
    """Send a way back to this browser's draft of a service, which is begun if there is none yet."""
    flash(_sent(drafts.token(service), request.form.get("kontak", "")))
    return redirect(url_for("applying.form", service=service), 303)


@pages.get("/lanjut/<token>")
@access("token")
def way_back(token: str) -> str:
    """Offer to go on, or a new link when this one leads nowhere any more."""
    way = janji().queries.way_back(token)
    go_on_in(way.language)
    return render_template("returning/way_back.html", token=token, way=way, words=_words(way.service))


@pages.post("/lanjut/<token>")
@access("token")
def resume(token: str) -> Answer | tuple[str, int]:
    """Use the link: this browser holds the draft from now on."""
    try:
        resumed = janji().engine.resume(token, key())
    except LinkUsed:
        return way_back(token), 410
    return _go_on(resumed.service, resumed.token)


@pages.post("/lanjut/<token>/lagi")
@access("token")
def send_link_again(token: str) -> str:
    """A new link to the same mailbox."""
    janji().engine.send_link_again(token, request.remote_addr or "")
    return render_template("returning/sent.html")


@pages.get("/lanjut")
@access("public")
def by_code() -> str:
    return render_template("returning/by_code.html", wrong={}, phone="")


@pages.post("/lanjut")
@access("public")
def resume_by_code() -> Answer | str | tuple[str, int]:
    """Go on by telephone and code, or have a new link or code sent: the same answer whatever was found."""
    contact, source = request.form.get("kontak", "").strip(), request.remote_addr or ""
    if request.form.get("aksi") == "kirim":
        janji().engine.send_again(contact, source)
        return render_template("returning/sent.html")
    wrong = {}
    try:
        resumed = janji().engine.resume_by_code(contact, request.form.get("kode", ""), source, key())
        return _go_on(resumed.service, resumed.token)
    except (NotFound, LinkUsed):
        wrong["kode"] = say(
            "Nomor HP dan kode tidak cocok, atau kodenya sudah lewat 15 menit. Minta kode baru di bawah."
        )
    return render_template("returning/by_code.html", wrong=wrong, phone=contact), 422


def _sent(token: str, contact: str) -> str:
    try:
        janji().engine.send_way_back(token, contact, request.remote_addr or "", key())
    except AnswersRejected:
        return say(
            "Belum terkirim: tulis satu alamat e-mail atau nomor HP. Contoh: nama@contoh.id atau 0812-3456-7890."
        )
    except TooManyTries:
        return say("Terlalu sering dicoba. Tunggu 15 menit, lalu coba lagi.")
    if "@" in contact:
        return say("Tautan untuk melanjutkan kami kirim ke e-mail itu. Berlaku sekali, selama 14 hari.")
    return say("Kode untuk melanjutkan kami kirim ke nomor itu. Berlaku 15 menit.")


def _go_on(service: str, token: str) -> Answer:
    drafts.hold(service, token)
    flash(say("Inilah isian Anda seperti terakhir disimpan."))
    return redirect(url_for("applying.form", service=service), 303)


def _words(service: str) -> ServiceWords | None:
    if not service:
        return None
    page = janji().queries.service(service)
    return ServiceWords(page.facts, page.facts.id)
