"""Whether a paper in somebody's hand is real and holds: the page of a number, its twin for machines, the code's check.

Anybody may ask, from anywhere: what is told here stands on the paper already, or is what a stranger must know to trust
it. The code itself travels after the `#` of an address and is read in the browser; a browser without scripts sends it.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import NotFound
from engine.model import PermitState
from engine.views import PermitCheck
from webapp.frame import installable
from webapp.frame.access import access, janji
from webapp.frame.words import language
from webapp.public.paper_words import OUTCOMES, STATES, TONES

pages = Blueprint("checking", __name__, url_prefix="/v")

UNKNOWN = "tidak_ditemukan"
"""The state of a number that nobody was ever given."""
MOST_NUMBER = 60
_WHOEVER = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""Facts for everybody, given without a cookie: a notary's or a bank's own page may ask for them."""


@pages.get("/periksa")
@access("public")
def check() -> Answer | Response:
    """Where a code is pasted, scanned or read from the address; kept by the browser for use without a connection."""
    number = request.args.get("nomor", "").strip()
    if number:
        return redirect(url_for(".permit", number=number[:MOST_NUMBER]), 303)
    return _check_page("")


@pages.post("/periksa")
@access("public")
def judge() -> Response:
    """The same for a browser without scripts: we check the code and say what we know of the paper."""
    code = request.form.get("kode", "")
    judged = janji().stamps.judged(code)
    outcome, found = judged.outcome, None
    if judged.line:
        found = _found(judged.stamp.number, judged.stamp.version)
        outcome = "unlisted" if found is None else str(found.state)
        if found is not None and found.permit.stamp != judged.line:
            outcome = "differs"
    return _check_page(outcome, judged.stamp, found, code[:600])


@pages.get("/kunci.json")
@access("public")
def published_keys() -> Response:
    """The public keys that signed our papers, retired ones too; a withdrawn one says since when."""
    keys = [
        {"id": key.id, "algorithm": "Ed25519", "public": key.public, "made_at": key.made_at}
        | {"retired_at": key.retired_at or None, "withdrawn_at": key.withdrawn_at or None}
        for key in janji().stamps.published()
    ]
    return _open(jsonify(keys=keys, format="https://www.rfc-editor.org/rfc/rfc8032"))


@pages.get("/pekerja.js")
@access("public")
def worker() -> Response:
    """The script that opens the check page without a connection. From here, so that it rules these addresses alone."""
    return installable.worker("check/worker.js")


@pages.get("/periksa.webmanifest")
@access("public")
def manifest() -> Response:
    """Lets a phone put the check page among its programs."""
    return installable.manifest(
        "Periksa dokumen", "Periksa", url_for(".check"), url_for(".check").removesuffix("periksa")
    )


@pages.get("/<path:number>")
@access("public")
def permit(number: str) -> Response:
    """Whether an issued document holds today, and what to compare with the paper. Says clearly when there is none."""
    found = _found(number, _version())
    if found is None:
        asked = number[:MOST_NUMBER]
        return make_response(render_template("citizen/no_permit.html", number=asked, version=_version()), 404)
    return make_response(
        render_template("citizen/permit.html", check=found, states=STATES, role=_role, hearing=_hearing(), **_shared())
    )


@pages.get("/<path:number>.json")
@access("public")
def permit_json(number: str) -> Response:
    """The same for a machine, signed: the keys of this answer are stable and told in webapp/README.md."""
    found = _found(number, _version())
    if found is None:
        now = janji().clock.now().isoformat(timespec="seconds")
        nothing = {"number": number[:MOST_NUMBER], "state": UNKNOWN, "valid": False, "checked_at": now}
        return _open(make_response(jsonify(nothing), 404))
    return _open(jsonify(_told(found)))


def _told(check: PermitCheck) -> dict[str, object]:
    permit, checked_at = check.permit, check.as_of.isoformat(timespec="seconds")
    number, version = check.replaced_by or (None, None)
    revoked = permit.state_at if check.state is PermitState.REVOKED else None
    return {
        "number": permit.number,
        "version": permit.version,
        "kind": permit.kind,
        "state": check.state,
        "valid": check.valid,
        "state_since": _instant(permit.state_at),
        "state_by": permit.state_by or None,
        "state_ground": permit.state_ground or None,
        "revoked_at": _instant(revoked),
        "replaced_by": {"number": number, "version": version} if number else None,
        "current_version": check.current.version,
        "holder": check.holder,
        "about": [{"title": one.title, "value": one.value} for one in check.details.get(language(), ())],
        "issued_at": _instant(permit.issued_at),
        "valid_until_on": permit.valid_until_on.isoformat() if permit.valid_until_on else None,
        "pdf_sha256": permit.document_sha256 or None,
        "stamp": permit.stamp or None,
        "checked_at": checked_at,
        "attestation": _attested(f"janji-check:1:{permit.number}:{permit.version}:{check.state}:{checked_at}"),
    }


def _attested(said: str) -> dict[str, str]:
    """Our word on this answer, so that whoever asked can show later what we said and when."""
    stamps = janji().stamps
    signature = base64.urlsafe_b64encode(stamps.sign(said)).decode().rstrip("=")
    return {"key": stamps.current_id(), "said": said, "signature": signature}


def _found(number: str, version: int | None) -> PermitCheck | None:
    try:
        return janji().queries.permit(number, version)  # type: ignore[no-any-return]
    except NotFound:
        return None


def _version() -> int | None:
    """The version of the paper in hand (`?versi=1`), which its code names; None: the newest."""
    asked = request.args.get("versi", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else None


def _check_page(outcome: str, stamp: object = None, found: PermitCheck | None = None, code: str = "") -> Response:
    page = render_template(
        "citizen/check_paper.html", outcome=outcome, stamp=stamp, found=found, code=code, **_shared()
    )
    answer = make_response(page)
    answer.headers["Permissions-Policy"] = "camera=(self), microphone=(), payment=(), geolocation=()"
    return answer


def _shared() -> dict[str, object]:
    """What the script of both pages needs: words for every outcome, and where to ask."""
    return {"outcomes": OUTCOMES, "tones": TONES, "answers": url_for(".check").removesuffix("periksa")}


def _role(role: str) -> str:
    return str(janji().texts.role(role, language(), None))


def _hearing() -> str | None:
    """The service at which a forgery is reported: the first that takes complaints."""
    offered = (page.facts for page in janji().queries.services())
    return next((facts.id for facts in offered if facts.anonymous), None)


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def _open(answer: Response) -> Response:
    answer.headers.update(_WHOEVER)
    answer.headers["Cache-Control"] = "no-cache"
    return answer
