"""What every staff page shares: who is here, where they may go, and the line of news from the page before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from engine.model import Actor
from webapp.field.fieldwork import works_outside
from webapp.forms.showing import place
from webapp.frame.access import janji, may_start, operates, signed_in, supervises
from webapp.frame.telling import NEWS, PARAMETER, told, undo_of
from webapp.frame.words import say as _
from webapp.staff.names import names


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the staff's navigation; `here` when this page is behind it."""

    title: str
    href: str
    here: bool


def register(app: Flask) -> None:
    """Give templates `person`, `ways`, `news`, `names`, `place` and `next_up`."""
    app.context_processor(
        lambda: {"person": _person, "ways": _ways, "news": _news, "names": names, "place": _place, "next_up": _next_up}
    )


def _person() -> Actor | None:
    found = signed_in()
    return found.actor if found else None


def _ways() -> list[Way]:
    """Where this person may go, in the order of their day."""
    person = _person()
    if person is None:
        return []
    at_counter = any(may_start(person, page.facts.id) for page in names().services())
    only_operates = operates(person) and len(person.roles) == 1
    ways = [
        (not only_operates, _("Tugas"), "inbox.worklist"),
        (works_outside(person), _("Lapangan"), "fieldwork.mine"),
        (at_counter, _("Loket"), "counter.services"),
        (True, _("Kasus"), "cases.listed"),
        (supervises(person), _("Pengawasan"), "oversight.overview"),
        (supervises(person) or operates(person), _("Orang"), "people.overview"),
        (not supervises(person) and not only_operates, _("Kehadiran"), "people.me"),
        (supervises(person), _("Kalender"), "calendar.year"),
        (operates(person), _("Operator"), "operations.overview"),
    ]
    room = (request.blueprint or "", request.endpoint or "")
    return [Way(title, url_for(to), to.split(".")[0] == room[0]) for may, title, to in ways if may]


def _next_up() -> Any:
    """The task to do after the one that was just finished; asked for only when a page says that one was."""
    person = _person()
    return janji().queries.next_work(person) if person else None


def _place(code: str) -> str:
    return place(code, janji().city.regions)


def _news() -> dict[str, Any] | None:
    found = told()
    if found is None:
        return None
    kind, facts = found
    return {"kind": kind, "text": _(NEWS[kind], **facts), "undo": _undo(facts), "back": _here()}


def _undo(facts: dict[str, Any]) -> str:
    """Where what the line tells of is undone; empty when it is too late, or when it cannot be."""
    if task := facts.get("sent_back"):
        person = _person()
        until = janji().queries.send_back_until(str(task), person) if person else None
        return url_for("sending_back.undo", task_id=task) if until else ""
    act = undo_of(facts)
    return url_for("handover.undo", act=act) if act else ""


def _here() -> str:
    """This page without its line of news."""
    rest = {name: values for name, values in request.args.lists() if name != PARAMETER}
    return url_for(request.endpoint or "inbox.worklist", **{**rest, **(request.view_args or {})})
