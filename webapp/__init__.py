"""The web: pages over the engine's front door. Shows what was decided, decides nothing itself.

`create_app(janji)` puts the pages together. A page is a blueprint of its own module; what every page shares stands in
`security` (headers, cookies, CSRF), `access` (who may), `errors` (refusals as pages), `words` (language) and `filters`.
"""

from __future__ import annotations

import importlib
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import staffroom
from webapp.calendars import outages
from webapp.frame import access, compiling, demo, errors, filters, look, security, words
from webapp.supervision import operations

ROOMS: dict[str, tuple[str, ...]] = {
    "frame": ("demo", "health"),
    "public": ("services", "performance", "reports", "checking", "privacy", "gateway"),
    "applying": ("applying", "stepping", "returning", "similar", "received"),
    "tracking": ("citizen", "twin", "owndata", "contact", "surveying"),
    "staff": ("auth", "preferences", "keys", "counter"),
    "people": ("people", "absences", "sharing"),
    "calendars": ("calendar", "orders", "outages"),
    "casefile": (
        "cases",
        "guarding",
        "releasing",
        "case_sheet",
        "merging",
        "clarifying",
        "extensions",
        "second_look",
        "reader",
        "journeys",
    ),
    "desk": ("desk_drafts", "previews", "conflicts", "sending_back", "onward", "noting", "putting_off"),
    "worklist": ("inbox", "worksheet", "handover", "keeping", "watching"),
    "field": ("fieldwork", "handing_in"),
    "supervision": (
        "oversight",
        "tabular",
        "timing",
        "queueing",
        "ladder",
        "operations",
        "promise_lists",
        "took_lists",
        "event_log",
    ),
}
"""The rooms of this package, each with its modules that hold a blueprint `pages`."""


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
    for room, modules in ROOMS.items():
        for module in modules:
            app.register_blueprint(importlib.import_module(f"webapp.{room}.{module}").pages)
    staffroom.register(app)
    outages.register(app)
    demo.register(app)
    operations.measure(app)
    access.guard(app)
    return app
