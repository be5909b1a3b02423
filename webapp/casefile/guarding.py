"""Showing identity numbers whole: an act with a reason, which is recorded and holds for ten minutes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from webapp.frame.access import access, actor, janji
from webapp.frame.posted import local_path
from webapp.frame.security import key
from webapp.frame.telling import PARAMETER, tell
from webapp.frame.words import say as _

pages = Blueprint("guarding", __name__)

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
