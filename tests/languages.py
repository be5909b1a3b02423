"""Which words are Indonesian, learnt from the product's own texts, and what a page in English still says in it.

No list of words to keep: a word is Indonesian when our Indonesian texts use it and none of our English ones does. Names
that English keeps (kelurahan, Perda, KRK) are used by the English texts too, so they pass; the names of people and
places are in neither. Whatever else stays Indonesian on an English page has to say so with `lang="id"`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from lxml import etree, html

from tests.builders import ROOT
from webapp.frame.words import catalogue

_FACT = re.compile(r"%\(\w+\)s|\$\w+|\$\{\w+\}|https?://\S+|\S+@\S+|\S+\.\w{3,4}\b|\S*[/_]\S*")
"""What is no word: a placeholder, an address, a file, a path."""
_UNREAD = frozenset({"style", "script", "textarea", "code"})
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")  # a code such as 3BM5YA holds no word


def left_indonesian(texts: Iterable[str]) -> list[str]:
    """Those texts that hold Indonesian words, each with the words."""
    found = {text: sorted(words(_places().sub(" ", text)) & indonesian()) for text in texts}
    return [f"{text!r}: {', '.join(told)}" for text, told in found.items() if told]


def left_in_page(markup: str) -> list[str]:
    """The same of a whole page in English: of its texts and the names of its parts that are not marked otherwise."""
    page = html.fromstring(markup)
    english = [one for one in page.iter(etree.Element) if _language(one) == "en"]
    said = [one.get(name) for one in english for name in ("aria-label", "title", "placeholder", "alt")]
    said += [one.text for one in english if one.tag not in _UNREAD]
    said += [one.tail for one in page.iter() if one.getparent() is not None and _language(one.getparent()) == "en"]
    return left_indonesian(dict.fromkeys(" ".join(text.split()) for text in said if text))


def _language(element: Any) -> str:
    return next(
        (str(one.get("lang")) for one in (element, *element.iterancestors()) if one.get("lang") is not None), ""
    )


@cache
def indonesian() -> frozenset[str]:
    """Words that our Indonesian texts use and our English ones do not."""
    return _words_of(_texts("id")) - _words_of(_texts("en"))


@cache
def _places() -> re.Pattern[str]:
    """Names of kecamatan and kelurahan. Some are words too: Sawah Besar."""
    rows = (ROOT / "processes" / "regions.csv").read_text(encoding="utf-8").splitlines()[1:]
    return re.compile("|".join(rf"\b{re.escape(row.split(',')[2])}\b" for row in rows))


def words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(_FACT.sub(" ", text)))


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(words(text) for text in texts))


def _texts(language: str) -> Iterator[str]:
    """Every text of ours in one language: the pages' words, the services' and those that all services share."""
    for path in sorted([*ROOT.glob(f"processes/*/texts/{language}.toml"), ROOT / f"engine/common/{language}.toml"]):
        yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    if language == "en":
        yield from chain.from_iterable((one,) if isinstance(one, str) else one for one in catalogue("en").values())
        return
    yield from catalogue("en")
    for path in sorted(ROOT.glob("forms/*/*.json")):
        yield from _told(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(ROOT.glob("processes/*/process.bpmn")):
        yield from (str(one) for one in etree.parse(path).xpath("//@name"))


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        yield from chain.from_iterable(map(_strings, told.values() if isinstance(told, dict) else told))


def _told(form: Any) -> Iterator[str]:
    """What a form file says to people: its titles, helps and consequences, none of its names and codes."""
    if isinstance(form, list):
        yield from chain.from_iterable(map(_told, form))
    if isinstance(form, dict):
        for name, value in form.items():
            if name in ("title", "description", "ui:help", "ui:submit") and isinstance(value, str):
                yield value
            else:
                yield from _strings(value) if name == "ui:consequences" else _told(value)
