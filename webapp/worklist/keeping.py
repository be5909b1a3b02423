"""Lists of work kept by a name: saving the one that is open, and letting go of one's own."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.model import SavedView
from webapp.frame.access import access, actor, janji
from webapp.frame.telling import PARAMETER, tell
from webapp.staff.filtering import Wanted, wanted

pages = Blueprint("keeping", __name__)


@pages.post("/tugas/tampilan")
@access("staff")
def keep() -> Response:
    """Keep the filters that came along, for oneself or for a role."""
    want, name = wanted(request.form), request.form.get("nama", "").strip()
    if name:
        janji().engine.keep_view(name, want.address(), request.form.get("peran") or None, actor())
    line = tell("view_kept") if name else tell("view_nameless")
    return redirect(url_for("inbox.worklist", **want.address(), **{PARAMETER: line}), 303)


@pages.post("/tugas/tampilan/<view_id>/hapus")
@access("staff")
def drop(view_id: str) -> Response:
    """Let go of one's own."""
    janji().engine.drop_view(view_id, actor())
    line = {PARAMETER: tell("view_dropped")}
    return redirect(url_for("inbox.worklist", **wanted(request.form).address(), **line), 303)


def is_open(view: SavedView, want: Wanted) -> bool:
    """Whether this is the list on the page."""
    return dict(view.wanted) == {name: value for name, value in want.address(dari="", sejak="").items() if value}
