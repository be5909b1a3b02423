"""What is wrong with the two files of a form, all at once, in words for the analyst who wrote them. Runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from jsonschema import Draft202012Validator

from engine.model import Json, PermitState, Problem

from . import formats, patterns
from .notes import Notes, as_list, as_object
from .ui_files import lint_ui

DEEPEST = 12
MEDIA = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "application/geo+json"})
_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object"})
_BOUND = frozenset({"date", "date-time", "kelurahan", "document"})
"""Formats whose texts cannot be long."""
_REFUSED = ("$ref", "$dynamicRef", "$recursiveRef", "patternProperties", "propertyNames", "contentSchema")
_HOPELESS = frozenset({"reference", "not-a-schema", "too-deep"})
"""Nothing more can be said of a schema with one of these."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def lint_form(name: str, schema_bytes: bytes, ui_bytes: bytes) -> list[Problem]:
    """Everything wrong with a form. `name` is its path without endings, such as `forms/krk/pendaftaran`.

    Errors keep a form from being published; warnings are for what is legal and probably not meant.
    """
    notes = Notes(name)
    schema, ui = notes.json("schema", schema_bytes), notes.json("ui", ui_bytes)
    if schema is None or ui is None:
        return notes.problems
    correction = "x-corrects" in ui or "x-rejected-by" in ui
    _walk_all(notes, schema)
    if any(problem.code in _HOPELESS for problem in notes.problems):
        return notes.problems
    _lint_object(notes, schema, "", correction)
    _lint_conditions(notes, schema)
    _lint_agreements(notes, schema)
    _lint_checklists(notes, schema)
    lint_ui(notes, schema, ui, correction)
    return notes.problems


# ── the schema as a whole ─────────────────────────────────────────────────────────────────────────────────────────────


def _walk_all(notes: Notes, schema: Json) -> None:
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


def _lint_pattern(notes: Notes, element: str, pattern: str) -> None:
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


def _lint_object(notes: Notes, spec: Json, where: str, correction: bool) -> None:
    if spec.get("type") != "object":
        notes.error("schema", where, "not-an-object", 'must say "type": "object"')
    parts = spec.get("properties", {})
    if not correction and not {"x-verdicts-of", "x-checklist"} & set(spec):
        if spec.get("additionalProperties") is not False:
            notes.error("schema", where, "open", 'must say "additionalProperties": false')
        if not parts:
            notes.error("schema", where, "empty", "asks for nothing; add properties")
        for name in spec.get("required", ()):
            if name not in parts:
                notes.error("schema", where, "unknown-field", f"requires {name}, which is not among its properties")
    for name, part in parts.items():
        _lint_field(notes, part, f"{where}.{name}" if where else name)


def _lint_field(notes: Notes, part: Any, where: str) -> None:
    name = where.rpartition(".")[2]
    if not isinstance(part, Mapping):
        notes.error("schema", where, "not-an-object", "must be described by an object")
        return
    if not _NAME.fullmatch(name):
        notes.error("schema", where, "name", "a field's name is small letters, digits and _, beginning with a letter")
    if not part.get("title"):
        notes.error("schema", where, "title", "has no title, so nobody can see what is asked")
    _lint_value(notes, part, where)


def _lint_value(notes: Notes, part: Json, where: str) -> None:
    kind = part.get("type")
    if str(kind) not in _TYPES:
        notes.error("schema", where, "type", f"needs one type: {', '.join(sorted(_TYPES))}")
    if kind == "string":
        _lint_text(notes, part, where)
    elif kind == "array":
        _lint_list(notes, part, where)
    elif kind == "object":
        _lint_object(notes, part, where, correction=False)
    for media in as_list(part.get("x-accept")):
        if media not in MEDIA:
            notes.error("schema", where, "x-accept", f"accepts {media}, which is never taken in")


