"""The gateway's door: a text message that came in. Off unless the installation has a token for it."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, jsonify, request

from webapp.frame.access import access, janji
from webapp.frame.security import stands_alone

pages = Blueprint("gateway", __name__)

LONGEST = 1000
"""Letters of a message that are read: what we answer to is far shorter."""


@pages.post("/gateway/pesan")
@access("public")
@stands_alone
def hear() -> tuple[Response, int]:
    """Take `{"from", "text"}` and perhaps an `id`, by which a message told twice is taken once.

    The answer goes out as a text message of its own, so the gateway learns nothing here: 202 whatever was asked.
    """
    wanted = janji().settings.gateway_inbound_token.get_secret_value()
    if not wanted:
        abort(404)
    if not hmac.compare_digest(f"Bearer {wanted}".encode(), request.headers.get("Authorization", "").encode()):
        abort(401)
    told = request.get_json(silent=True)
    sender, text = (told.get("from"), told.get("text")) if isinstance(told, dict) else (None, None)
    if not (isinstance(sender, str) and isinstance(text, str) and 0 < len(sender) <= 40):
        abort(400)
    janji().engine.hear(sender, text[:LONGEST], str(told.get("id") or "")[:200])
    return jsonify(), 202
