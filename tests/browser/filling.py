"""Fills any form as a person does: ticks, chooses, types, attaches. Answers are those an analyst's story tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engine.stories.playing import PAPER
from engine.stories.samples import sample_paper


def fill(page: Page, answers: Mapping[str, Any], within: str = "") -> None:
    """Give every answer to the field of its name, the parts of an answer to the fields inside it."""
    for name, value in answers.items():
        _give(page, f"{within}.{name}" if within else name, value)


def asked_here(page: Page, answers: Mapping[str, Any]) -> list[str]:
    """Names of the answers that this page asks for."""
    return [name for name in answers if page.locator(f'[name="{name}"], [name^="{name}."]').count()]


def _give(page: Page, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        fill(page, value, name)
        return
    values = value if isinstance(value, list) else [value]
    asked = _form(page).locator(f'[name="{name}"]:not([type="hidden"])')
    if _kind(asked) == "button":
        return  # the answer that decides is given by finishing: see `finisher`
    named = page.locator(f'[name="{name}"]')  # without its form: what `has` looks for lies within a field
    _unfold(page, named)
    if any(str(one).startswith(PAPER) for one in values):
        asked.and_(page.locator('[type="file"]')).set_input_files([_paper(str(one)) for one in values])
    elif _kind(asked) in ("radio", "checkbox"):
        for one in values:
            _tick(page, name, one)
    elif _kind(asked) == "select":
        _choose(page, asked, named, str(value))
    else:
        asked.fill(_typed(value))


def finisher(page: Page, answers: Mapping[str, Any]) -> Locator:
    """The button that finishes the form of a task: the one of the answer that decides, else the only one there is."""
    for name, value in answers.items():
        way = f'.button[name="{name}"][value="{value}"]'
        if page.locator(f"form.schema-form {way}").count():
            _unfold(page, page.locator(way))
            return page.locator(f"form.schema-form {way}")
    return page.locator("form.schema-form .finish .button").first


def _form(page: Page) -> Locator:
    """The form of a task where the page has one: small forms beside it ask for a note by the same name."""
    task = page.locator("form.schema-form")
    return task if task.count() else page.locator("body")


def _unfold(page: Page, inside: Locator) -> None:
    """Open the part of the page that something lies folded in."""
    folded = page.locator(".way details:not([open])").filter(has=inside)
    if folded.count():
        folded.locator("summary").click()


def _choose(page: Page, asked: Locator, named: Locator, value: str) -> None:
    """Choose from a list; where scripts made two lists of a long one, from the first and then from the second."""
    if asked.is_visible():
        asked.select_option(value)
        return
    chosen = asked.locator(f'option[value="{value}"]')
    first, second = page.locator(".field").filter(has=named).locator("select:visible").all()
    first.select_option(str(chosen.evaluate("option => option.parentElement.label")))
    second.select_option(str(chosen.evaluate("option => option.text")))
    expect(asked).to_have_value(value)


def _kind(asked: Locator) -> str:
    """What kind of field a name stands for; fails with the name when the form does not ask for it."""
    first = asked.first
    tag = first.evaluate("field => field.tagName.toLowerCase()")
    return str(first.get_attribute("type") or "text") if tag == "input" else str(tag)


def _tick(page: Page, name: str, value: Any) -> None:
    """Press the words of a choice: the whole line is the target, the box itself lies under it."""
    box = _form(page).locator(f'[name="{name}"]' if isinstance(value, bool) else f'[name="{name}"][value="{value}"]')
    if box.is_checked() != (value is not False):
        page.locator(f'label[for="{box.get_attribute("id")}"]').click()
    expect(box).to_be_checked(checked=value is not False)


def _typed(value: Any) -> str:
    """A number as Indonesians write it, with a comma."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _paper(told: str) -> Any:
    name = told.removeprefix(PAPER)
    mime = "image/jpeg" if name.endswith(".jpg") else "application/pdf"
    return {"name": name, "mimeType": mime, "buffer": sample_paper(told)}