def _lint_text(notes: Notes, part: Json, where: str) -> None:
    kind = part.get("format")
    if kind is not None and kind not in formats.known():
        known = ", ".join(sorted(formats.known()))
        notes.error("schema", where, "format", f"has the unknown format {kind}; known: {known}")
    for word in ("x-not-after", "x-not-before"):
        if word in part and part[word] != "today" and not formats.fits("date", str(part[word])):
            notes.error("schema", where, "limit", f'{word} is "today" or a day such as 2026-01-01')
    for state in as_list(part.get("x-permit-states")):
        if state not in {*PermitState, formats.UNREGISTERED}:
            notes.error("schema", where, "permit-states", f"x-permit-states names {state}, no state of a permit")
    bound = "maxLength" in part or {"const", "enum", "oneOf"} & set(part) or kind in _BOUND
    if not bound:
        notes.error("schema", where, "max-length", "has no maxLength")


def _lint_list(notes: Notes, part: Json, where: str) -> None:
    if not isinstance(part.get("items"), Mapping):
        notes.error("schema", where, "items", "is a list without items")
        return
    if "maxItems" not in part and not {"enum", "oneOf"} & set(part["items"]):
        notes.error("schema", where, "max-items", "has no maxItems")
    _lint_value(notes, part["items"], where)


def _lint_conditions(notes: Notes, schema: Json) -> None:
    parts = schema.get("properties", {})
    for rule in map(as_object, [*schema.get("allOf", ()), schema]):
        condition = as_object(rule.get("if"))
        tested = set(condition.get("properties", {}))
        named = [n for branch in ("then", "else") for n in as_object(rule.get(branch)).get("required", ())]
        for name in sorted(tested | set(named)):
            if parts and name not in parts:
                notes.error("schema", name, "unknown-field", "stands in a condition but is not among the properties")
        for name in sorted(tested - set(condition.get("required", ()))):
            text = "its condition also holds while it is not answered; add it to required inside the if"
            notes.warning("schema", name, "condition", text)


def _lint_checklists(notes: Notes, schema: Json) -> None:
    """`x-checklist`: items with an id and a title each, and before which conclusions they must be ticked."""
    parts = schema.get("properties", {})
    for name, part in parts.items():
        if "x-checklist" not in as_object(part):
            continue
        told = as_object(part["x-checklist"])
        items = [as_object(one) for one in as_list(told.get("items"))]
        ids = [str(one.get("id", "")) for one in items]
        if not items or len(set(ids)) != len(ids) or not all(_NAME.fullmatch(one) for one in ids):
            notes.error("schema", name, "checklist", "needs items, each with an id of its own (a-z, 0-9, _)")
        if not all(one.get("title") for one in items):
            notes.error("schema", name, "checklist", "has an item without a title")
        for field, wanted in as_object(told.get("before")).items():
            choices = [as_object(one).get("const") for one in as_object(parts.get(field)).get("oneOf", ())]
            for value in as_list(wanted):
                if value not in choices:
                    notes.error("schema", name, "checklist", f"stands before {field} {value}, which cannot be chosen")


def _lint_agreements(notes: Notes, schema: Json) -> None:
    """`x-agrees`: which conclusions fit which verdicts; each names two fields and values that can be chosen."""
    parts = schema.get("properties", {})
    for rule in map(as_object, as_list(schema.get("x-agrees"))):
        table, answer = as_object(parts.get(str(rule.get("verdicts")))), as_object(parts.get(str(rule.get("answer"))))
        if "x-verdicts-of" not in table or not answer:
            text = 'x-agrees needs "verdicts", a field with x-verdicts-of, and "answer", the field that concludes'
            notes.error("schema", str(rule.get("answer", "")), "agrees", text)
            continue
        choices = [as_object(one).get("const") for one in answer.get("oneOf", ())]
        for value in [*as_list(rule.get("all_fit")), *as_list(rule.get("some_rejected"))]:
            if value not in choices:
                notes.error("schema", str(rule["answer"]), "agrees", f"x-agrees names {value}, which cannot be chosen")
