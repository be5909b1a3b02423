"""What is wrong with a form's UI schema: unknown words and widgets, fields nobody placed, hints about nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from engine.model import Json

from .notes import Notes, as_list, as_object
from .publishing import ANSWER, MARKS

WIDGETS = frozenset(
    {
        *("text", "textarea", "radio", "select", "checkbox", "checkboxes", "date", "datetime", "number"),
        *("file", "files", "photos", "kelurahan", "point", "polygon", "verdicts", "checklist", "group", "repeat"),
        "term",
    }
)
_UI_TOP = frozenset(
    {"ui:groups", "ui:steps", "ui:submit", "ui:outcomes", "ui:consequences", "x-corrects", "x-rejected-by"}
)
_UI_FIELD = frozenset(
    {
        *("ui:widget", "ui:help", "ui:placeholder", "ui:inputmode", "ui:autocomplete", "ui:suffix", "ui:prefill"),
        *("ui:showWhen", "ui:consequences", "ui:rows", "ui:identity", "ui:public", "ui:published"),
        "ui:fix",
        "ui:buttons",
    }
)
_STEP = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TAKEN = frozenset({"periksa", "berkas", "lanjutan"})
"""Pages beside those of the steps: a group of this name could not be opened."""


def lint_ui(notes: Notes, schema: Json, ui: Json, correction: bool) -> None:
    """Adds to `notes` what is wrong with `ui` beside its `schema`, which is valid by itself."""
    parts = schema.get("properties", {})
    for name, value in ui.items():
        if name.startswith(("ui:", "x-")):
            if name not in _UI_TOP:
                notes.warning("ui", "", "unknown-word", f"does not know {name}")
        elif correction and name not in parts:
            continue
        elif name not in parts:
            notes.error("ui", name, "unknown-field", "is not among the properties of the schema")
        elif isinstance(value, Mapping):
            _lint_ui_field(notes, name, value, parts)
    _lint_groups(notes, parts, ui, correction)
    _lint_outcomes(notes, parts, ui)
    _lint_steps(notes, schema, ui)
    if correction and not ("x-corrects" in ui and "x-rejected-by" in ui):
        notes.error("ui", "", "correction", "a correction names both x-corrects and x-rejected-by")


def _lint_ui_field(notes: Notes, name: str, ui: Json, parts: Json) -> None:
    widget = ui.get("ui:widget")
    if widget is not None and str(widget) not in WIDGETS:
        notes.error("ui", name, "widget", f"has the unknown widget {widget}; known: {', '.join(sorted(WIDGETS))}")
    for word in sorted(set(ui) - _UI_FIELD):
        if word.startswith("ui:"):
            notes.warning("ui", name, "unknown-word", f"does not know {word}")
    for other in as_object(ui.get("ui:showWhen")):
        if other not in parts:
            notes.error("ui", name, "unknown-field", f"is shown depending on {other}, which is not asked")
    for other in as_object(ui.get("ui:fix")).values():
        if other not in parts:
            notes.error("ui", name, "unknown-field", f"ui:fix names {other}, which is not asked")
    published = ui.get("ui:published")
    if published is not None and published not in MARKS and set(as_object(published)) != {ANSWER}:
        known = ", ".join((*MARKS, f'{{"{ANSWER}": …}}'))
        notes.error("ui", name, "published", f"has ui:published {published}; known: {known}")
    _lint_against_schema(notes, name, ui, as_object(parts[name]))


def _lint_against_schema(notes: Notes, name: str, ui: Json, part: Json) -> None:
    if ui.get("ui:widget") == "term" and not _is_term(part):
        told = 'is a term: its schema says "type": "integer", "minimum" from 1, "maximum" and a "default" between them'
        notes.error("schema", name, "term", told)
    if part.get("readOnly") and "ui:prefill" not in ui:
        notes.error("ui", name, "read-only", "is read-only but has no ui:prefill, so it would always be empty")


def _is_term(part: Json) -> bool:
    least, usual, most = (part.get(word) for word in ("minimum", "default", "maximum"))
    if not (isinstance(least, int) and isinstance(usual, int) and isinstance(most, int)):
        return False
    return part.get("type") == "integer" and 1 <= least <= usual <= most


def _lint_groups(notes: Notes, parts: Json, ui: Json, correction: bool) -> None:
    groups = ui.get("ui:groups")
    if groups is None and correction:
        return
    if not isinstance(groups, list) or not all(isinstance(one, Mapping) and one.get("id") for one in groups):
        notes.error("ui", "", "groups", 'needs "ui:groups": a list of {"id", "title", "fields"}')
        return
    placed = Counter(str(name) for group in groups for name in as_list(group.get("fields")))
    for name, count in placed.items():
        if name not in parts:
            notes.error("ui", name, "unknown-field", "stands in a group but is not among the properties")
        elif count > 1:
            notes.error("ui", name, "groups", "stands in more than one group")
    for name in parts:
        if name not in placed:
            notes.error("ui", name, "groups", "stands in no group")
    for group, count in Counter(str(group["id"]) for group in groups).items():
        if count > 1:
            notes.error("ui", group, "groups", "there are two groups of this name")


def _lint_outcomes(notes: Notes, parts: Json, ui: Json) -> None:
    outcomes = ui.get("ui:outcomes")
    if outcomes is None:
        return
    name = str(as_object(outcomes).get("field", ""))
    if name not in parts:
        notes.error("ui", name, "unknown-field", "ui:outcomes names a field that is not asked")
        return
    if as_object(outcomes).get("as", "choice") not in ("choice", "buttons"):
        notes.error("ui", name, "outcomes", '"as" of ui:outcomes is choice or buttons')
    choices = {str(as_object(one).get("const")) for one in as_object(parts[name]).get("oneOf", ())}
    for choice in sorted(set(as_object(as_object(ui.get(name)).get("ui:buttons"))) - choices):
        notes.error("ui", name, "buttons", f"names the button of {choice}, which cannot be chosen")
    for choice in sorted(set(as_object(ui.get("ui:consequences"))) - choices):
        notes.error("ui", name, "consequences", f"tells what {choice} sets in motion, which cannot be chosen")


def _lint_steps(notes: Notes, schema: Json, ui: Json) -> None:
    """A form asked in steps: each group is a page with an address, and no page may leave out what must be answered."""
    if "ui:steps" not in ui:
        return
    if not isinstance(ui["ui:steps"], bool):
        notes.error("ui", "", "steps", '"ui:steps" is true or false')
    for group in as_list(ui.get("ui:groups")):
        name, title = str(as_object(group).get("id", "")), as_object(group).get("title")
        if not _STEP.fullmatch(name) or name in _TAKEN:
            notes.error("ui", name, "steps", "cannot be the address of a step; use a-z, 0-9 and _, and another word")
        if not title:
            notes.error("ui", name, "steps", "needs a title: it is a page of its own")
    for name in schema.get("required", ()):
        if as_object(ui.get(name)).get("ui:showWhen"):
            notes.error("ui", name, "steps", "is always required but has ui:showWhen; ask for it in allOf/if/then")
