"""The pages that say why a task could not be worked on, each with what the person had typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template

from engine.errors import DraftMovedOn, NotYours, Refusal, StepFailed, TaskGone, TaskHeld
from engine.views import Desk
from webapp.desk import clashes
from webapp.frame.access import actor, janji
from webapp.frame.posted import CHOSEN, nested, pairs, typed_texts
from webapp.staff.names import names
from webapp.staff.sheets import around_desk

Page = tuple[str, int]
Typed = Mapping[str, Any]
"""What was posted, by flat names."""


def page(desk: Desk, refused: Refusal, typed: Typed) -> Page:
    """The page of a refusal. Raises the refusal itself when it has none."""
    for kind, told in _PAGES.items():
        if isinstance(refused, kind):
            return told(desk, refused, typed)  # type: ignore[no-any-return, operator]
    raise refused


def _gone(desk: Desk, refused: TaskGone, typed: Typed) -> Page:
    """Somebody finished it first, or a deadline took it away."""
    return _refused(desk, typed, "gone", 409, by=_who(desk, refused.by), at=refused.at)


def _held(desk: Desk, refused: TaskHeld, typed: Typed) -> Page:
    """A colleague holds it."""
    return _refused(desk, typed, "held", 409, by=desk.holder_name or refused.holder)


def _not_yours(desk: Desk, refused: NotYours, typed: Typed) -> Page:
    """The rules keep this person out of a task they can see."""
    return _refused(desk, typed, "conflict" if refused.reason == "conflict" else "role", 403, role=refused.role)


def _failed(desk: Desk, refused: StepFailed, typed: Typed) -> Page:
    """The diagram could not go on; nothing was changed."""
    return _refused(desk, typed, "failed", 500, at_element=names().element(desk.case.version, refused.element))


def _refused(desk: Desk, typed: Typed, why: str, status: int, **facts: Any) -> Page:
    page = render_template("staff/refused.html", desk=desk, why=why, typed=texts(desk, typed), **facts)
    return page, status


def texts(desk: Desk, typed: Typed) -> list[tuple[str, str]]:
    """What was written in words, with the title of each question, for copying."""
    titles = {name: spec.get("title", name) for name, spec in desk.form.schema.get("properties", {}).items()}
    return [(titles.get(name.split(".")[0], name), text) for name, text in typed_texts(typed)]


def _who(desk: Desk, login: str | None) -> str:
    """The name of whoever closed a task: the applicant as such, a colleague by name, nobody when a deadline did."""
    if login is None:
        return ""
    if login == desk.case.id:
        return names().role("pemohon", desk.case.version)
    return str(janji().queries.colleagues(desk.task.id, actor()).get(login, login))


def _clash(desk: Desk, refused: DraftMovedOn, typed: Typed) -> Page:
    """Both texts side by side, field by field, so that nobody's words are lost."""
    standing = refused.standing
    page = render_template(
        "staff/clash.html",
        desk=desk,
        standing=standing,
        by=_who(desk, standing.by),
        own=standing.by == actor().id,
        different=clashes.differences(desk.form, nested(typed), standing.typed, around_desk(desk)),
        typed=pairs(typed),
        chosen=CHOSEN,
    )
    return page, 409


_PAGES = {
    DraftMovedOn: _clash,
    TaskGone: _gone,
    TaskHeld: _held,
    NotYours: _not_yours,
    StepFailed: _failed,
}
