"""What is wrong with the two files of a form, all at once, in words for the analyst who wrote them. Runs nothing."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from jsonschema import Draft202012Validator

from . import formats, patterns
from .model import Json, Problem, Severity

LARGEST_BYTES = 256_000
DEEPEST = 12
WIDGETS = frozenset(
    {
        *("text", "textarea", "radio", "select", "checkbox", "checkboxes", "date", "datetime", "number"),
        *("file", "files", "photos", "kelurahan", "point", "polygon", "verdicts", "group", "repeat"),
    }
)
MEDIA = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "application/geo+json"})
_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object"})
_BOUND = frozenset({"date", "date-time", "kelurahan", "document"})
"""Formats whose texts cannot be long."""
_REFUSED = ("$ref", "$dynamicRef", "$recursiveRef", "patternProperties", "propertyNames", "contentSchema")
_HOPELESS = frozenset({"reference", "not-a-schema", "too-deep"})
"""Nothing more can be said of a schema with one of these."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_UI_TOP = frozenset({"ui:groups", "ui:submit", "ui:outcomes", "ui:consequences", "x-corrects", "x-rejected-by"})
_UI_FIELD = frozenset(
    {
        *("ui:widget", "ui:help", "ui:placeholder", "ui:inputmode", "ui:autocomplete", "ui:suffix", "ui:prefill"),
        *("ui:showWhen", "ui:consequences", "ui:rows", "ui:identity"),
    }
)


def lint_form(name: str, schema_bytes: bytes, ui_bytes: bytes) -> list[Problem]:
    """Everything wrong with a form. `name` is its path without endings, such as `forms/krk/pendaftaran`.

    Errors keep a form from being published; warnings are for what is legal and probably not meant.
    """
    notes = _Notes(name)
    schema, ui = notes.json("schema", schema_bytes), notes.json("ui", ui_bytes)
    if schema is None or ui is None:
        return notes.problems
    correction = "x-corrects" in ui or "x-rejected-by" in ui
    _walk_all(notes, schema)
    if any(problem.code in _HOPELESS for problem in notes.problems):
        return notes.problems
    _lint_object(notes, schema, "", correction)
    _lint_conditions(notes, schema)
    _lint_ui(notes, schema, ui, correction)
    return notes.problems


