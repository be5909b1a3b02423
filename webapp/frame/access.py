"""Who may open which page: one policy per route, declared where the view is, denied where none is.

Every view carries `@access(...)` below its route decorator:

    @access("public")                      anybody
    @access("token")                       whoever holds the secret in the path; the view asks the engine, 404 if wrong
    @access("staff")                       any signed-in member of staff
    @access("staff", "verifikator")        staff holding one of these roles
    @access("starter")                     staff who may start the service named in the path at the counter
    @access("supervisor")                  staff holding a role that supervises
    @access("operator")                    staff who run the machine

`guard(app)` enforces it before each request. A stranger is shown the sign-in page and comes back to where they were
going; if a session ran out while somebody was writing, what they wrote is shown with it. A signed-in person without
the role gets the same 404 as for a page that is not there. Knows no case and no
task: whether this clerk may do *this* task is the engine's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.model import Actor
from engine.views import ServicePage, SignedIn
from webapp.frame.posted import answers, typed_texts

KINDS = frozenset({"public", "token", "staff", "starter", "supervisor", "operator"})
OPEN_TO_STRANGERS = frozenset({"public", "token"})

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route asks of whoever opens it. `roles` narrows `staff` to holders of one of them."""

    kind: str
    roles: frozenset[str] = frozenset()


def access(kind: str, *roles: str) -> Callable[[View], View]:
    """Declare the policy of a view. Raises ValueError for an unknown kind, so that a typo never opens a page."""
    if kind not in KINDS or (roles and kind != "staff"):
        raise ValueError(f"no such policy: {kind} {roles}")

    def declare(view: View) -> View:
        view.access_policy = Policy(kind, frozenset(roles))  # type: ignore[attr-defined]
        return view

    return declare


def policy_of(app: Flask, endpoint: str | None) -> Policy | None:
    """The declared policy of a route, None when there is none: then nobody may pass."""
    view = app.view_functions.get(endpoint or "")
    return getattr(view, "access_policy", None)


def janji() -> Any:
    """The engine's front door of the running app."""
    return current_app.extensions["janji"]


def signed_in() -> SignedIn | None:
    """The member of staff behind this request, None for strangers; looked up once per request."""
    if "signed_in" not in g:
        secret = request.cookies.get(cookie_name(), "")
        g.signed_in = janji().accounts.session(secret) if secret else None
    return g.signed_in  # type: ignore[no-any-return]


def actor() -> Actor:
    """The member of staff behind this request. Only for views whose policy lets no stranger in."""
    person = signed_in()
    if person is None:
        abort(404)
    return person.actor


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to TLS; a browser refuses that prefix on a plain-text demo."""
    return "__Host-janji" if secure() else "janji"


def secure() -> bool:
    return str(janji().settings.base_url).startswith("https://")


def supervises(person: Actor) -> bool:
    """Whether one of the person's roles oversees the work of others, as city.toml says."""
    return bool(person.roles & janji().city.supervising)


def operates(person: Actor) -> bool:
    """Whether one of the person's roles sees incidents and the machine."""
    return bool(person.roles & janji().city.operating)


def may_start(person: Actor, service: str) -> bool:
    """Whether the person holds a role that may enter a case of this service for somebody at the counter."""
    facts = next((page.facts for page in services() if page.facts.id == service), None)
    return facts is not None and bool(person.roles & set(facts.starters))


def services() -> tuple[ServicePage, ...]:
    """Every service in force, in the order the engine gives; looked up once per request."""
    if "services" not in g:
        g.services = tuple(janji().queries.services())
    return g.services  # type: ignore[no-any-return]


def allowed(policy: Policy | None, person: Actor | None, arguments: dict[str, Any]) -> bool:
    """Whether the policy lets this person pass. No policy: nobody."""
    if policy is None:
        return False
    if policy.kind in OPEN_TO_STRANGERS:
        return True
    if person is None:
        return False
    if policy.kind == "operator":
        return operates(person)
    if policy.kind == "supervisor":
        return supervises(person)
    if policy.kind == "starter":
        return may_start(person, str(arguments.get("service", "")))
    return not policy.roles or bool(policy.roles & person.roles)


def guard(app: Flask) -> None:
    """Ask every request for its policy. Flask's own static files are public."""
    if "static" in app.view_functions:
        access("public")(app.view_functions["static"])
    app.before_request(_stop_whoever_may_not)


def _stop_whoever_may_not() -> Response | None:
    if request.endpoint is None:
        return None
    policy = policy_of(current_app, request.endpoint)
    if policy is not None and policy.kind in OPEN_TO_STRANGERS:
        return None
    person = signed_in()
    if allowed(policy, person.actor if person else None, request.view_args or {}):
        g.private = True  # nobody between us and the clerk may keep a page that shows a case
        return None
    if policy is None or person is not None:
        abort(404)
    if request.method == "POST" and (typed := typed_texts(answers(request))):
        return make_response(render_template("staff/expired.html", typed=typed, onward=_here()), 401)
    return redirect(url_for("auth.sign_in", lanjut=_here()), 303)


def _here() -> str:
    """Where to come back to after signing in: this page with its filters, or the list when an act was being sent."""
    adapter = current_app.create_url_adapter(request)
    if request.method != "GET" and not (adapter and adapter.test(method="GET")):
        return url_for("inbox.worklist")
    return request.full_path.rstrip("?")
