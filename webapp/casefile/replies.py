"""Sentences that a service keeps ready for notes and answers, filled for one case. `[replies.<name>]` of its texts.

Only the words of FACTS are filled, as plain text: nothing that tells who somebody is, and nothing that is worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Any

from engine.model import Case
from engine.views import FormView
from webapp.forms.fields import Around, groups_of
from webapp.frame.access import janji
from webapp.frame.filters import day
from webapp.staff.names import names

FACTS = ("reference", "service", "stage", "due", "office")


@dataclass(frozen=True, slots=True)
class Reply:
    """One of them in the language of whoever asked."""

    name: str
    title: str
    text: str


def replies(case: Case) -> tuple[Reply, ...]:
    """Those for the stage a case is in; one that names no stage fits all. In the order of the service's file."""
    words = janji().texts.texts(case.version)
    found = (words.find("id", "replies") if words else None) or {}
    here = [name for name, one in found.items() if not one.get("stages") or case.stage in one["stages"]]
    return tuple(_reply(case, words, name) for name in here)


def texts_of(form: FormView, around: Around) -> list[tuple[str, str]]:
    """The longer texts that a form asks for, by name and title: where a sentence may be put."""
    asked = (field for group in groups_of(form, around) for field in group.fields)
    return [(field.path, field.title) for field in asked if field.widget == "textarea"]


def with_reply(case: Case, name: str, typed: str) -> str:
    """What was typed with one more sentence behind it; unchanged for a name there is not."""
    chosen = next((one.text for one in replies(case) if one.name == name), "")
    return "\n\n".join(part for part in (typed.rstrip(), chosen) if part)


def _reply(case: Case, words: Any, name: str) -> Reply:
    title = words.say(case.language, "replies", name, "title")
    body = words.say(case.language, "replies", name, "body", default="")
    return Reply(name, title, Template(body).safe_substitute(_facts(case, words)))


def _facts(case: Case, words: Any) -> dict[str, str]:
    return {
        "reference": case.reference,
        "service": words.say(case.language, "service", "title", default=case.service),
        "stage": names().stage(case.version, case.stage),
        "due": day(case.due_at) if case.due_at else "",
        "office": janji().city.name,
    }
