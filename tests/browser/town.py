"""A town to walk through: an office served over HTTP, its staff, and the browsers people sit at.

A town has one way in which everybody looks at it: on a phone without JavaScript, or on a screen with it. What a page
does wrong meanwhile (an error in the console, a refused style, an answer that is an error, a page wider than its
screen, a violation of WCAG that axe finds) is collected and ends the test.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from engine.model import Post
from tests.browser.inspecting import Inspector
from tests.builders import ROOT, Office, office_in
from webapp import create_app

PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 900}
SERVICES = ("krk", "iptb", "complaint")
PASSWORD = "a password for walks"
SCREENSHOTS = "JANJI_SCREENSHOTS"
"""Names a folder where pictures of the main pages are kept."""
_OVER = re.compile(r"/t/[^/]+/tugas/")
"""What a citizen was asked for is gone once it is answered, so such a page is not looked at again."""
_BEGUN = """() => {
    const comfort = document.querySelector('script[src*="comfort.js"]');
    const places = comfort ? [...document.querySelectorAll("[data-comfort]")] : [];
    return Promise.allSettled(places.map(({dataset}) => import(new URL(`./${dataset.comfort}.js`, comfort.src))));
}"""
_WIDER = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"


@dataclass(frozen=True)
class Way:
    """How everybody in a town looks at its pages."""

    name: str
    viewport: dict[str, int]
    javascript: bool


BY_PHONE = Way("phone", PHONE, javascript=False)
BY_SCREEN = Way("screen", SCREEN, javascript=True)
both_ways = pytest.mark.parametrize("way", [BY_PHONE, BY_SCREEN], ids=lambda way: way.name)
"""Everything is done on a phone without JavaScript, and once more on a screen with it."""


@dataclass
class Town:
    """The city, its address, who sits where, and everything that went wrong on any page."""

    office: Office
    browser: Browser
    address: str
    way: Way = BY_PHONE
    reads: Callable[[Page], list[str]] | None = None
    """Who looks at each page and tells what is wrong with it; nobody named, axe does."""
    faults: list[str] = field(default_factory=list)
    _seats: dict[str, Page] = field(default_factory=dict)
    _seen: dict[str, dict[str, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._inspector = Inspector(self.browser)

    def phone(self, name: str = "citizen") -> Page:
        """The browser of a citizen, always the same for one name."""
        return self._seat(name)

    def scripted_phone(self, name: str) -> Page:
        """The phone of a citizen whose browser runs scripts."""
        return self._seat(name, viewport=PHONE, java_script_enabled=True, has_touch=True)

    def desk(self, who: str) -> Page:
        """The screen of a colleague, `role` or `role@unit`. The account is made when they first sit down."""
        if who not in self._seats:
            role, _, unit = who.partition("@")
            self.office.janji.accounts.add(
                login(who), f"Petugas {login(who)}", "", PASSWORD, frozenset({Post(role, unit or None)})
            )
        return self._seat(who)

    def go(self, page: Page, path: str) -> None:
        """Open a page and look at it."""
        page.goto(self.address + path)
        self.inspect(page)

    def press(self, what: Locator) -> None:
        """Press a link or a button that leads to another page, be there and look at it."""
        with what.page.expect_event("load"):
            what.click()
        self.inspect(what.page)

    def refused(self, what: Locator) -> None:
        """Press a button, be told that something is wrong, and look at the page that says so."""
        with self._answering(422):
            self.press(what)

    def missing(self, page: Page, path: str) -> None:
        """Open what is not there, and look at the page that says so."""
        with self._answering(404):
            self.go(page, path)

    @contextmanager
    def _answering(self, status: int) -> Iterator[None]:
        """A refusal that is meant is no fault, and its address nothing to open again."""
        before, seen = len(self.faults), {name: dict(pages) for name, pages in self._seen.items()}
        yield
        for name, pages in seen.items():
            self._seen[name].clear()
            self._seen[name].update(pages)
        self.faults[before:] = [
            one for one in self.faults[before:] if not re.search(rf"\b(of|answered) {status}\b", one)
        ]

    def inspect(self, page: Page) -> None:
        """Note as a fault whatever is wrong with this page as it stands: wider than its screen, or against WCAG."""
        settle(page)
        if (wider := page.evaluate(_WIDER)) > 0:
            self.faults.append(f"{_path(page.url)} is {wider} px wider than its screen")
        if self.reads:
            self.faults += [f"{_path(page.url)}: {fault}" for fault in self.reads(page)]
        else:
            self.faults += self._inspector.inspect(page)

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of a page if somebody wants pictures."""
        if folder := os.environ.get(SCREENSHOTS):
            page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]

    def print_due(self) -> None:
        """Print and sign what was issued, in a thread of its own: this one belongs to Chromium."""
        with ThreadPoolExecutor(1) as background:
            background.submit(self.office.janji.printing.print_due).result()

    def look_again(self, at: str = "") -> None:
        """Look once more at every page that was seen, the other way; `at` is a pattern that its address must hold."""
        for name, page in self._seats.items():
            self._look_again(page.context, [path for path in self._seen[name] if re.search(at, path)])

    def everybody_leaves(self) -> None:
        """Everybody goes home; nothing may have been wrong with any page."""
        for page in self._seats.values():
            page.context.close()
        self._inspector.close()
        if self.faults:
            raise AssertionError("\n".join(self.faults))

    def _look_again(self, seat: BrowserContext, paths: list[str]) -> None:
        other = BY_SCREEN if self.way is BY_PHONE else BY_PHONE
        again = self.browser.new_context(**_as(other), storage_state=seat.storage_state())
        page = again.new_page()
        self._listen(page)
        for path in paths:
            self.go(page, path)
        again.close()

    def _seat(self, name: str, **how: Any) -> Page:
        if name not in self._seats:
            context = self.browser.new_context(**{**_as(self.way), **how})
            context.set_default_timeout(30_000)
            page = context.new_page()
            self._listen(page)
            seen = self._seen.setdefault(name, {})
            page.on("domcontentloaded", lambda page: _OVER.search(page.url) or seen.setdefault(_path(page.url)))
            self._seats[name] = page
        return self._seats[name]

    def _listen(self, page: Page) -> None:
        page.on("console", lambda said: said.type == "error" and self._fault(page, said.text))
        page.on("pageerror", lambda broken: self._fault(page, str(broken)))
        page.on("response", self._answered)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.request.method} {_path(answer.url)} answered {answer.status}")

    def _fault(self, page: Page, text: str) -> None:
        self.faults.append(f"{_path(page.url)}: {text}")


