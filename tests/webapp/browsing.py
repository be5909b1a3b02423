"""A browser without a browser: a test client that sends the hidden fields of a form as a page gave them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from werkzeug.test import TestResponse

from engine.model import Post
from engine.stories.playing import with_papers
from tests.builders import Office
from webapp import create_app

PASSWORD = "semarang-2026"


class Visitor:
    """One person with one browser, at one front door."""

    def __init__(self, janji: SimpleNamespace) -> None:
        self.janji = janji
        self.client = create_app(janji).test_client()

    def get(self, path: str, **how: Any) -> TestResponse:
        return self.client.get(path, **how)

    def send(self, path: str, answers: dict[str, Any], page: TestResponse | None = None) -> TestResponse:
        """Post the form that the page at `path` shows (or the one on `page`), hidden fields included.

        Of several forms it is the one that goes there, else the last.
        """
        shown = page or self.get(path)
        there = f'action="{path}"'
        return self.client.post(path, data={**hidden(shown, there if there in shown.text else "csrf_token"), **answers})


def seat(office: Office, roles: Mapping[str, str]) -> None:
    """Give each login an account with the role named beside it, in the unit where that role sits."""
    for login, role in roles.items():
        post = Post(role, office.janji.city.roles[role].unit or None)
        office.janji.accounts.add(login, login.title(), "", PASSWORD, frozenset({post}))


def browsers(office: Office) -> Callable[[str], Visitor]:
    """Somebody's browser, signed in when it is first asked for; one for each person."""

    @cache
    def at(login: str) -> Visitor:
        visitor = Visitor(office.janji)
        visitor.send("/masuk", {"pengguna": login, "sandi": PASSWORD})
        return visitor

    return at


def asked(page: TestResponse) -> set[str]:
    """Names of what a page asks for, on the first level of its form."""
    return {name.partition(".")[0] for name in re.findall(r'name="([a-z_.0-9]+)"', page.text)}


def fill_in_parts(visitor: Visitor, address: str, answers: dict[str, Any], but: tuple[str, ...] = ()) -> list[str]:
    """Fill in the parts of a long form from its list at `address`, each saved by itself; returns where each post led.

    Answers are those of a story; `but` names parts to leave alone.
    """
    led = []
    for part in re.findall(rf'href="{address}/([a-z_]+)"[^>]*aria-describedby', visitor.get(address).text):
        page = visitor.get(f"{address}/{part}")
        mine = {name: value for name, value in answers.items() if name in asked(page)}
        if mine and part not in but:
            led.append(send_as_told(visitor, f"{address}/{part}", {**mine, "aksi": "daftar"}, page).headers["Location"])
    return led


def send_as_told(
    visitor: Visitor, path: str, answers: dict[str, Any], page: TestResponse | None = None
) -> TestResponse:
    """Post answers as a story tells them: papers made up, ticks as a browser posts them."""
    given, uploads = with_papers(answers)
    files = {name: [(BytesIO(data), file) for file, data in papers] for name, papers in uploads.items()}
    texts = {name: "true" if value is True else value for name, value in given.items()}
    return visitor.send(path, {**texts, **files}, page)


def hidden(page: TestResponse, of: str = "csrf_token") -> dict[str, str]:
    """The hidden fields of the last form on a page that holds a text, else of the last that is posted."""
    last = next(form for form in reversed(page.text.split("<form")) if of in form)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', last))


def words(page: TestResponse) -> str:
    """What a person reads on a page: no markup, no pictures, white space as one blank."""
    body = re.sub(r"<(svg|head|style).*?</\1>", " ", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace(" .", ".").replace(" ,", ",")


def headings(page: TestResponse) -> list[str]:
    """The second-level headings of a page, in order."""
    return [unescape(text) for text in re.findall(r"<h2[^>]*>(.*?)</h2>", page.text, flags=re.DOTALL)]
