"""What a service lets anybody read of its papers: it must be said properly, and it must not tell who somebody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.lint import Outline
from engine.disclosing import WAYS
from engine.forms.personal import personal
from engine.texts import DEFAULT

from .found import SCHEMA, UI, Files, Found, json_object
from .told import texts_of

FILE = f"texts/{DEFAULT}.toml"


def check_disclosed(drawn: Outline, files: Files, found: Found) -> None:
    """`[check.<name>]` and `[papers.<kind>]` of a service that issues papers."""
    words = texts_of(DEFAULT, files)
    rows = words.get("check", {})
    for name, row in rows.items() if isinstance(rows, Mapping) else ():
        for code, message in _wrong(row if isinstance(row, Mapping) else {}, files):
            found.error(FILE, name, code, message)
    papers = words.get("papers", {})
    for element, kind in dict.fromkeys(drawn.letters):
        if not isinstance(papers, Mapping) or not isinstance(papers.get(kind), Mapping):
            message = f"issues “{kind}”, but the page that checks it has no name for it; add [papers.{kind}] name"
            found.warn(FILE, element, "no-paper-name", message)


def _wrong(row: Mapping[str, Any], files: Files) -> Iterator[tuple[str, str]]:
    source, how = row.get("from"), str(row.get("as", ""))
    if not isinstance(row.get("title"), str) or not isinstance(source, str):
        yield "check-incomplete", "needs a title and from, the path of an answer; write both"
        return
    if how and not how.startswith(WAYS):
        yield "check-as", f"is written as “{how}”; known are kelurahan and word:<table of [letters]>"
    form, _, field = source.partition(".")
    schema = json_object(files.contents.get(f"forms/{form}{SCHEMA}", b"{}"))
    if field in personal(schema, json_object(files.contents.get(f"forms/{form}{UI}", b"{}"))):
        yield "check-personal", f"would tell anybody {source}, which says who somebody is; take it out"
