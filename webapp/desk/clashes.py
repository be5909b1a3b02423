"""Two texts for one form, side by side: where they differ, and the one that comes of choosing field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from engine.model import Json
from engine.views import FormView
from webapp.forms.fields import groups_of
from webapp.forms.showing import Around, shown
from webapp.forms.widgets import Field
from webapp.frame.posted import flat

OURS, THEIRS = "saya", "rekan"


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that the two answer differently. `take`: whose text is proposed, the one that says anything."""

    path: str
    title: str
    ours: Markup
    theirs: Markup
    take: str


def differences(form: FormView, ours: Json, theirs: Json, around: Around) -> list[Difference]:
    """Where two texts differ, in the order of the form."""
    mine, other = (_questions(replace(form, values=values, problems=()), around) for values in (ours, theirs))
    return [
        Difference(
            path,
            field.title,
            _said(field, around),
            _said(other[path], around),
            OURS if _given(field.value) else THEIRS,
        )
        for path, field in mine.items()
        if path in other and _given(field.value) != _given(other[path].value)
    ]


def merged(ours: Mapping[str, Any], theirs: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """Flat answers: ours, but for the questions whose text is chosen from the other."""
    taken = [path for path, whose in chosen.items() if whose == THEIRS]
    kept = {name: value for name, value in ours.items() if not _below(name, taken)}
    return kept | {name: value for name, value in theirs.items() if _below(name, taken)}


def _questions(form: FormView, around: Around) -> dict[str, Field]:
    return {one.path: one for group in groups_of(form, around) for field in group.fields for one in _single(field)}


def _single(field: Field) -> Iterator[Field]:
    """A question as it is answered at once: each verdict by itself, a repeated group as a whole."""
    if field.widget in ("verdicts", "checklist", "group"):
        for row in field.rows:
            for part in row:
                yield from _single(part)
    elif field.widget != "given":
        yield field


def _given(value: Any) -> dict[str, Any]:
    """What an answer says, however it is written: `true` typed is a tick."""
    return {name: one for name, one in flat({"": value}).items() if one not in ("", [], "false")}


def _below(name: str, paths: Iterable[str]) -> bool:
    return any(name == path or name.startswith(f"{path}.") for path in paths)


def _said(field: Field, around: Around) -> Markup:
    if field.widget == "item":
        given = field.value if isinstance(field.value, Mapping) else {}
        ticked = around.say("Ya") if given.get("tanda") in (True, "true") else ""
        return escape(given.get("alasan") or ticked) or shown(None, {}, around)
    if field.widget != "verdict":
        titles = [{"const": one.value, "title": one.title} for one in field.choices]
        items = {**field.spec.get("items", {}), "oneOf": titles}
        return shown(field.value, {**field.spec, **({"oneOf": titles, "items": items} if titles else {})}, around)
    value = field.value if isinstance(field.value, Mapping) else {}
    verdict = {"sesuai": around.say("Sesuai"), "tidak_sesuai": around.say("Tidak sesuai")}.get(value.get("hasil", ""))
    given = str(value.get("alasan") or "")
    reason = next((one.title for one in field.choices if one.value == given), given)
    said = " · ".join(filter(None, (verdict, reason, str(value.get("keterangan") or ""))))
    return escape(said) if said else shown(None, {}, around)