class _Notes:
    """Collects problems of one form."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def error(self, file: str, element: str, code: str, message: str) -> None:
        self.problems.append(Problem(Severity.ERROR, f"{self._name}.{file}.json", element, code, message))

    def warning(self, file: str, element: str, code: str, message: str) -> None:
        self.problems.append(Problem(Severity.WARNING, f"{self._name}.{file}.json", element, code, message))

    def json(self, file: str, content: bytes) -> dict[str, Any] | None:
        if len(content) > LARGEST_BYTES:
            self.error(file, "", "too-large", f"is larger than {LARGEST_BYTES // 1000} kB")
            return None
        try:
            found = json.loads(content)
        except (ValueError, RecursionError) as wrong:
            self.error(file, "", "not-json", f"is not JSON: {wrong}")
            return None
        if not isinstance(found, dict):
            self.error(file, "", "not-an-object", "must hold one JSON object")
            return None
        return found


# ── the schema as a whole ─────────────────────────────────────────────────────────────────────────────────────────────


def _walk_all(notes: _Notes, schema: Json) -> None:
    for path, found in _objects(schema):
        if len(path) > DEEPEST:
            notes.error("schema", ".".join(path[:3]), "too-deep", f"lies more than {DEEPEST} levels deep")
            return
        for word in _REFUSED:
            if word in found and path[-1:] != ("properties",):
                notes.error("schema", _element(path), "reference", f"uses {word}, which forms here do not have")
    metaschema = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    for error in metaschema.iter_errors(schema):
        where = tuple(str(step) for step in error.absolute_path)
        notes.error("schema", _element(where), "not-a-schema", f"is not JSON Schema 2020-12 at {'/'.join(where)}")
    for path, found in _objects(schema):
        if isinstance(found.get("pattern"), str) and path[-1:] != ("properties",):
            _lint_pattern(notes, _element(path), found["pattern"])


def _lint_pattern(notes: _Notes, element: str, pattern: str) -> None:
    try:
        patterns.require_safe(pattern)
    except patterns.Unsafe as wrong:
        notes.error("schema", element, "pattern", f"its pattern {wrong}")


def _objects(schema: Json) -> Iterator[tuple[tuple[str, ...], Json]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), schema)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, dict):
            yield path, one
            if len(path) <= DEEPEST:
                waiting.extend(((*path, name), below) for name, below in one.items())
        elif isinstance(one, list):
            waiting.extend(((*path, str(index)), below) for index, below in enumerate(one))


def _element(path: tuple[str, ...]) -> str:
    """The field a place in a schema belongs to: `properties/nik/pattern` is `nik`."""
    return ".".join(name for before, name in pairwise(path) if before == "properties")


# ── one object and its fields ─────────────────────────────────────────────────────────────────────────────────────────


def _lint_object(notes: _Notes, spec: Json, where: str, correction: bool) -> None:
    if spec.get("type") != "object":
        notes.error("schema", where, "not-an-object", 'must say "type": "object"')
    parts = spec.get("properties", {})
    if not correction and "x-verdicts-of" not in spec:
        if spec.get("additionalProperties") is not False:
            notes.error("schema", where, "open", 'must say "additionalProperties": false')
        if not parts:
            notes.error("schema", where, "empty", "asks for nothing; add properties")
        for name in spec.get("required", ()):
            if name not in parts:
                notes.error("schema", where, "unknown-field", f"requires {name}, which is not among its properties")
    for name, part in parts.items():
        _lint_field(notes, part, f"{where}.{name}" if where else name)


def _lint_field(notes: _Notes, part: Any, where: str) -> None:
    name = where.rpartition(".")[2]
    if not isinstance(part, Mapping):
        notes.error("schema", where, "not-an-object", "must be described by an object")
        return
    if not _NAME.fullmatch(name):
        notes.error("schema", where, "name", "a field's name is small letters, digits and _, beginning with a letter")
    if not part.get("title"):
        notes.error("schema", where, "title", "has no title, so nobody can see what is asked")
    _lint_value(notes, part, where)


def _lint_value(notes: _Notes, part: Json, where: str) -> None:
    kind = part.get("type")
    if str(kind) not in _TYPES:
        notes.error("schema", where, "type", f"needs one type: {', '.join(sorted(_TYPES))}")
    if kind == "string":
        _lint_text(notes, part, where)
    elif kind == "array":
        _lint_list(notes, part, where)
    elif kind == "object":
        _lint_object(notes, part, where, correction=False)
    for media in _list(part.get("x-accept")):
        if media not in MEDIA:
            notes.error("schema", where, "x-accept", f"accepts {media}, which is never taken in")


def _lint_text(notes: _Notes, part: Json, where: str) -> None:
    kind = part.get("format")
    if kind is not None and kind not in formats.known():
        known = ", ".join(sorted(formats.known()))
        notes.error("schema", where, "format", f"has the unknown format {kind}; known: {known}")
    bound = "maxLength" in part or {"const", "enum", "oneOf"} & set(part) or kind in _BOUND
    if not bound:
        notes.error("schema", where, "max-length", "has no maxLength")


def _lint_list(notes: _Notes, part: Json, where: str) -> None:
    if not isinstance(part.get("items"), Mapping):
        notes.error("schema", where, "items", "is a list without items")
        return
    if "maxItems" not in part and not {"enum", "oneOf"} & set(part["items"]):
        notes.error("schema", where, "max-items", "has no maxItems")
    _lint_value(notes, part["items"], where)


def _lint_conditions(notes: _Notes, schema: Json) -> None:
    parts = schema.get("properties", {})
    for rule in map(_dict, [*schema.get("allOf", ()), schema]):
        condition = _dict(rule.get("if"))
        tested = set(condition.get("properties", {}))
        named = [n for branch in ("then", "else") for n in _dict(rule.get(branch)).get("required", ())]
        for name in sorted(tested | set(named)):
            if parts and name not in parts:
                notes.error("schema", name, "unknown-field", "stands in a condition but is not among the properties")
        for name in sorted(tested - set(condition.get("required", ()))):
            text = "its condition also holds while it is not answered; add it to required inside the if"
            notes.warning("schema", name, "condition", text)


# ── the UI schema ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _lint_ui(notes: _Notes, schema: Json, ui: Json, correction: bool) -> None:
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
    if correction and not ("x-corrects" in ui and "x-rejected-by" in ui):
        notes.error("ui", "", "correction", "a correction names both x-corrects and x-rejected-by")


def _lint_ui_field(notes: _Notes, name: str, ui: Json, parts: Json) -> None:
    widget = ui.get("ui:widget")
    if widget is not None and str(widget) not in WIDGETS:
        notes.error("ui", name, "widget", f"has the unknown widget {widget}; known: {', '.join(sorted(WIDGETS))}")
    for word in sorted(set(ui) - _UI_FIELD):
        if word.startswith("ui:"):
            notes.warning("ui", name, "unknown-word", f"does not know {word}")
    for other in _dict(ui.get("ui:showWhen")):
        if other not in parts:
            notes.error("ui", name, "unknown-field", f"is shown depending on {other}, which is not asked")
    if _dict(parts[name]).get("readOnly") and "ui:prefill" not in ui:
        notes.error("ui", name, "read-only", "is read-only but has no ui:prefill, so it would always be empty")


def _lint_groups(notes: _Notes, parts: Json, ui: Json, correction: bool) -> None:
    groups = ui.get("ui:groups")
    if groups is None and correction:
        return
    if not isinstance(groups, list) or not all(isinstance(one, Mapping) and one.get("id") for one in groups):
        notes.error("ui", "", "groups", 'needs "ui:groups": a list of {"id", "title", "fields"}')
        return
    placed = Counter(str(name) for group in groups for name in _list(group.get("fields")))
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


def _lint_outcomes(notes: _Notes, parts: Json, ui: Json) -> None:
    outcomes = ui.get("ui:outcomes")
    if outcomes is None:
        return
    name = str(_dict(outcomes).get("field", ""))
    if name not in parts:
        notes.error("ui", name, "unknown-field", "ui:outcomes names a field that is not asked")
        return
    choices = {str(_dict(one).get("const")) for one in _dict(parts[name]).get("oneOf", ())}
    for choice in sorted(set(_dict(ui.get("ui:consequences"))) - choices):
        notes.error("ui", name, "consequences", f"tells what {choice} sets in motion, which cannot be chosen")


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
