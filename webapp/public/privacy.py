"""The page on personal data: what each service asks for and why, how long it is kept, what one may ask for."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.frame.access import access, janji
from webapp.frame.words import ServiceWords, say
from webapp.public.services import BASIS

pages = Blueprint("privacy", __name__)


@pages.get("/privasi")
@access("public")
def notice() -> str:
    """One page for all services, made from their own texts and rules."""
    offers = [(page.facts, ServiceWords(page.facts, page.facts.id)) for page in janji().queries.services()]
    return render_template("citizen/privacy.html", offers=offers, basis=BASIS)


@pages.app_template_filter("months")
def span(months: int) -> str:
    """`5 tahun`, `18 bulan`."""
    if months % 12 == 0:
        return say("%(count)s tahun", count=months // 12)
    return say("%(count)s bulan", count=months)
