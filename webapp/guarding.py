"""Showing identity numbers whole: an act with a reason, which is recorded and holds for ten minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, request, url_for

from engine.model import Json
from engine.views import AnsweredForm
from webapp.access import access, actor, janji
from webapp.posted import local_path
from webapp.security import key
from webapp.telling import PARAMETER, tell
from webapp.words import say as _

pages = Blueprint("guarding", __name__)

NUMBERS = frozenset({"nik", "npwp"})
REASONS = (
    ("cocokkan", "Mencocokkan dengan KTP atau kartu NPWP"),
    ("sistem_lain", "Memeriksa di sistem lain (Dukcapil, pajak)"),
    ("permintaan_pemilik", "Diminta oleh pemiliknya"),
    ("pemeriksaan", "Pemeriksaan atau pengawasan"),
)
"""Words and no free text: what is recorded can never be erased."""


@pages.post("/berkas/<reference>/nomor")
@access("staff")
def unmask(reference: str) -> Any:
    """Show the numbers of a case whole to whoever asks with a reason, and go back to where they were."""
    file = janji().queries.case_file(reference, actor())
    home = url_for("cases.case_file", reference=file.case.reference)
    back = local_path(request.form.get("kembali"), home)
    reason = request.form.get("alasan", "")
    news = tell("no_reason")
    if reason in dict(REASONS):
        janji().engine.unmask(file.case.reference, reason, actor(), key())
        news = tell("unmasked")
    joint = "&" if "?" in back else "?"
    return redirect(f"{back}{joint}{PARAMETER}={news}", 303)


def reasons() -> list[tuple[str, str]]:
    """The reasons in the reader's language."""
    return [(name, _(words)) for name, words in REASONS]


LOOKED = {
    "berkas": "membuka berkas",
    "tugas": "membuka tugas",
    "nomor": "melihat nomor pribadi utuh",
    "lapangan": "membawa tugas ke lapangan",
    "daftar": "mengunduh daftar yang memuat berkas ini",
}


def looked(what: str, answered: Iterable[AnsweredForm]) -> str:
    """What somebody looked at, in words; a paper by the title of the question it answers."""
    kind, _colon, field = what.partition(":")
    if not field:
        return _(LOOKED[kind])
    titles = {name: part.get("title") for one in answered for name, part in one.schema.get("properties", {}).items()}
    return _("membuka dokumen %(title)s", title=titles.get(field) or field.replace("_", " "))


def has_numbers(answered: Iterable[AnsweredForm]) -> bool:
    """Whether anything answered is an identity number."""
    return any(part.get("format") in NUMBERS for one in answered for part in _asked(one.schema, one.answers))


def _asked(schema: Json, answers: Json) -> list[Json]:
    return [part for name, part in schema.get("properties", {}).items() if name in answers]
