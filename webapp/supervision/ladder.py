"""Who was told up the ladder, of which case, and whether it is over: the log behind the supervisor's page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from webapp.frame.access import access, actor, janji

pages = Blueprint("ladder", __name__)


@pages.get("/pengawasan/tangga")
@access("supervisor")
def log() -> Any:
    """The latest rungs that were told; `?keadaan=berdiri` only those that are not over."""
    standing = request.args.get("keadaan") == "berdiri"
    return render_template(
        "staff/ladder.html", seen=janji().queries.ladder(actor(), standing=standing), standing=standing
    )
