"""Complaints for everybody: the list with its filters, the places, one complaint. Shows what was released, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file

from engine.model import PromiseState, ServiceFacts
from engine.views import PlaceCount, PublicCase, PublicOrder, PublicState
from webapp.drawings.dots import HEIGHT, WIDTH, grid
from webapp.frame.access import access, janji
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import ServiceWords
from webapp.public.services import BASIS

pages = Blueprint("reports", __name__, url_prefix="/laporan")


@pages.before_request
def _kept_by_nobody() -> None:
    """What is taken back is gone at once: no browser, cache or search engine may keep it."""
    keep_to_oneself()


STATES = {
    PublicState.GOING: "Sedang berjalan",
    PublicState.LATE: "Lewat batas",
    PublicState.ENDED: "Selesai",
}
ORDERS = {PublicOrder.NEWEST: "Terbaru dahulu", PublicOrder.OLDEST: "Terlama dahulu"}


@pages.get("")
@access("public")
def listed() -> str:
    """What is public: counts by place first, then the points, then the list, page by page."""
    asked = _asked()
    found = janji().queries.public_list(**asked, cursor=request.args.get("halaman") or None)
    words = {facts.id: ServiceWords(facts, facts.id) for facts in found.services}
    kinds = {key: title for facts in found.services for key, title in categories(facts).items()}
    return render_template(
        "citizen/reports.html",
        found=found,
        asked=asked,
        words=words,
        kinds=kinds,
        state_of=lambda case: state_of(case, found.as_of),
        drawn=grid(found.points),
        size=(WIDTH, HEIGHT),
        places=by_kecamatan(found.places, janji().city.regions),
        regions=janji().city.regions,
        kelurahan=sorted(janji().city.kelurahan),
        states=STATES,
        orders=ORDERS,
    )


@pages.get("/<reference>")
@access("public")
def report(reference: str) -> str:
    """One complaint: where it is, by when it was promised, who has it, and what the office has answered."""
    found = janji().queries.public_case(reference)
    return render_template(
        "citizen/report.html",
        found=found,
        case=found.case,
        words=ServiceWords(found.facts, found.case.version),
        kinds=categories(found.facts),
        state=state_of(found.case, found.as_of),
        regions=janji().city.regions,
        basis=BASIS,
    )


@pages.get("/<reference>/foto/<document_id>")
@access("public")
def photo(reference: str, document_id: str) -> Response:
    """A released photo, drawn anew when it went out: what was black is in no byte of it, nor a place or a camera."""
    document, content = janji().queries.public_photo(reference, document_id)
    answer = send_file(BytesIO(content), document.mime)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _asked() -> dict[str, Any]:
    """The filters of the address; what is unknown counts as not given."""
    given = request.args
    states, orders = {one.value: one for one in PublicState}, {one.value: one for one in PublicOrder}
    place = given.get("kelurahan", "")
    return {
        "place": place if place in janji().city.regions else "",
        "category": given.get("kategori", "")[:80],
        "state": states.get(given.get("status", "")),
        "order": orders.get(given.get("urut", ""), PublicOrder.NEWEST),
    }


def state_of(case: PublicCase, now: Any) -> str:
    """`selesai`, `lewat_batas`, `menunggu_pemohon` or `sesuai_janji`: one of the product's words for a promise."""
    if case.ended_at is not None:
        return "selesai"
    if case.promise_state is PromiseState.PAUSED:
        return "menunggu_pemohon"
    late = case.promise_state is PromiseState.RUNNING and case.due_at is not None and case.due_at < now
    return "lewat_batas" if late else "sesuai_janji"


def categories(facts: ServiceFacts) -> dict[str, str]:
    """What a case of this service can be about, in the reader's language."""
    form, _, field = facts.category.partition(".")
    schema = janji().queries.service(facts.id).form.schema
    words = ServiceWords(facts, facts.id)
    choices = schema.get("properties", {}).get(field, {}).get("oneOf", ())
    return {
        str(one["const"]): words.in_form(form, field, "choices", str(one["const"])) or str(one["title"])
        for one in choices
    }


def by_kecamatan(counts: Iterable[PlaceCount], regions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The counts of each kecamatan with those of its kelurahan; a place that is not known stands last, unnamed."""
    found: dict[str, dict[str, Any]] = {}
    for one in counts:
        region = regions.get(one.place)
        code = region.parent if region else ""
        name = regions[code].name if code in regions else ""
        row = found.setdefault(code, {"code": code, "name": name, "count": 0, "going": 0, "late": 0, "inside": []})
        for what in ("count", "going", "late"):
            row[what] += getattr(one, what)
        row["inside"].append({"code": one.place, "name": region.name if region else "", "counts": one})
    return sorted(found.values(), key=lambda row: (not row["code"], row["name"]))
