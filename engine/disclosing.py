"""What anybody may know of an issued paper: initials, and the facts that its service makes public.

The same words stand on the page that checks a paper and in the paper's own code. Knows no page and no key.

`[check.<name>]` of a service's texts makes a fact public: `title`, and `from`, its path in the data at issue. `as` says
how it is written (`kelurahan`, or `word:<kind>` for a code of `[letters.<kind>]`), `unit` stands behind a number, and
`code = true` puts it into the QR code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from .forms import value_at
from .model import Disclosed, Json
from .sealing import is_sealed
from .texts import DEFAULT, Texts

if TYPE_CHECKING:
    from .city import Region

_WORD: Final = "word:"
KELURAHAN: Final = "kelurahan"
WAYS: Final = (KELURAHAN, _WORD)
"""How a fact may be written; the second begins the name of a table of `[letters]`."""


def initials(name: str) -> str:
    """`Siti Rahmawati` → `S. R.`: enough to compare with a paper, too little to look somebody up."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def disclosed(texts: Texts, language: str, data: Json, regions: Mapping[str, Region]) -> Iterator[Disclosed]:
    """The public facts of a paper in the order of the file. What is not known, and what is sealed, is left out."""
    told = texts.find(language, "check") or {}
    ways = texts.find(DEFAULT, "check") or {}
    for name, words in told.items():
        way = {**ways.get(name, {}), **words}
        value = value_at(data, str(way["from"]))
        if value not in (None, "", 0) and not is_sealed(value):
            written = _written(value, way, texts, language, regions)
            yield Disclosed(str(way["title"]), written, bool(way.get("code")))


def _written(value: Any, way: Mapping[str, Any], texts: Texts, language: str, regions: Mapping[str, Region]) -> str:
    how, unit = str(way.get("as", "")), str(way.get("unit", ""))
    if how == KELURAHAN and str(value) in regions:
        return regions[str(value)].name
    if how.startswith(_WORD):
        return texts.say(language, "letters", how.removeprefix(_WORD), str(value), default=str(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{_number(value, language)} {unit}".rstrip()
    return str(value)


def _number(value: float, language: str) -> str:
    """`1250.5` → `1.250,5` for Indonesian readers, `1,250.5` for English ones."""
    english = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return english.translate(str.maketrans(",.", ".,")) if language == DEFAULT else english
