"""How citizens' forms reach their papers, and how a paper leaves the house: saved, never run. Knows no case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

from flask import Response, send_file

from engine.model import Document
from engine.views import FormView
from webapp.forms.fields import Around
from webapp.frame.access import janji
from webapp.frame.filters import day, moment
from webapp.frame.words import ServiceWords, as_typed, language, say


def attachment(document: Document, content: bytes) -> Response:
    """A paper to be saved, never shown by the browser: what people upload must not run on our address."""
    answer = send_file(BytesIO(content), document.mime, as_attachment=True, download_name=document.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def around(words: ServiceWords, view: FormView, document_url: Callable[[str], str]) -> Around:
    """What the fields of a citizen's form need from outside; `document_url` leads to a paper by its id."""
    return Around(
        say=say,
        regions=janji().city.regions,
        centre=janji().city.map,
        document_url=document_url,
        date_words=_dated,
        words=words.in_form,
        files=view.files,
        typed=as_typed,
        language=language(),
    )


def _dated(value: date | datetime) -> str:
    return moment(value) if isinstance(value, datetime) else day(value)
