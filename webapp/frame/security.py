"""What guards every page alike: headers, cookies, size limits, CSRF. Knows no page and no person.

No inline script and no inline style runs anywhere: scripts are our own files, the one `<style>` of the city's colour
carries a nonce. A form also carries a key, so that sending it twice does one thing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

KEY_FIELD = "kunci"
"""Name of the hidden field with the idempotency key of a form."""

OWN_FIELDS = frozenset({"csrf_token", KEY_FIELD, "aksi"})
"""Names in a post that belong to the page around a form, not to the form."""

MEGABYTE = 1024 * 1024
PAPERS_PER_POST = 6
"""How many papers of the greatest size one post may hold; the rest of a thick file is added with the next save."""
DRAFT_DAYS = 14

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:{tiles}; "
    "connect-src 'self'; manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {framed}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), geolocation=(self)",
}


class Fields(ImmutableMultiDict[str, Any]):
    """Names and values that came in, without the NUL characters that no person types and PostgreSQL does not take."""

    def __init__(self, given: Any = None) -> None:
        super().__init__([(_readable(name), _readable(value)) for name, value in MultiDict(given).items(multi=True)])


class Asked(Request):
    """A request whose texts any database takes."""

    parameter_storage_class = Fields


_csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


def stands_alone(view: View) -> View:
    """A post that no page of ours sends: a mail program's button, a gateway. What it carries is all its authority."""
    return _csrf.exempt(view)  # type: ignore[no-any-return]


def protect(app: Flask, settings: Any) -> None:
    """Set the limits and cookies of an app and guard each of its answers."""
    app.request_class = Asked
    https = str(settings.base_url).startswith("https://")
    app.config.update(
        SECRET_KEY=settings.key,
        SESSION_COOKIE_NAME="__Host-janji-laman" if https else "janji-laman",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(days=DRAFT_DAYS),
        TILES_FROM=_origin(settings.tile_url),
        MAX_CONTENT_LENGTH=PAPERS_PER_POST * settings.upload_mb * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        # A token page sends no referrer, so Flask-WTF cannot ask for one; `_refuse_strangers` asks the browser instead.
        WTF_CSRF_SSL_STRICT=False,
        # Somebody who fills in a form on a phone takes longer than an hour; the session bounds the token.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(_refuse_strangers)
    _csrf.init_app(app)
    app.after_request(_headers)
    app.context_processor(lambda: {"nonce": nonce, "form_guard": form_guard})


def nonce() -> str:
    """The nonce of this answer, for the one `<style>` element a page has."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def form_guard() -> Markup:
    """The hidden fields that every form with a POST carries."""
    return Markup(
        '<input type="hidden" name="csrf_token" value="{}"><input type="hidden" name="{}" value="{}">'
    ).format(generate_csrf(), KEY_FIELD, secrets.token_urlsafe(16))


def key() -> str:
    """The idempotency key of the form being posted; a post without one stands for itself."""
    return request.form.get(KEY_FIELD, "")[:64] or secrets.token_urlsafe(16)


def keep_to_oneself() -> None:
    """Let nobody store this answer: it shows a case."""
    g.private = True


def let_our_pages_frame_it() -> None:
    """Let a page of ours show this answer in a frame; nobody else may."""
    g.framed = True


def _origin(tile_url: str) -> str:
    """The one foreign host that pictures may come from, as a word of the policy; nothing without a map of tiles.

    `https://{s}.tiles.example/{z}/…` may come from any host below `tiles.example`.
    """
    parts = urlsplit(tile_url.replace("{s}", "*"))
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _readable(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _refuse_strangers() -> None:
    """Refuse a post that the browser itself says comes from another site, and an address that nothing can have."""
    if "\0" in request.path:
        abort(404)
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise CSRFError("from another site")


def _headers(response: Response) -> Response:
    tiles = current_app.config["TILES_FROM"]
    framed = "'self'" if g.get("framed") else "'none'"
    policy = _POLICY.format(nonce=nonce(), tiles=tiles, framed=framed)
    response.headers.setdefault("Content-Security-Policy", policy)
    if g.get("framed"):
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif g.get("private"):
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
