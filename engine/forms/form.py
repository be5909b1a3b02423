"""Forms: what is asked at one element of a diagram, and what of the answers is accepted.

A form is a JSON Schema 2020-12 with a UI schema, both files of a process version. It accepts all answers or names every
problem. It does not know who answers, what comes after, or how it looks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from engine.errors import AnswersRejected
from engine.model import FieldProblem, Json
from engine.views import Relevance

from . import checklists, coercion, verdicts
from .relevance import relevance, required_now
from .validation import FormContext, problems_of


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked at the element `id`. `standing` is the earlier answers that a correction is merged into."""

    id: str
    schema: Json
    ui: Json
    standing: Json = field(default_factory=dict)

    @staticmethod
    @lru_cache(maxsize=2048)
    def read(id: str, schema_bytes: bytes, ui_bytes: bytes = b"{}") -> Form:  # noqa: A002 the noun everywhere
        """A form from its two files, the same object for the same bytes. Raises ValueError when one is not JSON."""
        return Form(id, json.loads(schema_bytes), json.loads(ui_bytes or b"{}"))

    def accept(self, raw: Mapping[str, Any], context: FormContext) -> dict[str, Any]:
        """The accepted answers: typed, trimmed, in kept spelling, without empty ones; read-only ones from the case.

        `raw` is a posted form with flat names, or JSON. Names the form does not ask for are ignored: see `unknown`.
        Raises AnswersRejected with every problem at once.
        """
        if coercion.too_large(raw):
            raise AnswersRejected([FieldProblem("", "too_large", {"limit": f"{coercion.LARGEST // 1000} kB"})])
        answers = coercion.settled(self.schema, coercion.read(self._open_schema(), self.ui, raw))
        answers = {name: value for name, value in answers.items() if not self._idle_term(name, answers)}
        given = self._given_by_the_case(context.data)
        answers.update(given)
        problems = self._own(problems_of(self.schema, {**self._unasked(), **answers}, context), given)
        if problems:
            raise AnswersRejected(problems)
        return answers

    def typed(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed, as far as it can be understood, wrong values included: for a draft and for showing it again.

        `accept` takes the result as it takes the post itself. Of a post beyond every limit each text is cut.
        """
        values = coercion.without_misfits(coercion.read(self.schema, self.ui, raw))
        shown: dict[str, Any] = coercion.shortened(self.schema, values) if coercion.too_large(raw) else values
        return shown

    def relevance(self, answers: Mapping[str, Any]) -> Relevance:
        """Which of its questions matter under these answers."""
        return relevance(self.schema, self.ui, answers)

    @property
    def choices(self) -> tuple[str, tuple[Any, ...]]:
        """The question whose answer decides how the case goes on, and its choices; empty without one."""
        deciding = str(self.ui.get("ui:outcomes", {}).get("field", ""))
        return deciding, tuple(
            one["const"] for one in self.schema.get("properties", {}).get(deciding, {}).get("oneOf", ())
        )

    def needed(self) -> dict[str, list[str]]:
        """What has to be answered under each choice of the deciding question; under "" as long as nothing is chosen."""
        deciding, choices = self.choices
        chosen = {str(choice): required_now(self.schema, {deciding: choice}) for choice in choices}
        return {choice: sorted(names) for choice, names in {"": required_now(self.schema, {}), **chosen}.items()}

    def group(self, group: str) -> tuple[str, ...]:
        """Names of the questions of one group. Raises LookupError when there is no such group."""
        found = next((one for one in self.ui.get("ui:groups", ()) if one["id"] == group), None)
        if found is None:
            raise LookupError(group)
        return tuple(found.get("fields", ()))

    def unknown(self, raw: Mapping[str, Any]) -> list[str]:
        """Names in `raw` that the form does not ask for: a slip in a story or in a client's JSON."""
        known = self.schema.get("properties", {})
        return sorted({str(name).partition(".")[0] for name in raw} - set(known))

    def _idle_term(self, name: str, answers: Json) -> bool:
        """Whether this is a term for the applicant and another outcome was chosen: its list posts what it proposes."""
        ui = self.ui.get(name) or {}
        if ui.get("ui:widget") != "term":
            return False
        for other, wanted in ui.get("ui:showWhen", {}).items():
            choices = [one["const"] for one in self.schema["properties"][other].get("oneOf", ())]
            if answers.get(other) in choices and answers[other] not in wanted:
                return True
        return False

    def _unasked(self) -> dict[str, Any]:
        """What stands and is not asked again; rules of the corrected form may turn on it."""
        asked = self.schema.get("properties", {})
        return {name: value for name, value in self.standing.items() if name not in asked}

    def _own(self, problems: Sequence[FieldProblem], given: Json) -> list[FieldProblem]:
        """What a correction does not ask for cannot be repaired in it; the next verification will speak of it.

        Nor can what the case itself gave, which may be sealed.
        """
        asked = self.schema.get("properties", {})
        named = [(one.path.partition(".")[0], one) for one in problems]
        return [one for name, one in named if name not in given and (not self.standing or name in asked)]

    def _open_schema(self) -> Json:
        """The schema without read-only parts: what is only shown is never taken from a post."""
        parts = self.schema.get("properties", {})
        return {"properties": {name: part for name, part in parts.items() if not part.get("readOnly")}}

    def _given_by_the_case(self, data: Json) -> dict[str, Any]:
        given = {
            name: verdicts.value_at(data, str((self.ui.get(name) or {}).get("ui:prefill", "")))
            for name, part in self.schema.get("properties", {}).items()
            if part.get("readOnly")
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True)
class AskedField:
    """One question of a form with the id of its group, empty when it stands in none."""

    name: str
    schema: Json
    ui: Json
    group: str


def fields(form: Form) -> Iterator[AskedField]:
    """Every question in the order in which it is asked: group by group, then what stands in no group."""
    parts = form.schema.get("properties", {})
    placed = {name: str(g.get("id", "")) for g in form.ui.get("ui:groups", ()) for name in g.get("fields", ())}
    for name in [*(n for n in placed if n in parts), *(n for n in parts if n not in placed)]:
        yield AskedField(name, parts[name], form.ui.get(name) or {}, placed.get(name, ""))


def effective(form: Form, data: Json, others: Mapping[str, Form]) -> Form:
    """The form as it is for one case: verdicts on what was answered there, corrections of what was rejected there, and
    its checklists item by item.

    `data` is the case data so far. A form that speaks of no other form is returned as it is.
    """
    corrected = others.get(str(form.ui.get("x-corrects", "")))
    if corrected is not None:
        return _correction(form, corrected, data, others)
    parts = {
        name: verdicts.verdict_schema(part, others[of].schema, _mapping(data.get(of)))
        for name, part in form.schema.get("properties", {}).items()
        if (of := part.get("x-verdicts-of")) in others
    }
    listed = {name: part for name, part in form.schema.get("properties", {}).items() if "x-checklist" in part}
    parts |= {name: checklists.checklist_schema(part) for name, part in listed.items()}
    if not parts:
        return form
    return Form(form.id, {**form.schema, "properties": {**form.schema["properties"], **parts}}, form.ui)


def _correction(form: Form, corrected: Form, data: Json, others: Mapping[str, Form]) -> Form:
    standing = _mapping(data.get(corrected.id))
    where = str(form.ui.get("x-rejected-by", ""))
    asking, _, field_ = where.partition(".")
    spec = others[asking].schema.get("properties", {}).get(field_) if asking in others else None
    rejected = verdicts.rejections(verdicts.value_at(data, where), spec)
    schema = verdicts.correction_schema(form.schema, corrected.schema, rejected, standing)
    shown = {name: part for name, part in schema["properties"].items() if name in corrected.schema["properties"]}
    return Form(form.id, schema, verdicts.correction_ui(form.ui, corrected.ui, shown, rejected), standing)


def fallen_away(form: Form, others: Mapping[str, Form], standing: Json, answers: Json) -> frozenset[str]:
    """Names in a corrected form that do not apply any more once a correction's answers are merged into what stands."""
    corrected = others.get(str(form.ui.get("x-corrects", "")))
    return corrected.relevance({**standing, **answers}).idle if corrected else frozenset()


def prefill(form: Form, data: Json) -> dict[str, Any]:
    """What a form proposes before anything is typed.

    Values named by `ui:prefill`; in a correction what stands, papers excepted, since a rejected paper must be a new
    one; in a table of verdicts those of the last round that said it fits.
    """
    proposed: dict[str, Any] = {}
    for name, part in form.schema.get("properties", {}).items():
        value = verdicts.value_at(data, str((form.ui.get(name) or {}).get("ui:prefill", "")))
        if "x-verdicts-of" in part:
            earlier = verdicts.still_good(verdicts.value_at(data, f"{form.id}.{name}"))
            value = {item: one for item, one in earlier.items() if item in part.get("properties", {})}
        elif name in form.standing and "document" not in (part.get("format"), part.get("items", {}).get("format")):
            value = form.standing[name]
        if value not in (None, "", [], {}):
            proposed[name] = value
    return proposed


def translated(form: Form, words: Json) -> Form:
    """The form in another language; what has no words stays as it is.

    `words` is the table `[forms.<id>]` of a texts file: `title`, `submit`, for each field `title`, `help`, `choices`,
    and `groups.<id>`.
    """
    parts = {
        name: _in_words(part, _mapping(words.get(name))) for name, part in form.schema.get("properties", {}).items()
    }
    ui = {
        name: {**value, "ui:help": _mapping(words.get(name))["help"]}
        if isinstance(value, Mapping) and "ui:help" in value and "help" in _mapping(words.get(name))
        else value
        for name, value in form.ui.items()
    }
    ui["ui:groups"] = [{**g, **_mapping(_mapping(words.get("groups")).get(g["id"]))} for g in ui.get("ui:groups", ())]
    ui.update({"ui:submit": words["submit"]} if "submit" in words else {})
    schema = {**form.schema, "title": words.get("title", form.schema.get("title", "")), "properties": parts}
    return Form(form.id, schema, ui, form.standing)


def _in_words(part: Json, words: Mapping[str, Any]) -> dict[str, Any]:
    said = {to: words[of] for of, to in (("title", "title"), ("help", "description")) if of in words}
    choices = _mapping(words.get("choices"))
    if part.get("type") == "array":
        return {**part, **said, "items": _chosen(part.get("items", {}), choices)}
    return {**_chosen(part, choices), **said}


def _chosen(part: Json, choices: Mapping[str, Any]) -> dict[str, Any]:
    if "oneOf" not in part or not choices:
        return dict(part)
    named = [{**one, "title": choices.get(str(one.get("const")), one.get("title"))} for one in part["oneOf"]]
    return {**part, "oneOf": named}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
