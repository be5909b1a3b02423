"""The parts a form is drawn from, and which widget asks for which part of a schema. Knows no HTML and no form.

A widget named in the UI schema wins; otherwise the schema decides, so that a form without any UI schema is usable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.model import Document, Json

FEW = 6
"""Up to this many choices are all shown at once; more become a drop-down list."""
LONG_TEXT = 200
_BY_FORMAT = {
    "date": "date",
    "date-time": "datetime",
    "kelurahan": "kelurahan",
    "point": "point",
    "geojson-polygon": "polygon",
    "document": "file",
}
_MODES = {"nik": "numeric", "nop": "numeric", "npwp": "numeric", "phone-id": "tel", "email": "email", "uri": "url"}
_FILLS = {"email": "email", "phone-id": "tel"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers. `then` says what choosing it sets in motion, `button` names the act that chooses it.

    `day`: of a number of days, the day on which they would be over if they began now.
    """

    value: str
    title: str
    help: str = ""
    then: str = ""
    button: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or a group of them. `path` is its name in the post.

    `need`: always, sometimes (the condition is a hint), never, or row (if its row of a repeated group is used at all).

    `problem` is told beside the field, `summary` is the same where the page lists all problems: it names the question.
    `rejected` is why an earlier answer was not accepted, in a colleague's own words; `because` the same from the list.
    `rows` are the parts of an object (one row) or of a repeated group (several). `beside` is the earlier answer a
    verdict is about, with `beside_spec` to show it by.
    """

    path: str
    widget: str
    title: str
    spec: Json
    ui: Json
    need: str
    value: Any = None
    help: str = ""
    when: str = ""
    rejected: str = ""
    because: str = ""
    problem: str = ""
    summary: str = ""
    choices: tuple[Choice, ...] = ()
    rows: tuple[tuple[Field, ...], ...] = ()
    papers: tuple[Document, ...] = ()
    beside: Any = None
    beside_spec: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        return "f-" + self.path.replace(".", "-")

    @property
    def first_id(self) -> str:
        """What a link in the error summary leads to: the field, or the first of its choices."""
        if self.widget in ("radio", "checkboxes") and self.choices:
            return f"{self.id}-1"
        return self.id

    @property
    def described_by(self) -> str:
        marks = (
            ("help", self.help),
            ("order", self.widget == "kelurahan"),
            ("when", self.when),
            ("rejected", self.rejected or self.because),
            ("problem", self.problem),
        )
        return " ".join(f"{self.id}-{name}" for name, text in marks if text)

    @property
    def mode(self) -> str:
        given = self.ui.get("ui:inputmode") or _MODES.get(self.spec.get("format", ""))
        by_type = {"integer": "numeric", "number": "decimal"}.get(str(self.spec.get("type")))
        return str(given or by_type or "")

    @property
    def fills(self) -> str:
        """The autocomplete token, so that a phone offers what it knows."""
        return str(self.ui.get("ui:autocomplete") or _FILLS.get(self.spec.get("format", ""), "off"))


@dataclass(frozen=True, slots=True)
class Group:
    """One section of a form."""

    id: str
    title: str
    description: str
    fields: tuple[Field, ...]


def widget_for(spec: Json, ui: Json) -> str:
    """The widget's name. An object is a `group`, a list of objects a `repeat`; what is only shown is `given`."""
    named = ui.get("ui:widget")
    if spec.get("readOnly"):
        return "given"
    if named:
        return str(named)
    if spec.get("type") == "array":
        return _widget_for_list(spec.get("items", {}))
    if spec.get("type") == "object":
        return "verdicts" if "x-verdicts-of" in spec else "checklist" if "x-checklist" in spec else "group"
    if spec.get("oneOf") or spec.get("enum"):
        return "radio" if len(spec.get("oneOf") or spec.get("enum") or ()) <= FEW else "select"
    if spec.get("format") in _BY_FORMAT:
        return _BY_FORMAT[spec["format"]]
    by_type = {"boolean": "checkbox", "number": "number", "integer": "number"}
    return by_type.get(str(spec.get("type")), "textarea" if spec.get("maxLength", 0) > LONG_TEXT else "text")


def _widget_for_list(items: Json) -> str:
    if items.get("type") == "object":
        return "repeat"
    return "files" if items.get("format") == "document" else "checkboxes"
