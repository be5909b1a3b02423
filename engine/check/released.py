"""What a service with a public list needs: a step that releases, and a form that says what it releases."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.lint import Outline
from engine.bpmn.reader import DIAGRAM

from .found import SCHEMA, UI, Files, Found, json_object

SUMMARY = "summary"


def check_released(drawn: Outline, files: Files, found: Found) -> None:
    """Nothing may become public by a slip: what is marked as released must be asked where somebody releases."""
    if drawn.public:
        _step(drawn, found)
        if not drawn.confidential:
            message = "has a public list, but nobody can keep a case out of it; add confidential to janji:service"
            found.warn(DIAGRAM, drawn.process, "public-without-confidential", message)
        if f"forms/{drawn.public}{SCHEMA}" in files.contents and SUMMARY not in _marks(drawn.public, files).values():
            message = 'releases nothing to read; mark the field of the summary with "ui:published": "summary"'
            found.error(f"forms/{drawn.public}{UI}", drawn.public, "no-summary", message)
    for form in files.below("forms/", UI):
        for name in _marks(form, files) if form != drawn.public else ():
            message = f'is marked ui:published, but janji:service does not say public="{form}": nobody releases it'
            found.error(f"forms/{form}{UI}", name, "published-nowhere", message)


def _step(drawn: Outline, found: Found) -> None:
    steps = {step.id: step for step in drawn.steps}
    if drawn.public not in steps or steps[drawn.public].kind != "userTask":
        message = f"public names “{drawn.public}”, which is no user task: name the step whose form releases"
        found.error(DIAGRAM, drawn.process, "public-step", message)


def _marks(form: str, files: Files) -> dict[str, object]:
    """The fields of a form that would be released, with their marks; the office's own answers are none of them."""
    ui = json_object(files.contents.get(f"forms/{form}{UI}", b"{}"))
    fields = {name: one for name, one in ui.items() if isinstance(one, Mapping)}
    return {name: mark for name, one in fields.items() if isinstance(mark := one.get("ui:published"), str)}
