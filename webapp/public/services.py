"""What anybody may open: the services and what they promise, the search for a case.

Knows no case beyond what its reference and code open, and nothing of who asks.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import NotFound
from engine.model import Basis
from engine.views import ServicePage
from webapp.frame.access import access, janji
from webapp.frame.words import ServiceWords, language, say
from webapp.public.survey_words import GRADES, NAMES

pages = Blueprint("public", __name__)

BASIS = {
    Basis.LAW: "Ditetapkan peraturan",
    Basis.CITY: "Ditetapkan kota",
    Basis.CONFIGURATION: "Angka pengaturan sistem ini, bukan ketetapan resmi",
    Basis.EXAMPLE: "Angka contoh, bukan ketetapan resmi kota ini",
}
"""Where a number comes from, said wherever it is shown."""


@pages.get("/")
@access("public")
def home() -> str:
    """Every service with the date it would promise today; complaints apart; the way back to one's own case."""
    offers = [_offer(page) for page in janji().queries.services()]
    return render_template("citizen/home.html", offers=offers, basis=BASIS)


@pages.get("/layanan/<service>")
@access("public")
def standard(service: str) -> str:
    """The standard of a service: what it asks, its steps, its time and where that comes from, cost, product."""
    found = janji().queries.standard(service)
    page = found.page
    properties = page.form.schema.get("properties", {})
    papers = [spec for spec in properties.values() if "document" in _formats(spec)]
    return render_template(
        "citizen/service.html",
        offer=_offer(page),
        papers=papers,
        steps=found.steps,
        versions=found.versions,
        basis=BASIS,
        rated=janji().queries.satisfaction(service),
        element_names=NAMES,
        grades=GRADES,
    )


@pages.get("/janji")
@access("public")
def register() -> str:
    """Every promise of every service with its source, since when and until when it was made."""
    recorded = janji().queries.register()
    words = {one.facts.id: ServiceWords(one.facts, one.facts.id) for one in recorded}
    return render_template("citizen/register.html", recorded=recorded, words=words, basis=BASIS)


@pages.get("/lacak")
@access("public")
def track() -> str:
    return render_template("citizen/track.html", reference=request.args.get("nomor", ""), wrong={})


@pages.post("/lacak")
@access("public")
def find() -> Answer | tuple[str, int]:
    """Open a case by its reference and code. One answer for an unknown reference and a wrong code."""
    reference, code = request.form.get("nomor", "").strip(), request.form.get("kode", "").strip()
    wrong = {}
    if not reference:
        wrong["nomor"] = say("Tulis nomor berkas. Contoh: KRK-2026-000123.")
    if not code:
        wrong["kode"] = say("Tulis kode 6 huruf dan angka dari tanda terima.")
    if not wrong:
        try:
            token = janji().queries.token_by_code(reference, code, request.remote_addr or "")
            return redirect(url_for("citizen.tracking", token=token), 303)
        except NotFound:
            wrong["nomor"] = say("Nomor berkas dan kode ini tidak cocok. Periksa keduanya pada tanda terima.")
    return render_template("citizen/track.html", reference=reference, wrong=wrong), 422


def _offer(page: ServicePage) -> dict[str, object]:
    """A service as it is offered: its page, its words, and the promise as it would stand had it begun now."""
    words = ServiceWords(page.facts, page.facts.id)
    promised = janji().queries.promised_if_started(page.facts.id)
    return {"page": page, "facts": page.facts, "words": words, "promised": promised, "language": language()}


def _formats(spec: object) -> set[str]:
    if not isinstance(spec, dict):
        return set()
    return {str(spec.get("format", "")), str(spec.get("items", {}).get("format", ""))}
