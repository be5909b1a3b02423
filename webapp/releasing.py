"""Releasing a complaint: black out what names people, see it as the public will, release it, take it back."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected
from engine.model import Box, Case, PublicPhoto
from engine.views import ReleaseDesk
from webapp.access import access, actor, janji
from webapp.names import names
from webapp.security import key
from webapp.telling import PARAMETER, tell
from webapp.words import say as _

pages = Blueprint("releasing", __name__)

BOXES = 3
"""Black parts of one photo that the page has fields for."""
LONGEST = 1000
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


@pages.get("/berkas/<reference>/publikasi")
@access("staff")
def desk(reference: str) -> str:
    """The text with its suggestions, the photos, what is public now and every version so far."""
    found: ReleaseDesk = janji().queries.release_desk(reference, actor())
    return _page(found, found.public.summary or found.proposed)


@pages.post("/berkas/<reference>/publikasi")
@access("staff")
def release(reference: str) -> Answer | str | tuple[str, int]:
    """Show it as the public would see it, or release it."""
    found: ReleaseDesk = janji().queries.release_desk(reference, actor())
    summary = request.form.get("ringkasan", "").strip()[:LONGEST]
    if request.form.get("aksi") != "lepas":
        return _page(found, summary, preview=True)
    point = found.point if request.form.get("titik") else ""
    photos = [PublicPhoto(one.id, boxes(one.id)) for one in found.photos if _chosen(one.id)]
    try:
        janji().engine.release_to_public(
            found.case.reference, summary, point, photos, request.form.get("alasan", "")[:300], actor(), key()
        )
    except AnswersRejected as refused:
        return _page(found, summary, {one.path for one in refused.problems}, preview=True), 422
    return _back(found, "published")


@pages.post("/berkas/<reference>/publikasi/tarik")
@access("staff")
def take_back(reference: str) -> Answer | tuple[str, int]:
    """Nothing but kind, place and state is public any more, from this moment on."""
    found: ReleaseDesk = janji().queries.release_desk(reference, actor())
    try:
        janji().engine.take_back(found.case.reference, request.form.get("alasan", "")[:300], actor(), key())
    except AnswersRejected:
        return _page(found, found.public.summary, {"tarik"}), 422
    return _back(found, "unpublished")


@pages.get("/berkas/<reference>/publikasi/foto/<document_id>")
@access("staff")
def photo(reference: str, document_id: str) -> Response:
    """A photo as it would be public, with the parts named in the address black. Only for who may release it."""
    black = [box for text in request.args.getlist("k") if (box := _box(text.split(",")))]
    mime, content = janji().queries.blackened_photo(reference, document_id, black, actor())
    return send_file(BytesIO(content), mimetype=mime)


def boxes(document_id: str) -> tuple[Box, ...]:
    """The black parts of a photo that were posted; what is no part of a picture is left out."""
    found = (_box(request.form.getlist(f"kotak.{document_id}.{place}")) for place in range(BOXES))
    return tuple(box for box in found if box)


def may_release(case: Case) -> bool:
    """Whether the reader of a case decides what everybody may read of it."""
    facts = names().facts(case.service)
    return facts is not None and facts.public and bool(janji().queries.may_release(case, actor()))


def _box(numbers: Iterable[str]) -> Box | None:
    """Left, top, width and height in percent; None for what does not lie within a picture."""
    try:
        left, top, width, height = (float(one.replace(",", ".")) for one in numbers)
    except ValueError:
        return None
    fits = 0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100 and 0 < height <= 100
    return (left, top, min(width, 100 - left), min(height, 100 - top)) if fits else None


def _chosen(document_id: str) -> bool:
    return document_id in request.form.getlist("foto")


def _page(found: ReleaseDesk, summary: str, wrong: Iterable[str] = (), *, preview: bool = False) -> str:
    posted = request.method == "POST" and "ringkasan" in request.form
    now = {one["of"]: one["boxes"] for one in found.history[-1].photos} if found.history else {}
    rows: list[dict[str, Any]] = []
    for one in found.photos:
        black = boxes(one.id) if posted else tuple(tuple(box) for box in now.get(one.id, ()))
        rows.append(
            {
                "paper": one,
                "boxes": black,
                "empty": BOXES - len(black),
                "chosen": _chosen(one.id) if posted else one.id in now,
                "shown": [",".join(f"{number:g}" for number in box) for box in black],
            }
        )
    return render_template(
        "staff/releasing.html",
        found=found,
        case=found.case,
        summary=summary,
        photos=rows,
        kinds={kind: _(words) for kind, words in KINDS.items()},
        wrong=set(wrong),
        preview=preview,
        titik=bool(request.form.get("titik")) if posted else bool(found.public.point),
        why=request.form.get("alasan", ""),
        longest=LONGEST,
        comforting=True,
        fields="",
    )


def _back(found: ReleaseDesk, news: str) -> Answer:
    line = tell(news, reference=found.case.reference)
    return redirect(url_for("releasing.desk", reference=found.case.reference, **{PARAMETER: line}), 303)
