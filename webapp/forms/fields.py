"""Forms as HTML: any JSON Schema with its UI schema becomes fields that work without JavaScript, and a summary.

Pure: a FormView and what is `Around` it go in, Markup comes out; no request, no engine, no app. The page around it
owns `<form>`, the CSRF token and the button:

    around = Around(say=gettext, regions=janji.city.regions, document_url=lambda id: url_for("…", id=id))
    form_fields(view, around)                 every group as a fieldset
    group_fields(view, around, "tanah")     one group, for a form of several pages
    error_summary(view, around)               all problems, each a link to its field; empty Markup without problems
    mistakes(view, around)                  the same as (id, sentence), for whoever draws it elsewhere
    render_answers(view, around, change_url=…)  what was answered, group by group, with "Ubah" links if asked for

A form is posted as flat text: `nama`, `putusan.ktp.hasil`, `anggota.0.nama`; several values by a repeated name. A
paper already there is posted again by its id under the field's name; unticking one of several takes it away.
The looks are in static/fields.css, built on the tokens of janji.css.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from engine.model import Document
from engine.views import AnsweredForm, FormView
from webapp.forms.asking import Asking
from webapp.forms.problems import sentence
from webapp.forms.showing import DEFAULT, Around, number, paper_link, place, shown, size
from webapp.forms.sketch import corner_lines
from webapp.forms.widgets import Field, Group

_TYPES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "application/geo+json": "GeoJSON",
}


def form_fields(view: FormView, around: Around, without: frozenset[str] = frozenset()) -> Markup:
    """The fields of a form, group by group, each with help, problem and what was typed before.

    `without` names questions that are asked elsewhere on the page.
    """
    groups = [
        replace(group, fields=tuple(one for one in group.fields if one.path not in without))
        for group in groups_of(view, around)
    ]
    return _draw("form_fields", [group for group in groups if group.fields], _Sheet(view, around))


def some_fields(fields: Sequence[Field], view: FormView, around: Around) -> Markup:
    """Questions of a form, or changed copies of them, by themselves."""
    return Markup("").join(_draw("one", field, _Sheet(view, around)) for field in fields)


def group_fields(view: FormView, around: Around, group: str) -> Markup:
    """The fields of one group, for a page of its own whose heading is the group's title; empty when it asks nothing."""
    here = next((one for one in groups_of(view, around) if one.id == group), None)
    return _draw("group_fields", here, _Sheet(view, around)) if here else Markup("")


def groups_of(view: FormView, around: Around) -> tuple[Group, ...]:
    """The sections of a form, for pages that show one at a time."""
    return _asking(view, around).groups()


def error_summary(view: FormView, around: Around) -> Markup:
    """All that is wrong, first thing on the page, each a link to its field. Empty when nothing is wrong."""
    wrong = mistakes(view, around)
    return _draw("error_summary", wrong, _Sheet(view, around)) if wrong else Markup("")


def mistakes(view: FormView, around: Around) -> list[tuple[str, str]]:
    """What is wrong, as the id of its field and a sentence that names it; the id is empty where no field stands."""
    asking = _asking(view, around)
    wrong = [line for group in asking.groups() for field in group.fields for line in _wrong(field)]
    return [*wrong, *(("", sentence(one, one.path, around.say)) for one in asking.unplaced())]


def render_answers(
    view: FormView | AnsweredForm,
    around: Around,
    change_url: Callable[[str], str] | None = None,
    reveal: frozenset[str] = frozenset(),
) -> Markup:
    """Answers as a summary list. `change_url` maps a group id to its page and adds an "Ubah" link to each section.

    Personal numbers are masked unless `reveal`, here or around, names their format. A form answered by staff shows
    only what was filled in; a FormView (the check before sending) also shows what was left empty.
    """
    around = replace(around, reveal=around.reveal | reveal)
    as_form = view if isinstance(view, FormView) else _as_form(view)
    keep_empty = isinstance(view, FormView)
    sections = []
    for group in groups_of(as_form, around):
        rows = [
            (field, shown(field.value, _titled(field), around))
            for field in group.fields
            if keep_empty or (field.path in as_form.values and field.value not in (None, "", [], {}))
        ]
        if rows:
            sections.append((group, rows))
    return _draw("answers", sections, change_url, _Sheet(as_form, around))


