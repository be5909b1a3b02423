"""Why applicants are asked for more, as a list in a file: what colleagues choose, and what is then read.

`reasons.toml` of a service stands over the city's beside all services, entry by entry. Knows no form: a form says with
`x-reasons` that it offers them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OWN, SHARED = "reasons.toml", "city/reasons.toml"
"""Where the two lists lie in a version."""
PAPERS, ANSWERS = "papers", "answers"
LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Reason:
    """`titles` is what colleagues choose, `sentences` what the applicant reads, both by language.

    `of` is what it can be said of: PAPERS, ANSWERS, or both where it is empty.
    """

    id: str
    titles: Mapping[str, str]
    sentences: Mapping[str, str]
    of: str = ""


def read_reasons(files: Mapping[str, bytes]) -> dict[str, Reason]:
    """The reasons of a version by id, those of the service first. A torn file is as if it were not there."""
    own, shared = tables_of(files, OWN), tables_of(files, SHARED)
    return {name: _reason(name, said) for name, said in {**shared, **own}.items() if isinstance(said, Mapping)}


def tables_of(files: Mapping[str, bytes], path: str) -> dict[str, Any]:
    """The tables of one list as written, in their order."""
    try:
        return tomllib.loads(files.get(path, b"").decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return {}


def offered(wanted: object, reasons: Mapping[str, Reason]) -> list[Reason]:
    """Those that a form offers: all where `x-reasons` is true, else those it names, in its order."""
    if wanted is True:
        return list(reasons.values())
    return [reasons[name] for name in wanted if name in reasons] if isinstance(wanted, Iterable) else []


def _reason(name: str, said: Mapping[str, Any]) -> Reason:
    words = {"id": said, "en": said.get("en")}
    titles, sentences = (_by_language(words, part) for part in ("title", "sentence"))
    return Reason(name, titles, sentences, str(said.get("of", "")))


def _by_language(words: Mapping[str, Any], part: str) -> dict[str, str]:
    found = {one: said.get(part) for one, said in words.items() if isinstance(said, Mapping)}
    return {one: text for one, text in found.items() if isinstance(text, str)}
