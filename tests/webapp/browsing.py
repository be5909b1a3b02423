"""A browser without a browser: a test client that sends the hidden fields of a form as a page gave them."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

from werkzeug.test import TestResponse

from webapp import create_app


class Visitor:
    """One person with one browser, at one front door."""

    def __init__(self, janji: SimpleNamespace) -> None:
        self.janji = janji
        self.client = create_app(janji).test_client()

    def get(self, path: str, **how: Any) -> TestResponse:
        return self.client.get(path, **how)

    def send(self, path: str, answers: dict[str, Any], page: TestResponse | None = None) -> TestResponse:
        """Post the form that the page at `path` shows (or the one on `page`), hidden fields included."""
        shown = page or self.get(path)
        return self.client.post(path, data={**hidden(shown), **answers})


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the last form on a page."""
    last = page.text.rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', last))


def words(page: TestResponse) -> str:
    """What a person reads on a page: no markup, no pictures, white space as one blank."""
    body = re.sub(r"<(svg|head|style).*?</\1>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace(" .", ".").replace(" ,", ",")


def headings(page: TestResponse) -> list[str]:
    """The second-level headings of a page, in order."""
    return [unescape(text) for text in re.findall(r"<h2[^>]*>(.*?)</h2>", page.text, flags=re.DOTALL)]
