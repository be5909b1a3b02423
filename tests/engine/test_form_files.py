"""What `lint_form` says about a form's two files, and which patterns analysts may write."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms import lint_form, patterns
from engine.model import Severity

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Coba",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "nama": {"title": "Nama", "type": "string", "maxLength": 100},
        "jenis": {"title": "Jenis", "type": "string", "oneOf": [{"const": "a", "title": "A"}]},
        "berkas": {
            "title": "Berkas",
            "type": "array",
            "maxItems": 3,
            "items": {"type": "string", "format": "document"},
            "x-accept": ["application/pdf"],
        },
    },
    "required": ["nama"],
}
UI = {
    "ui:groups": [{"id": "satu", "title": "Satu", "fields": ["nama", "jenis", "berkas"]}],
    "ui:outcomes": {"field": "jenis"},
    "ui:consequences": {"a": "Mulai"},
    "jenis": {"ui:widget": "radio"},
}


def told(schema=SCHEMA, ui=UI) -> list[tuple[str, str]]:
    return [(one.element, one.code) for one in lint_form("forms/x/coba", _bytes(schema), _bytes(ui))]


def _bytes(value) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def with_field(**part):
    schema = copy.deepcopy(SCHEMA)
    schema["properties"]["nama"] = {"title": "Nama", **part}
    return schema


def changed(**top):
    return {**SCHEMA, **top}


def test_a_good_form_has_nothing_said_about_it():
    assert told() == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("forms/*/*.schema.json")), ids=lambda path: path.name.split(".")[0])
def test_every_form_of_this_repository_is_good(path):
    ui = path.with_name(path.name.replace(".schema.", ".ui."))

    assert lint_form(path.name, path.read_bytes(), ui.read_bytes()) == []


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (b"{", ("", "not-json")),
        (b"[" * 100_000, ("", "not-json")),
        (b"[]", ("", "not-an-object")),
        (b'{"x":"' + b"y" * 300_000 + b'"}', ("", "too-large")),
        (changed(type="array"), ("", "not-an-object")),
        (changed(additionalProperties=True), ("", "open")),
        (changed(properties={}), ("", "empty")),
        (changed(required=["alamat"]), ("", "unknown-field")),
        (changed(properties={"nama": {"type": "strin"}}), ("nama", "not-a-schema")),
        (with_field(type="string"), ("nama", "max-length")),
        (with_field(type="string", maxLength=5, format="ktp"), ("nama", "format")),
        (with_field(type=["string", "null"], maxLength=5), ("nama", "type")),
        (with_field(), ("nama", "type")),
        (with_field(type="array", items={"type": "string", "maxLength": 3}), ("nama", "max-items")),
        (with_field(type="array", maxItems=3), ("nama", "items")),
        (with_field(type="string", maxLength=5, pattern="^(a+)+$"), ("nama", "pattern")),
        (with_field(type="string", maxLength=5, **{"x-accept": ["text/html"]}), ("nama", "x-accept")),
        ({**SCHEMA, "properties": {**SCHEMA["properties"], "nama": {"$ref": "http://x/"}}}, ("nama", "reference")),
        (with_field(type="object", properties={"x": {"type": "integer", "title": "X"}}), ("nama", "open")),
        (changed(allOf=[{"if": {"properties": {"usia": {}}, "required": ["usia"]}}]), ("usia", "unknown-field")),
        (changed(allOf=[{"if": {"properties": {"nama": {"const": "x"}}}}]), ("nama", "condition")),
        (with_field(type="string", format="date", **{"x-not-after": "besok"}), ("nama", "limit")),
        (
            with_field(type="string", format="permit-number", maxLength=9, **{"x-permit-states": ["hidup"]}),
            ("nama", "permit-states"),
        ),
        (changed(**{"x-agrees": [{"verdicts": "nama", "answer": "jenis"}]}), ("jenis", "agrees")),
        (changed(**{"x-agrees": [{}]}), ("", "agrees")),
        (changed(allOf=[{"if": True, "then": {"required": ["tidak_ada"]}}]), ("tidak_ada", "unknown-field")),
    ],
)
def test_each_fault_of_a_schema_is_named(schema, expected):
    assert expected in told(schema=schema)


@pytest.mark.parametrize(
    ("ui", "expected"),
    [
        ({}, ("", "groups")),
        ({"ui:groups": [{"id": "a", "fields": ["nama", "jenis"]}]}, ("berkas", "groups")),
        ({"ui:groups": [{"id": "a", "fields": ["nama", "jenis", "berkas", "nama"]}]}, ("nama", "groups")),
        ({"ui:groups": [{"id": "a", "fields": ["alamat"]}]}, ("alamat", "unknown-field")),
        ({"ui:groups": [{"id": "a", "fields": []}, {"id": "a", "fields": []}]}, ("a", "groups")),
        ({**UI, "alamat": {}}, ("alamat", "unknown-field")),
        ({**UI, "nama": {"ui:widget": "kalender"}}, ("nama", "widget")),
        ({**UI, "nama": {"ui:showWhen": {"usia": [1]}}}, ("nama", "unknown-field")),
        ({**UI, "nama": {"ui:widgett": "text"}}, ("nama", "unknown-word")),
        ({**UI, "ui:outcomes": {"field": "usia"}}, ("usia", "unknown-field")),
        ({**UI, "ui:consequences": {"b": "?"}}, ("jenis", "consequences")),
        ({**UI, "x-corrects": "pendaftaran"}, ("", "correction")),
    ],
)
def test_each_fault_of_a_ui_schema_is_named(ui, expected):
    assert expected in told(ui=ui)


def test_a_conclusion_named_beside_the_verdicts_must_be_one_of_the_choices():
    judging = with_field(type="object", **{"x-verdicts-of": "pendaftaran"})
    rule = {"verdicts": "nama", "answer": "jenis", "all_fit": ["a"]}

    assert told({**judging, "x-agrees": [rule]}) == []
    assert ("jenis", "agrees") in told({**judging, "x-agrees": [{**rule, "some_rejected": ["b"]}]})


def test_what_is_only_shown_needs_a_place_to_come_from():
    assert ("nama", "read-only") in told(schema=with_field(type="integer", readOnly=True), ui={**UI, "nama": {}})


def test_what_is_probably_not_meant_is_only_a_warning():
    (problem,) = lint_form("x", _bytes(SCHEMA), _bytes({**UI, "nama": {"ui:widgett": "text"}}))

    assert problem.severity is Severity.WARNING
    assert problem.file == "x.ui.json"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_words = st.sampled_from(
    [*SCHEMA, "allOf", "if", "then", "anyOf", "pattern", "x-accept", "x-agrees", *UI, "nama", "x-corrects"]
)
_parts = st.sampled_from(
    ["type", "title", "items", "oneOf", "properties", "required", "format", "ui:widget", "pattern"]
)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(_words, _json | st.dictionaries(_parts, _json, max_size=3), max_size=4), st.booleans())
def test_no_file_makes_the_check_itself_fail(odd, in_schema):
    told(schema={**SCHEMA, **odd} if in_schema else SCHEMA, ui=UI if in_schema else {**UI, **odd})


# ── patterns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9]{1,3}$",
        r"^HM\.\d{1,6}$",
        "^[A-Z]{1,2} [0-9]{1,4} [A-Z]{1,3}$",
        "^(pagi|siang|malam)$",
        r"^\d{3}(\.\d{3})*$",
        "^(?:ab){2,4}$",
        "[^]a]+",
        r"^\(\d+\)$",
        "^.{0,50}$",
    ],
)
def test_ordinary_patterns_are_taken(pattern):
    patterns.require_safe(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|aa)+$",
        "(a|a)*b",
        "([a-z]+)*$",
        "(a?){30}a{30}",
        "((a{0,10}){0,10})",
        ".*.*.*x",
        "a*a*a*a*b",
        r"(a)\1",
        "(?=a)a",
        "(?P<n>a)",
        "(?i)a",
        "(",
        "[",
        "a" * 101,
        "(a{1,5000}){1000}",
        "(" * 50 + "a+" + ")+" * 50,
    ],
)
def test_patterns_that_could_hang_or_mean_nothing_are_refused(pattern):
    with pytest.raises(patterns.Unsafe):
        patterns.require_safe(pattern)


@pytest.mark.filterwarnings("ignore:Possible")
@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab.*+?|(){}[]\\d1,3^$", max_size=24), st.text(alphabet="ab1", max_size=60))
def test_a_pattern_that_was_taken_never_takes_long(pattern, text):
    try:
        patterns.require_safe(pattern)
    except patterns.Unsafe:
        return
    began = monotonic()

    patterns.matches(pattern, text * 4)

    assert monotonic() - began < 2


def in_steps(**changes):
    return {**UI, "ui:steps": True, **changes}


def test_a_form_in_steps_is_fine_when_each_group_can_be_a_page():
    assert told(ui=in_steps()) == []


@pytest.mark.parametrize(
    ("ui", "element"),
    [
        (in_steps(**{"ui:steps": "ya"}), ""),
        (
            in_steps(**{"ui:groups": [{"id": "bagian satu", "title": "Satu", "fields": ["nama", "jenis", "berkas"]}]}),
            "bagian satu",
        ),
        (
            in_steps(**{"ui:groups": [{"id": "periksa", "title": "Satu", "fields": ["nama", "jenis", "berkas"]}]}),
            "periksa",
        ),
        (in_steps(**{"ui:groups": [{"id": "satu", "fields": ["nama", "jenis", "berkas"]}]}), "satu"),
        (in_steps(nama={"ui:showWhen": {"jenis": ["a"]}}), "nama"),
    ],
    ids=["not true or false", "no address", "address of another page", "no title", "required and hidden"],
)
def test_what_keeps_a_group_from_being_a_page_is_told(ui, element):
    assert told(ui=ui) == [(element, "steps")]
