"""Terms that a colleague sets for the applicant against the timers that follow them.

A field with the widget `term` offers days; a timer reads it as `working_days(given("form.field", 5))`. Who leaves it
out must get the same day from the diagram as the form proposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint import Outline

from .found import SCHEMA, UI, Files, Found, json_object


def check_terms(drawn: Outline, files: Files, found: Found) -> None:
    """Every term is followed by a timer, with the same number of days where nothing was chosen."""
    for form, field, usual in _terms(files):
        path, file = f"{form}.{field}", f"forms/{form}{SCHEMA}"
        read = [(element, otherwise) for element, at, otherwise in drawn.terms if at == path]
        if not read:
            told = f'no timer follows it; write working_days(given("{path}", {usual})) at the applicant\'s task'
            found.error(file, field, "term-unread", told)
        for element, otherwise in read:
            if otherwise != usual:
                told = f"proposes {usual} days, but the timer of {element} takes {otherwise} without it; use one number"
                found.error(file, field, "term-default", told)


def _terms(files: Files) -> Iterator[tuple[str, str, object]]:
    """Each term as form, field and the number of days that is proposed."""
    for form in files.below("forms/", UI):
        ui, schema = (json_object(files.contents.get(f"forms/{form}{end}", b"{}")) for end in (UI, SCHEMA))
        parts = schema.get("properties", {})
        for field, said in ui.items():
            if isinstance(said, dict) and said.get("ui:widget") == "term" and isinstance(parts.get(field), dict):
                yield form, field, parts[field].get("default")
