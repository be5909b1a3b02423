"""How an answer is shown once given: choices by their titles, codes by their names, personal numbers masked.

Pure: the words, the regions and the addresses of documents are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from engine.model import ERASED, UNREADABLE, Document, Json
from webapp.forms import sketch
from webapp.forms.problems import Say

VISIBLE = 4
"""Digits of a personal number left open at each end: enough to compare with a card, too few to use."""
_PERSONAL = frozenset({"nik", "npwp"})


DEFAULT = "id"
"""The language numbers are written in where nobody says another."""


@dataclass(frozen=True, slots=True)
class Around:
    """What shown answers and forms need from outside.

    `date_words` turns a day or an instant into words; `words` gives translated titles by path, None where there are
    none; `answered` are earlier forms by id, which verdicts speak about; `files` are documents by id; `reveal` holds
    the formats (`nik`, `npwp`) that the reader asked to see whole; `centre` is the city's middle on a map; `typed`
    marks what somebody wrote themselves where the page is not in the language they are likely to have used; numbers
    are written by `language`; `apart` has papers open in a tab of their own; `day_after` is the day, in words, on which
    so many working days will be over.
    """

    say: Say
    regions: Mapping[str, Any]
    document_url: Callable[[str], str]
    date_words: Callable[[date | datetime], str] = str
    words: Callable[..., str | None] | None = None
    answered: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Document] = field(default_factory=dict)
    reveal: frozenset[str] = frozenset()
    centre: Any = None
    typed: Callable[[str], str] = str
    language: str = DEFAULT
    apart: bool = False
    day_after: Callable[[int], str] | None = None


def masked(number: str) -> str:
    """`3374010101900001` as `3374••••••••0001`; anything shorter than both ends together is hidden whole."""
    hidden = len(number) - 2 * VISIBLE
    return number[:VISIBLE] + "•" * hidden + number[-VISIBLE:] if hidden > 0 else "•" * len(number)


def shown(value: Any, spec: Json, around: Around) -> Markup:
    """One answer as HTML."""
    if value in (None, "", [], {}):
        return Markup('<span class="nothing">{}</span>').format(around.say("Tidak diisi"))
    if value in (ERASED, UNREADABLE):
        return _gone(value, around)
    if isinstance(value, bool):
        return escape(around.say("Ya") if value else around.say("Tidak"))
    if "x-verdicts-of" in spec and isinstance(value, Mapping):
        return _verdicts(value, spec, around)
    if "x-checklist" in spec and isinstance(value, Mapping):
        return _checklist(value, spec, around)
    if isinstance(value, Mapping):
        return _object(value, spec, around)
    if isinstance(value, (list, tuple)):
        return _list(value, spec.get("items", {}), around)
    return _plain(value, spec, around)


def _gone(mark: str, around: Around) -> Markup:
    """What was sealed and is not there any more, or was tampered with: said, not left out."""
    words = around.say("Sudah dihapus") if mark == ERASED else around.say("Tidak dapat dibaca")
    return Markup('<span class="nothing">{}</span>').format(words)


def _plain(value: Any, spec: Json, around: Around) -> Markup:
    kind = str(spec.get("format", ""))
    if kind == "document":
        return _document(str(value), around)
    if kind in _PERSONAL and kind not in around.reveal:
        return Markup('<span class="masked">{}</span>').format(masked(str(value)))
    if kind == "kelurahan":
        return escape(place(str(value), around.regions))
    if kind in ("date", "date-time"):
        return escape(_day(str(value), around))
    if kind == "geojson-polygon":
        return sketch.parcel(str(value), around.say, around.language)
    if kind == "point":
        return sketch.pin(str(value), around.centre, around.say, around.language)
    if not isinstance(value, str) or _titles(spec):
        given = value if isinstance(value, str) else number(value, around.language)
        return escape(_titles(spec).get(str(value), given))
    return Markup("<br>").join(escape(around.typed(line)) for line in value.splitlines())


def number(value: float, language: str = DEFAULT) -> str:
    """`1.250,5` as Indonesians write it, in English `1,250.5`."""
    written: str = format_decimal(value, "#,##0.######", locale=language)
    return written


def place(code: str, regions: Mapping[str, Any]) -> str:
    """`Pindrikan Kidul, Semarang Tengah`; an unknown code stays as it is."""
    region = regions.get(code)
    if region is None:
        return code
    parent = regions.get(region.parent)
    return f"{region.name}, {parent.name}" if parent else str(region.name)


def _day(text: str, around: Around) -> str:
    try:
        return around.date_words(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return text


def _titles(spec: Json) -> dict[str, str]:
    return {str(one.get("const")): str(one.get("title", one.get("const"))) for one in spec.get("oneOf", ())}


def _document(document_id: str, around: Around) -> Markup:
    known = around.files.get(document_id)
    name = known.name if known else around.say("Lihat berkas")
    about = f" ({size(known.size, around.language)})" if known else ""
    return paper_link(document_id, name, around) + about


def paper_link(document_id: str, name: str, around: Around) -> Markup:
    """A link to a paper. Beside a form that is not to be left it opens a new tab, and says so."""
    url = around.document_url(document_id)
    if not around.apart:
        return Markup('<a class="paper" href="{}">{}</a>').format(url, name)
    return Markup(
        '<a class="paper" href="{}" target="_blank" rel="noopener">{}<span class="new-tab"> ({})</span></a>'
    ).format(url, name, around.say("tab baru"))


def size(count: int, language: str = DEFAULT) -> str:
    """Bytes in the unit a person would say."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{format_decimal(count / 1_000_000, '0.0', locale=language)} MB"


