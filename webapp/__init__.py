"""The web: pages over the engine's front door. Shows what was decided, decides nothing itself.

`create_app(janji)` puts the pages together. A page is a blueprint of its own module; what every page shares stands in
`security` (headers, cookies, CSRF), `access` (who may), `errors` (refusals as pages), `words` (language) and `filters`.
"""

from __future__ import annotations

import importlib
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import (
    access,
    compiling,
    demo,
    errors,
    filters,
    look,
    operations,
    outages,
    security,
    staffroom,
    words,
)

ROOMS = (
    *("public", "applying", "citizen", "surveying", "performance", "twin", "health", "demo", "contact"),
    *("stepping", "received", "checking", "returning", "similar"),
    *("gateway",),
    *("reports",),
    *("auth", "inbox", "worksheet", "handover", "keeping", "cases", "counter", "oversight", "operations"),
    *("fieldwork", "handing_in"),
    *("desk_drafts", "previews", "reader", "journeys", "onward"),
    *("putting_off", "preferences", "keys", "watching"),
    *("guarding", "owndata", "privacy"),
    *("people", "absences", "sharing"),
    *("conflicts", "merging", "releasing"),
    *("calendar", "orders", "outages", "extensions"),
    *("clarifying", "noting", "sending_back"),
    *(
        "timing",
        "tabular",
        "queueing",
        "ladder",
        "second_look",
        "promise_lists",
        "took_lists",
        "event_log",
        "case_sheet",
    ),
)
"""Modules of this package with a blueprint `pages`, in the order in which they are registered."""


def create_app(janji: Any) -> Flask:
    """The pages of one running installation. `janji` is what `engine.open_janji` gives."""
    app = Flask(__name__)
    app.extensions["janji"] = janji
    app.jinja_env.code_generator_class = compiling.PlainCalls
    proxies = janji.settings.trusted_proxies
    if proxies:
        # Behind a proxy every visitor has its address: without this all of them share one throttle.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    words.speak(app)  # first, so that even a refusal by the guards speaks the reader's language
    security.protect(app, janji.settings)
    filters.register(app)
    look.register(app, janji.city, janji.settings)
    errors.explain(app)
    for room in ROOMS:
        app.register_blueprint(importlib.import_module(f"webapp.{room}").pages)
    staffroom.register(app)
    outages.register(app)
    demo.register(app)
    operations.measure(app)
    access.guard(app)
    return app
