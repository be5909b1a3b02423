"""Reads a form into groups of fields: JSON Schema, UI schema, answers and problems in, a tree of `Field` out.

Knows no HTML. Which widget asks for which part of a schema stands in `widgets`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.model import Document, FieldProblem, Json
from engine.views import AnsweredForm, FormView
from webapp.forms.problems import Say, named, sentence
from webapp.forms.widgets import Choice, Field, Group, widget_for

SPARE_ROWS = 3
"""Rows of a repeated group that are offered beyond those filled in: without JavaScript nobody can add one."""
_IN_ROW = {"always": "row", "sometimes": "sometimes", "never": "never"}

Words = Callable[..., str | None]
"""Translated words of a form by path, such as ("pendaftaran", "nama", "title"); None where there are none."""


class Asking:
    """Reads one form into groups of fields. `answered` holds earlier forms that verdicts speak about, by form id."""

    def __init__(
        self,
        view: FormView,
        say: Say,
        words: Words | None,
        answered: Mapping[str, AnsweredForm],
        language: str = "id",
        day_after: Callable[[int], str] | None = None,
    ) -> None:
        self._view = view
        self._say = say
        self._words = words or (lambda *_: None)
        self._answered = answered
        self._language = language
        self._day_after = day_after or (lambda _: "")
        self._forms = [str(one) for one in (view.id, view.ui.get("x-corrects")) if one]
        """Where words are looked for: a correction asks what the form asked that it corrects."""
        self._problems = {self._local(problem): problem for problem in reversed(view.problems)}

    def groups(self) -> tuple[Group, ...]:
        """Sections in the order of the UI schema; a field in none of them comes last, so that nothing gets lost."""
        made = {one.path: one for one in self.fields()}
        groups = []
        for drawn in self._view.ui.get("ui:groups", ()):
            here = tuple(made.pop(name) for name in drawn.get("fields", ()) if name in made)
            if here:
                title = self._word(("groups", drawn["id"]), "title") or drawn.get("title", "")
                about = self._word(("groups", drawn["id"]), "description") or drawn.get("description", "")
                groups.append(Group(str(drawn["id"]), str(title), str(about), here))
        if made:
            groups.append(Group("lain", "", "", tuple(made.values())))
        return tuple(groups)

    def fields(self) -> tuple[Field, ...]:
        return self._parts(self._view.schema, self._view.ui, self._view.values, "", ())

    def unplaced(self) -> tuple[FieldProblem, ...]:
        """Problems that belong to no field of this form: they are still told, at the top."""
        known = set(self._view.schema.get("properties", {}))
        return tuple(one for name, one in self._problems.items() if name.split(".")[0] not in known)

    def _parts(self, schema: Json, ui: Json, values: Any, path: str, words: tuple[str, ...]) -> tuple[Field, ...]:
        have = values if isinstance(values, Mapping) else {}
        always, sometimes = set(schema.get("required", ())), _conditionally_required(schema)
        parts = []
        for name, spec in schema.get("properties", {}).items():
            need = "always" if name in always else "sometimes" if name in sometimes else "never"
            at = f"{path}.{name}" if path else name
            parts.append(self._field(at, spec, ui.get(name, {}), have.get(name), need, (*words, name)))
        return tuple(parts)

    def _field(self, path: str, spec: Json, ui: Json, value: Any, need: str, words: tuple[str, ...]) -> Field:
        widget = widget_for(spec, ui)
        title = self._word(words, "title") or str(spec.get("title") or path.rpartition(".")[2])
        return Field(
            path=path,
            widget=widget,
            title=title,
            spec=spec,
            ui=ui,
            need=need,
            value=spec.get("default") if value is None else value,
            help=self._word(words, "help") or str(ui.get("ui:help") or spec.get("description") or ""),
            when=self._when(ui.get("ui:showWhen", {})),
            rejected=str(ui.get("ui:rejected", {}).get("own", "")),
            because=self._in_language(ui.get("ui:rejected", {})),
            **self._told(self._wrong(path), title),
            choices=self._choices(path, spec, ui, words),
            rows=self._rows(widget, path, spec, ui, value, words),
            papers=self._papers(widget, value),
        )

    def _rows(
        self, widget: str, path: str, spec: Json, ui: Json, value: Any, words: tuple[str, ...]
    ) -> tuple[tuple[Field, ...], ...]:
        if widget == "group":
            return (self._parts(spec, ui, value, path, words),)
        if widget == "repeat":
            have = list(value) if isinstance(value, (list, tuple)) else []
            count = min(max(len(have) + 1, int(ui.get("ui:rows", SPARE_ROWS))), int(spec.get("maxItems", 20)))
            have += [{}] * (count - len(have))
            rows = (
                self._parts(spec.get("items", {}), ui.get("items", ui), row, f"{path}.{index}", words)
                for index, row in enumerate(have)
            )
            return tuple(tuple(replace(one, need=_IN_ROW[one.need]) for one in row) for row in rows)
        if widget == "verdicts":
            return tuple((one,) for one in self._verdicts(path, spec, value))
        if widget == "checklist":
            return tuple((one,) for one in self._items(path, spec, value, words))
        return ()

    def _verdicts(self, path: str, spec: Json, value: Any) -> list[Field]:
        """One field per answer that is judged: those the schema names, else all that were given."""
        of = str(spec.get("x-verdicts-of", ""))
        earlier = self._answered.get(of)
        given = self._view.shown.get(of) or (earlier.answers if earlier else {})
        specs = (earlier.schema if earlier else {}).get("properties", {})
        have = value if isinstance(value, Mapping) else {}
        names = list(spec.get("properties", {})) or [name for name in given if name in specs or not specs]
        return [self._verdict(path, earlier, name, spec, specs.get(name, {}), given.get(name), have) for name in names]

    def _verdict(
        self, path: str, earlier: AnsweredForm | None, name: str, spec: Json, about: Json, given: Any, have: Json
    ) -> Field:
        of, own = str(spec.get("x-verdicts-of", "")), spec.get("properties", {}).get(name, {})
        title = self._words(of, name, "title") or about.get("title") or own.get("title") or name
        at = f"{path}.{name}"
        told = (at, *(f"{at}.{part}" for part in ("hasil", "alasan", "keterangan")))
        wrong = next(filter(None, map(self._wrong, told)), None)
        return Field(
            path=at,
            widget="verdict",
            title=str(title),
            spec=own,
            ui=(earlier.ui if earlier else {}).get(name, {}),
            need="always",
            value=have.get(name) or {},
            **self._told(wrong, str(title)),
            beside=given,
            beside_spec=about,
            choices=self._choices(at, own.get("properties", {}).get("alasan", {}), {}, ()),
        )

    def _items(self, path: str, spec: Json, value: Any, words: tuple[str, ...]) -> list[Field]:
        """One field per item of a checklist: its tick, and the reason why it cannot be met."""
        have, made = value if isinstance(value, Mapping) else {}, []
        for item in spec["x-checklist"]["items"]:
            title = self._word(words, "items", item["id"]) or str(item["title"])
            at, given = f"{path}.{item['id']}", have.get(item["id"])
            told = self._told(self._wrong(at), title)
            made.append(Field(at, "item", title, {}, {}, "sometimes", given or {}, **told))
        return made

    def _choices(self, path: str, spec: Json, ui: Json, words: tuple[str, ...]) -> tuple[Choice, ...]:
        if ui.get("ui:widget") == "term":
            return tuple(self._days(days) for days in range(spec["minimum"], spec["maximum"] + 1))
        of = spec.get("items", {}) if spec.get("type") == "array" else spec
        offered = of.get("oneOf") or [{"const": one} for one in of.get("enum", ())]
        outcome = self._view.ui.get("ui:outcomes", {}).get("field") == path
        then = ui.get("ui:consequences") or (self._view.ui.get("ui:consequences", {}) if outcome else {})
        foreseen = self._view.foreseen if outcome else {}
        acts = ui.get("ui:buttons", {})
        return tuple(
            Choice(
                value=str(one["const"]),
                title=self._word(words, "choices", str(one["const"]))
                or self._in_language(one.get("x-titles", {}))
                or str(one.get("title", one["const"])),
                help=str(one.get("description", "")),
                then=foreseen.get(str(one["const"]))
                or self._word(words, "consequences", str(one["const"]))
                or str(then.get(str(one["const"]), "")),
                button=self._word(words, "buttons", str(one["const"])) or str(acts.get(str(one["const"]), "")),
            )
            for one in offered
            if "const" in one
        )

    def _in_language(self, words: Mapping[str, str]) -> str:
        """Of words by language those of this page, else the Indonesian ones."""
        return words.get(self._language) or words.get("id", "")

    def _days(self, days: int) -> Choice:
        return Choice(str(days), self._say("%(days)s hari kerja", days=days), day=self._day_after(days))

    def _papers(self, widget: str, value: Any) -> tuple[Document, ...]:
        if widget not in ("file", "files", "photos"):
            return ()
        ids = value if isinstance(value, (list, tuple)) else [value]
        return tuple(self._view.files[one] for one in ids if isinstance(one, str) and one in self._view.files)

    def _when(self, conditions: Json) -> str:
        """The hint that stands for hiding a field: it can be posted all the same."""
        said = []
        for name, values in conditions.items():
            spec = self._view.schema.get("properties", {}).get(name, {})
            title = self._word((name,), "title") or spec.get("title", name)
            titles = {choice.value: choice.title for choice in self._choices(name, spec, {}, (name,))}
            wanted = values if isinstance(values, list) else [values]
            asked = title if str(title).endswith("?") else f"{title}:"
            said.append(f"{asked} {' / '.join(self._value_title(one, titles) for one in wanted)}")
        return self._say("Diisi bila %(condition)s", condition="; ".join(said)) if said else ""

    def _value_title(self, value: Any, titles: Mapping[str, str]) -> str:
        if isinstance(value, bool):
            return self._say("ya") if value else self._say("tidak")
        return titles.get(str(value), str(value))

    def _wrong(self, path: str) -> FieldProblem | None:
        one_of = next((one for one in self._problems if one.rpartition(".")[0] == path and one[-1].isdecimal()), path)
        return self._problems.get(path) or self._problems.get(one_of)

    def _told(self, wrong: FieldProblem | None, title: str) -> dict[str, Any]:
        """What is wrong in words, as parts of a Field."""
        if wrong is None:
            return {}
        return {"problem": sentence(wrong, title, self._say), "summary": named(wrong, title, self._say)}

    def _local(self, problem: FieldProblem) -> str:
        return problem.path.removeprefix(f"{self._view.id}.")

    def _word(self, words: tuple[str, ...], *rest: str) -> str:
        return next(filter(None, (self._words(form, *words, *rest) for form in self._forms)), "")


def _conditionally_required(schema: Json) -> set[str]:
    """Fields that some `allOf: [{if, then, else}]` asks for."""
    rules = [*schema.get("allOf", ()), schema]
    return {name for rule in rules for branch in ("then", "else") for name in rule.get(branch, {}).get("required", ())}