def settle(page: Page) -> None:
    """Wait until every comfort that scripts add to this page has begun."""
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        page.evaluate(_BEGUN)


def _as(way: Way) -> dict[str, Any]:
    return {"viewport": way.viewport, "java_script_enabled": way.javascript, "locale": "id-ID"}


def login(who: str) -> str:
    """How a colleague signs in: `penghubung@dpu` as `penghubung.dpu`."""
    return who.replace("@", ".")


def _path(url: str) -> str:
    """The path of an address; a secret link shortened to what can be told in a message is still the whole path."""
    return re.sub(r"^https?://[^/]+", "", url)


@contextmanager
def open_town(
    folder: Path, browser: Browser, services: Sequence[str] = SERVICES, way: Way = BY_PHONE, **settings: Any
) -> Iterator[Town]:
    """A city in a folder, served on a free port of the loopback address until the block ends."""
    door = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    office = office_in(folder, base_url=address, **settings)
    for service in services:
        office.publish(ROOT / "processes" / service)
    # A town for a whole module keeps many browsers connected; beyond its limit the server hears nobody any more.
    server: Any = waitress.create_server(
        create_app(office.janji), sockets=[door], threads=4, connection_limit=500, asyncore_use_poll=True
    )
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    try:
        yield Town(office, browser, address, way)
    finally:
        server.close()
        serving.join(10)
        office.janji.close()