class _Sheet:
    """What the macros ask while they draw one form."""

    def __init__(self, view: FormView, around: Around) -> None:
        self.view = view
        self.say = around.say
        self.typed = around.typed
        self._around = around

    def shown(self, value: Any, spec: Mapping[str, Any]) -> Markup:
        return shown(value, spec, self._around)

    def paper(self, paper: Document) -> Markup:
        return paper_link(paper.id, paper.name, self._around)

    def size(self, count: int) -> str:
        return size(count, self._around.language)

    def figure(self, value: Any) -> str:
        """A number as it is to be typed. Shown as 1.125 it would come back as one thousand one hundred twenty-five."""
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return str(value)
        return number(value) if self._around.language == DEFAULT else _typed_in_english(value)

    def corners(self, text: str) -> str:
        """An outline one corner a line, as people can read and change it; what is no outline as it was typed."""
        return corner_lines(text)

    def depend(self, groups: Sequence[Group]) -> bool:
        """Whether some question of these groups is for some only."""
        return any(field.when for group in groups for field in group.fields)

    def accepts(self, field: Field) -> str:
        return ",".join(self._kinds(field))

    def kinds(self, field: Field) -> str:
        return ", ".join(_TYPES.get(kind, kind) for kind in self._kinds(field))

    def _kinds(self, field: Field) -> list[str]:
        return list(field.spec.get("x-accept") or field.spec.get("items", {}).get("x-accept") or ())

    def places(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Kelurahan by kecamatan, both by name. Where two share a name, each says its kecamatan too."""
        regions = self._around.regions
        kelurahan = [region for region in regions.values() if region.level == "kelurahan"]
        known = Counter(region.name for region in kelurahan)
        by_parent: dict[str, list[tuple[str, str]]] = {}
        for region in kelurahan:
            name = region.name if known[region.name] == 1 else place(region.code, regions)
            by_parent.setdefault(region.parent, []).append((region.code, name))
        named = [(regions[code].name if code in regions else code, found) for code, found in by_parent.items()]
        return [(name, sorted(found, key=lambda one: one[1])) for name, found in sorted(named)]


def _typed_in_english(value: float) -> str:
    """Without groups, for a lone comma would come back as a decimal one; three decimals get a fourth: see `figure`."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if len(text.partition(".")[2]) == len("125") else text


def _asking(view: FormView, around: Around) -> Asking:
    return Asking(view, around.say, around.words, around.answered, around.language, around.day_after)


def _as_form(answered: AnsweredForm) -> FormView:
    return FormView(answered.element, "", answered.schema, answered.ui, answered.answers)


def _titled(field: Field) -> Mapping[str, Any]:
    """The field's schema with its choices in the reader's language."""
    if not field.choices:
        return field.spec
    titles = [{"const": one.value, "title": one.title} for one in field.choices]
    if field.spec.get("type") == "array":
        return {**field.spec, "items": {**field.spec.get("items", {}), "oneOf": titles}}
    return {**field.spec, "oneOf": titles}


def _wrong(field: Field, of: str = "") -> Iterator[tuple[str, str]]:
    """What is wrong with a field and its parts: where it stands and in words, `of` the group or the row it is in."""
    if field.problem:
        yield field.first_id, f"{of}: {field.summary}" if of else field.summary
    for count, row in enumerate(field.rows, 1):
        inner = {"repeat": f"{field.title} {count}", "group": field.title}.get(field.widget, "")
        for part in row:
            yield from _wrong(part, ", ".join(filter(None, (of, inner))))


def _draw(macro: str, *arguments: Any) -> Markup:
    drawn: Markup = getattr(_macros(), macro)(*arguments)
    return drawn


@lru_cache(maxsize=1)
def _macros() -> Any:
    """The macros of templates/fields.html, in an environment of their own: no app is needed to draw a form."""
    environment = Environment(
        loader=PackageLoader("webapp", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("fields.html").module