def _list(values: Any, spec: Json, around: Around) -> Markup:
    items = [Markup("<li>{}</li>").format(shown(one, spec, around)) for one in values]
    return Markup('<ul class="several">{}</ul>').format(Markup().join(items))


def _object(value: Mapping[str, Any], spec: Json, around: Around) -> Markup:
    parts = spec.get("properties", {})
    lines = [
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            parts.get(name, {}).get("title", name), shown(one, parts.get(name, {}), around)
        )
        for name, one in value.items()
    ]
    return Markup('<dl class="inside">{}</dl>').format(Markup().join(lines))


def _because(verdict: Mapping[str, Any], spec: Json, around: Around) -> str:
    """Why an answer was rejected: the reason chosen from the list, then the writer's own words."""
    offered = {one["const"]: one["x-titles"] for one in spec.get("x-reasons", ())}
    titles = offered.get(verdict.get("alasan"), {})
    chosen = titles.get(around.language) or titles.get(DEFAULT) or ""
    own = verdict.get("keterangan") if titles or offered else verdict.get("alasan")
    if chosen and own:
        return Markup("{}. {}").format(chosen, around.typed(own))
    return chosen or (around.typed(own) if own else around.say("tidak sesuai"))


def _checklist(value: Mapping[str, Any], spec: Json, around: Around) -> Markup:
    """How many items are ticked, and each that was waived with its reason."""
    items = [(str(one["title"]), value.get(one["id"]) or {}) for one in spec["x-checklist"]["items"]]
    ticked = sum(one.get("tanda") is True for _, one in items)
    said = around.say("%(ticked)s dari %(count)s dicentang", ticked=ticked, count=len(items))
    lines = [
        Markup('<li class="verdict-wrong"><strong>{}</strong>: {}</li>').format(
            title, around.say("tidak dapat dipenuhi, karena %(reason)s", reason=one["alasan"])
        )
        for title, one in items
        if one.get("alasan") and one.get("tanda") is not True
    ]
    return Markup('{}<ul class="several">{}</ul>').format(said, Markup().join(lines)) if lines else escape(said)


def _verdicts(value: Mapping[str, Any], spec: Json, around: Around) -> Markup:
    earlier = around.answered.get(str(spec.get("x-verdicts-of")))
    titles = (earlier.schema if earlier else {}).get("properties", {})
    wrong = {name: one for name, one in value.items() if one.get("hasil") != "sesuai"}
    right = len(value) - len(wrong)
    lines = [
        Markup('<li class="verdict-wrong"><strong>{}</strong>: {}</li>').format(
            titles.get(name, spec.get("properties", {}).get(name, {})).get("title", name),
            _because(one, spec, around),
        )
        for name, one in wrong.items()
    ]
    said = around.say("%(right)s sesuai, %(wrong)s tidak sesuai", right=right, wrong=len(wrong))
    return Markup('{}<ul class="several">{}</ul>').format(said, Markup().join(lines)) if lines else escape(said)
