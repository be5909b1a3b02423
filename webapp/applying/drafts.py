"""The draft of this browser: its token in the session, its state from the engine. One draft per service."""

from __future__ import annotations

from datetime import date, timedelta

from flask import session

from engine.errors import NotFound
from engine.views import FormView
from webapp.frame.access import janji
from webapp.frame.filters import city_day
from webapp.frame.security import DRAFT_DAYS
from webapp.frame.words import language

NAME = "drafts"


def known(service: str) -> str:
    """The token of this browser's draft of a service; empty when it has none."""
    return str(session.get(NAME, {}).get(service, ""))


def kept(service: str) -> FormView | None:
    """The draft as it was last saved; None when there is none any more."""
    token = known(service)
    try:
        return janji().queries.draft(token) if token else None  # type: ignore[no-any-return]
    except NotFound:
        return None


def checked(service: str) -> FormView | None:
    """The draft with everything that still keeps it from being sent; None when there is none any more."""
    token = known(service)
    try:
        return janji().engine.checked_draft(token) if token else None  # type: ignore[no-any-return]
    except NotFound:
        return None


def token(service: str) -> str:
    """The token of this browser's draft of a service; begins one when there is none any more."""
    if kept(service) is None:
        hold(service, janji().engine.begin_draft(service, language()))
    return known(service)


def hold(service: str, secret: str) -> None:
    """Make a draft the one of this browser: begun here, or brought along by a link of its own."""
    session.permanent, session[NAME] = True, {**session.get(NAME, {}), service: secret}


def fill(service: str, values: dict[str, str]) -> None:
    """Put answers into this browser's draft of a service, which is begun if there is none. What was typed stays."""
    secret = token(service)
    standing = janji().queries.draft(secret).values
    janji().engine.save_draft(secret, {**standing, **values}, {})


def let_go(service: str) -> None:
    """Forget a draft that became a case."""
    session[NAME] = {name: secret for name, secret in session.get(NAME, {}).items() if name != service}


def kept_until() -> date:
    """The last day on which a draft that is saved now can be found again."""
    return city_day(janji().clock.now() + timedelta(days=DRAFT_DAYS))
