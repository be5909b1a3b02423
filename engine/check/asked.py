"""Forms against the diagram: each step that asks has its form, and what expressions read is something a form asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from engine.bpmn.lint import Outline, table_of
from engine.bpmn.reader import DIAGRAM
from engine.forms import lint_form

from .found import SCHEMA, UI, Files, Found, json_object


def check_forms(drawn: Outline, files: Files, found: Found) -> None:
    """Every form is there, whole, sound and used."""
    asking = _asking(drawn)
    for form in asking:
        for ending in (SCHEMA, UI):
            if f"forms/{form}{ending}" not in files.contents:
                found.error(DIAGRAM, form, "no-form", f"has no form; add {files.shown(f'forms/{form}{ending}')}")
    answering = {step.id for step in drawn.steps if step.kind in ("userTask", "manualTask")} | set(asking)
    for form in sorted({*files.below("forms/", SCHEMA), *files.below("forms/", UI)}):
        schema, ui = (files.contents.get(f"forms/{form}{ending}") for ending in (SCHEMA, UI))
        if form not in answering:
            path = f"forms/{form}{SCHEMA if schema is not None else UI}"
            found.warn(path, form, "form-unused", "no step of the diagram has this id; rename the file or remove it")
        if schema is not None:
            found.add(lint_form(files.shown(f"forms/{form}"), schema, ui or b"{}"))
            _references(form, schema, ui or b"{}", files, found)


def forms_missing(drawn: Outline, forms: Path) -> list[tuple[str, str, str]]:
    """Forms that a diagram alone would need to be a service: (element, code, sentence)."""
    return [
        (form, "no-form", f"has no form; add forms/{forms.name}/{form}{SCHEMA}")
        for form in _asking(drawn)
        if not (forms / f"{form}{SCHEMA}").is_file()
    ]


def check_paths(drawn: Outline, files: Files, found: Found) -> None:
    """What the diagram and its tables read of a form or a table must be there: a slip of the pen fails at run time."""
    answers = dict(_answers(drawn, files))
    read = [(DIAGRAM, element, path) for element, path in drawn.paths]
    for path, content in files.tables.items():
        if table := table_of(content):
            read += [(path, table.id, one) for one in table.paths]
    for file, element, path in dict.fromkeys(read):
        head, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if name and head in answers and name not in answers[head]:
            near = get_close_matches(name, list(answers[head]), n=1)
            hint = f"; did you mean “{head}.{near[0]}”?" if near else ""
            found.error(file, element, "unknown-answer", f"reads “{path}”, but “{head}” asks no “{name}”{hint}")


def _asking(drawn: Outline) -> list[str]:
    """The start event and every user task; a manual task only has to be declared done."""
    tasks = [step.id for step in drawn.steps if step.kind == "userTask"]
    return [drawn.start, *tasks] if drawn.start else tasks


def _answers(drawn: Outline, files: Files) -> Iterator[tuple[str, set[str]]]:
    """The names that each form and each decision gives, by element. Forms made up while running are left out."""
    for form in files.below("forms/", SCHEMA):
        schema = json_object(files.contents[f"forms/{form}{SCHEMA}"])
        names = set(_properties(schema, 0))
        if names and schema.get("additionalProperties") is False:
            yield form, names
    tables = {table.id: table for content in files.tables.values() if (table := table_of(content)) is not None}
    for element, decision in drawn.decisions:
        if decision in tables:
            yield element, set(tables[decision].outputs)


def _properties(schema: Mapping[str, Any], depth: int) -> Iterator[str]:
    if depth > 5:
        return
    properties = schema.get("properties")
    yield from properties if isinstance(properties, Mapping) else ()
    branches = [schema.get(word) for word in ("then", "else", "if")]
    branches += schema["allOf"] if isinstance(schema.get("allOf"), list) else []
    for branch in branches:
        if isinstance(branch, Mapping):
            yield from _properties(branch, depth + 1)


def _references(form: str, schema: bytes, ui: bytes, files: Files, found: Found) -> None:
    """Corrections and verdicts speak of another form; it must be there."""
    known = set(files.below("forms/", SCHEMA))
    shown = json_object(ui)
    named = [(UI, "x-corrects", shown.get("x-corrects"))]
    if isinstance(rejected := shown.get("x-rejected-by"), str):
        named.append((UI, "x-rejected-by", rejected.partition(".")[0]))
    properties = json_object(schema).get("properties")
    fields = (
        [field for field in properties.values() if isinstance(field, Mapping)]
        if isinstance(properties, Mapping)
        else []
    )
    named += [(SCHEMA, "x-verdicts-of", field.get("x-verdicts-of")) for field in fields]
    for ending, word, other in named:
        if other is not None and other not in known:
            path = f"forms/{form}{ending}"
            found.error(path, form, "form-refers", f"{word} names “{other}”, which is no form of this service")
