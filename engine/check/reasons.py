"""The lists of reasons for asking an applicant, and the forms that offer them: words in both languages, known names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from engine.reasons import ANSWERS, OWN, PAPERS, SHARED, read_reasons, tables_of

from .found import SCHEMA, Files, Found, json_object

_KNOWN = frozenset({"title", "sentence", "of", "en"})


def check_reasons(files: Files, found: Found) -> None:
    """Everything wrong with the service's list, the city's, and what forms ask of them."""
    for path in (OWN, SHARED):
        _torn(path, files, found)
        for name, said in tables_of(files.contents, path).items():
            _words(path, name, said, found)
    known = read_reasons(files.contents)
    for form, field, wanted in _offers(files):
        _offered(form, field, wanted, known, found)


def _torn(path: str, files: Files, found: Found) -> None:
    try:
        tomllib.loads(files.contents.get(path, b"").decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        found.error(path, "", "toml", f"cannot be read as TOML ({error}); mend it")


def _words(path: str, name: str, said: Any, found: Found) -> None:
    if not isinstance(said, Mapping):
        found.error(path, name, "reason-words", f"is no table; write [{name}] with title and sentence")
        return
    for where, words in (("", said), (".en", said.get("en"))):
        for part in ("title", "sentence"):
            if not isinstance(words, Mapping) or not isinstance(words.get(part), str) or not words[part].strip():
                found.error(path, name, "reason-words", f"[{name}{where}] has no {part}; write it")
    for word in sorted(set(said) - _KNOWN):
        found.error(path, name, "reason-word", f"does not know “{word}”; known are {', '.join(sorted(_KNOWN))}")
    if said.get("of", PAPERS) not in (PAPERS, ANSWERS):
        found.error(path, name, "reason-of", f'of is "{PAPERS}" or "{ANSWERS}"; leave it out for both')


def _offers(files: Files) -> Iterator[tuple[str, str, Any]]:
    """What each field of each form asks for with `x-reasons`; a field inside a row by `field.inner`."""
    for form in files.below("forms/", SCHEMA):
        waiting = [("", json_object(files.contents[f"forms/{form}{SCHEMA}"]))]
        while waiting:
            where, part = waiting.pop()
            if "x-reasons" in part:
                yield form, where, part["x-reasons"]
            inside = part.get("items") if part.get("type") == "array" else part
            parts = inside.get("properties") if isinstance(inside, Mapping) else None
            below = parts.items() if isinstance(parts, Mapping) else ()
            waiting += [(f"{where}.{name}".lstrip("."), one) for name, one in below if isinstance(one, Mapping)]


def _offered(form: str, field: str, wanted: Any, known: Mapping[str, Any], found: Found) -> None:
    path = f"forms/{form}{SCHEMA}"
    if wanted is not True and not (isinstance(wanted, list) and wanted):
        found.error(path, field, "reasons", "x-reasons is true for the whole list, or names reasons of it")
        return
    if not known:
        found.error(path, field, "unknown-reason", f"offers reasons, but there are none; write {OWN}")
    for name in wanted if isinstance(wanted, list) else ():
        if name not in known:
            told = f"offers “{name}”, which is no reason; known are {', '.join(sorted(known))}"
            found.error(path, field, "unknown-reason", told)
