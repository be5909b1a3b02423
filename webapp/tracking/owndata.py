"""A person's own data: what is held and why, who looked, how long; taking it along, and asking to be forgotten.

The link of a case may be shared, so values and acts here also want the code from the receipt. Knows no staff.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import NotFound
from engine.model import Case, Look
from engine.views import AnsweredForm, FormView, OwnData
from webapp.applying.papers import around
from webapp.forms.fields import render_answers
from webapp.frame.access import access, janji
from webapp.frame.filters import city_day
from webapp.frame.lookups import NUMBERS, looked
from webapp.frame.security import keep_to_oneself, key
from webapp.frame.words import ServiceWords, say
from webapp.public.services import BASIS

pages = Blueprint("owndata", __name__, url_prefix="/t/<token>/data")

IN_MEMORY = 5_000_000
"""Bytes of an archive that are kept in memory; a larger one is written to a file that has no name."""


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("")
@access("token")
def own(token: str) -> str:
    """What is held, by its questions and without the answers."""
    return _page(token)


@pages.post("/unduh")
@access("token")
def take(token: str) -> Response | tuple[str, int]:
    """Everything as one archive: for a person to read, for a machine to take over, and the papers."""
    wrong = _wrong_code(token)
    if wrong:
        return _page(token, wrong={"unduh": wrong}), 422
    data = janji().queries.own_data(token)
    janji().engine.note_export(token)
    archive = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the answer closes it when it is sent
    with ZipFile(archive, "w", ZIP_DEFLATED) as made:
        made.writestr("data.json", json.dumps(_as_json(data), ensure_ascii=False, indent=2))
        made.writestr("data.html", render_template("citizen/own_data_file.html", **_shown(token, data)))
        for name, content in _papers(token, data):
            made.writestr(name, content)
    archive.seek(0)
    return send_file(archive, "application/zip", as_attachment=True, download_name=f"data-{data.case.reference}.zip")


@pages.post("/hapus")
@access("token")
def erase(token: str) -> Answer | tuple[str, int]:
    """Erase now where that is lawful, or note the wish; either way the page then says which."""
    wrong = _wrong_code(token)
    if not wrong and request.form.get("yakin") != "ya":
        wrong = say("Centang pernyataan di bawah bila Anda memang ingin data Anda dihapus.")
    if wrong:
        return _page(token, wrong={"hapus": wrong}), 422
    after = janji().engine.ask_erasure(token, key())
    flash(say("Data pribadi Anda sudah dihapus.") if after.erased_at else say("Permintaan Anda sudah kami catat."))
    return redirect(url_for(".own", token=token), 303)


def _wrong_code(token: str) -> str:
    """What is wrong with the code that was typed; empty: nothing. Tries are counted as at `/lacak`."""
    reference = janji().queries.own_data(token).case.reference
    try:
        right = janji().queries.token_by_code(reference, request.form.get("kode", ""), request.remote_addr or "")
    except NotFound:
        right = ""
    return "" if right == token else say("Kode tidak cocok. Kode ada pada tanda terima: 6 huruf dan angka.")


def _page(token: str, wrong: dict[str, str] | None = None) -> str:
    data = janji().queries.own_data(token)
    return render_template("citizen/own_data.html", **_shown(token, data), wrong=wrong or {})


def _shown(token: str, data: OwnData) -> dict[str, Any]:
    words = ServiceWords(data.facts, data.case.version)
    view = FormView(data.facts.start_form, data.case.service, {}, {}, files={one.id: one for one in data.documents})
    needs = around(words, view, lambda paper: url_for("citizen.document", token=token, document_id=paper))
    return {
        "token": token,
        "data": data,
        "facts": data.facts,
        "words": words,
        "basis": BASIS,
        "asked": [(one, _titles(one, words)) for one in data.answered],
        "looks": [(look, looked(look.what, data.answered)) for look in data.looks],
        "unit": lambda look: _office(look),
        "today": city_day(data.as_of),
        "answers": lambda one: render_answers(one, needs, reveal=NUMBERS),
    }


def _office(look: Look) -> str:
    unit = janji().city.units.get(look.unit or "")
    return unit.name if unit else janji().city.office.name


def _titles(form: AnsweredForm, words: ServiceWords) -> list[tuple[str, str]]:
    parts = form.schema.get("properties", {})
    asked = [name for name in parts if name in form.answers]  # in the order of the form; rows know no order
    forms = [one for one in (form.element, form.ui.get("x-corrects")) if one]
    said = {name: [words.in_form(one, name, "title") for one in forms] for name in asked}
    return [(name, next(filter(None, said[name]), parts[name].get("title", name))) for name in asked]


def _as_json(data: OwnData) -> dict[str, Any]:
    """For a machine: field names as the form has them, values as they were accepted."""
    return {
        "berkas": _case(data.case),
        "jawaban": [
            {"formulir": one.element, "waktu": one.at.isoformat(), "putaran": one.round, "isi": one.answers}
            for one in data.answered
        ],
        "dokumen": [
            {"isian": paper.field, "nama": paper.name, "jenis": paper.mime, "sha256": paper.sha256}
            for paper in data.documents
        ],
        "dilihat": [
            {"hari": look.seen_on.isoformat(), "jabatan": look.role, "unit": look.unit, "apa": look.what}
            for look in data.looks
        ],
        "disimpan": {
            "alasan": data.keeping.why,
            "dapat_diminta_hapus": _day(data.keeping.asked_from_on),
            "dihapus": _day(data.keeping.until_on),
        },
        "data_per": data.as_of.isoformat(),
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "nomor": case.reference,
        "layanan": case.service,
        "diajukan": case.started_at.isoformat(),
        "berakhir": _day(case.ended_at),
        "hasil": case.outcome,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _papers(token: str, data: OwnData) -> Iterator[tuple[str, bytes]]:
    for number, paper in enumerate(data.documents, 1):
        _document, content = janji().queries.document(paper.id, token=token)
        yield f"dokumen/{number:02d}-{paper.field}-{paper.name}", content
