"""Releasing a complaint: black out what names people, see it as the public will, let a colleague look, take it back."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, NotYours, WindowClosed
from engine.model import Case, PublicPhoto
from engine.views import ReleaseDesk, ReleaseState
from webapp.casefile.black_parts import BOXES, box, posted, standing
from webapp.frame.access import access, actor, janji, supervises
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _
from webapp.staff.names import names

pages = Blueprint("releasing", __name__)

LONGEST, LONGEST_WHY = 1000, 300
KINDS = {
    "mail": "alamat surel",
    "address": "alamat web",
    "handle": "nama akun",
    "nik": "NIK",
    "digits": "nomor",
    "plate": "nomor kendaraan",
    "name": "nama sesudah sapaan",
    "known": "nama atau kontak pelapor",
}
"""What a suggested passage may be, by the pattern that found it."""
STATES = {
    ReleaseState.HIDDEN: "belum dilepas",
    ReleaseState.WAITING: "menunggu orang kedua",
    ReleaseState.RETURNED: "usul dikembalikan",
    ReleaseState.PUBLIC: "dibaca umum",
}


@pages.get("/berkas/<reference>/publikasi")
@access("staff")
def desk(reference: str) -> str:
    """The text with its suggestions, the photos, what waits, what is public now and every version so far."""
    return _page(_desk(reference))


@pages.post("/berkas/<reference>/publikasi")
@access("staff")
def release(reference: str) -> Answer | str | tuple[str, int]:
    """Show it as the public would see it, or release it: at once, or for a second person."""
    found = _desk(reference)
    if request.form.get("aksi") != "lepas":
        return _page(found, preview=True)
    photos = [PublicPhoto(one.paper.id, one.boxes) for one in posted(found.photos) if one.chosen]
    point = found.point if request.form.get("titik") else ""
    try:
        janji().engine.release_to_public(found.case.reference, _summary(), point, photos, _why(), actor(), key())
    except AnswersRejected as refused:
        return _page(found, {one.path for one in refused.problems}, preview=True), 422
    return _back(found.case, "release_proposed" if found.second_look else "published")


@pages.post("/berkas/<reference>/publikasi/setujui")
@access("staff")
def confirm(reference: str) -> Answer:
    """Let out what a colleague proposed, and go on with what else waits."""
    case = _desk(reference).case
    try:
        janji().engine.confirm_release(case.reference, request.form.get("usul", ""), actor(), key())
    except (WindowClosed, NotYours):
        return _back(case, "release_closed")
    return _onward(case, "published")


@pages.post("/berkas/<reference>/publikasi/kembalikan")
@access("staff")
def send_back(reference: str) -> Answer | tuple[str, int]:
    """Back to the colleague who proposed it, with a reason."""
    found = _desk(reference)
    try:
        proposal, why = request.form.get("usul", ""), request.form.get("jawaban", "")[:LONGEST_WHY]
        janji().engine.refuse_release(found.case.reference, proposal, why, actor(), key())
    except AnswersRejected:
        return _page(found, {"jawaban"}), 422
    except (WindowClosed, NotYours):
        return _back(found.case, "release_closed")
    return _onward(found.case, "release_refused")


@pages.post("/berkas/<reference>/publikasi/tarik")
@access("staff")
def take_back(reference: str) -> Answer | tuple[str, int]:
    """Nothing but kind, place and state is public any more, from this moment on; nothing waits to be."""
    found = _desk(reference)
    try:
        janji().engine.take_back(found.case.reference, _why(), actor(), key())
    except AnswersRejected:
        return _page(found, {"tarik"}), 422
    return _back(found.case, "unpublished" if found.public.released_at else "release_dropped")


@pages.get("/berkas/<reference>/publikasi/foto/<document_id>")
@access("staff")
def photo(reference: str, document_id: str) -> Response:
    """A photo as it would be public, with the parts named in the address black. Only for who may release it."""
    black = [one for text in request.args.getlist("k") if (one := box(text.split(",")))]
    mime, content = janji().queries.blackened_photo(reference, document_id, black, actor())
    return send_file(BytesIO(content), mimetype=mime)


def release_words(case: Case) -> str:
    """How far the release of a case is, in words; empty for whoever may not release it."""
    facts = names().facts(case.service)
    state = janji().queries.release_state(case, actor()) if facts and facts.public else None
    return _(STATES[state]) if state else ""


def _desk(reference: str) -> ReleaseDesk:
    found: ReleaseDesk = janji().queries.release_desk(reference, actor())
    return found


def _summary() -> str:
    return request.form.get("ringkasan", "").strip()[:LONGEST]


def _why() -> str:
    return request.form.get("alasan", "")[:LONGEST_WHY]


def _page(found: ReleaseDesk, wrong: Iterable[str] = (), *, preview: bool = False) -> str:
    """The form shows what was just sent, else what waits or came back, else what is public."""
    sent = "ringkasan" in request.form
    version = found.pending or (found.history[-1] if found.history else None)
    summary = _summary() if sent else version.summary if version else ""
    return render_template(
        "staff/releasing.html",
        found=found,
        case=found.case,
        summary=summary or ("" if sent else found.proposed),
        photos=posted(found.photos) if sent else standing(found.photos, version.photos if version else ()),
        pending=standing(found.photos, found.pending.photos) if found.pending else (),
        kinds={kind: _(words) for kind, words in KINDS.items()},
        wrong=set(wrong),
        preview=preview,
        titik=bool(request.form.get("titik")) if sent else bool(version and version.point),
        why=request.form.get("alasan", "") if sent else "",
        longest=LONGEST,
        rows=BOXES,
        comforting=True,
        fields="",
    )


def _back(case: Case, news: str) -> Answer:
    line = tell(news, reference=case.reference)
    return redirect(url_for("releasing.desk", reference=case.reference, **{PARAMETER: line}), 303)


def _onward(case: Case, news: str) -> Answer:
    """To what else waits for this person's word."""
    if not supervises(actor()):
        return _back(case, news)
    line = tell(news, reference=case.reference)
    return redirect(url_for("oversight.overview", **{PARAMETER: line}, _anchor="keputusan"), 303)
