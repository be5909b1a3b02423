"""A town to walk through: an office served over HTTP, its staff, and the browsers people sit at.

Every browser here has JavaScript off, except the phones that are asked for with it. What a page does wrong meanwhile
(an error in the console, a refused style, an answer that is an error, a page wider than a phone) is collected and ends
the test.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import waitress
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from engine.model import Post
from tests.builders import ROOT, Office, office_in
from webapp import create_app

PHONE = {"width": 360, "height": 740}
OFFICE_SCREEN = {"width": 1280, "height": 900}
SERVICES = ("krk", "iptb", "complaint")
PASSWORD = "a password for walks"
SCREENSHOTS = "JANJI_SCREENSHOTS"
"""Names a folder where pictures of the main pages are kept."""
_OVER = re.compile(r"/t/[^/]+/tugas/")
"""What a citizen was asked for is gone once it is answered, so such a page is not looked at again."""
_WIDER = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth"


@dataclass
class Town:
    """The city, its address, who sits where, and everything that went wrong on any page."""

    office: Office
    browser: Browser
    address: str
    faults: list[str] = field(default_factory=list)
    _seats: dict[str, Page] = field(default_factory=dict)
    _seen: dict[str, dict[str, None]] = field(default_factory=dict)
    _pictures: int = 0

    def phone(self, name: str = "citizen") -> Page:
        """The phone of a citizen, always the same for one name."""
        return self._seat(name, PHONE)

    def scripted_phone(self, name: str) -> Page:
        """The phone of a citizen whose browser runs scripts."""
        return self._seat(name, PHONE, java_script_enabled=True, has_touch=True)

    def desk(self, who: str) -> Page:
        """The screen of a colleague, `role` or `role@unit`. The account is made when they first sit down."""
        if who not in self._seats:
            role, _, unit = who.partition("@")
            self.office.janji.accounts.add(
                login(who), f"Petugas {login(who)}", "", PASSWORD, frozenset({Post(role, unit or None)})
            )
        return self._seat(who, OFFICE_SCREEN)

    def go(self, page: Page, path: str) -> None:
        page.goto(self.address + path)

    def press(self, what: Locator) -> None:
        """Press a link or a button that leads to another page, and be there."""
        with what.page.expect_event("load"):
            what.click()

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of a page if somebody wants pictures, and see that the page fits a phone."""
        self.fits_a_phone(page)
        if folder := os.environ.get(SCREENSHOTS):
            self._pictures += 1
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def fits_a_phone(self, page: Page) -> None:
        """Note a fault when this page, as it stands now, has to be moved sideways at 360 px."""
        size = page.viewport_size
        page.set_viewport_size(PHONE)
        wider = page.evaluate(_WIDER)
        page.set_viewport_size(size)
        if wider > 0:
            self.faults.append(f"{_path(page.url)} is {wider} px wider than a phone")

    def print_due(self) -> None:
        """Print and sign what was issued, in a thread of its own: this one belongs to Chromium."""
        with ThreadPoolExecutor(1) as background:
            background.submit(self.office.janji.printing.print_due).result()

    def everybody_leaves(self) -> None:
        """Look once more at every page that was seen, on a phone with JavaScript on; then nothing may be wrong."""
        for name, page in self._seats.items():
            self._look_again(page.context, list(self._seen[name]))
        if self.faults:
            raise AssertionError("\n".join(self.faults))

    def _look_again(self, seat: BrowserContext, paths: list[str]) -> None:
        again = self.browser.new_context(viewport=PHONE, storage_state=seat.storage_state())
        page = again.new_page()
        self._listen(page)
        for path in paths:
            self.go(page, path)
            self.fits_a_phone(page)
        again.close()
        seat.close()

    def _seat(self, name: str, viewport: dict[str, int], **how: Any) -> Page:
        if name not in self._seats:
            how = {"java_script_enabled": False, "viewport": viewport, "locale": "id-ID", **how}
            context = self.browser.new_context(**how)
            context.set_default_timeout(10_000)
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


def login(who: str) -> str:
    """How a colleague signs in: `penghubung@dpu` as `penghubung.dpu`."""
    return who.replace("@", ".")


def _path(url: str) -> str:
    """The path of an address; a secret link shortened to what can be told in a message is still the whole path."""
    return re.sub(r"^https?://[^/]+", "", url)


@contextmanager
def open_town(folder: Path, browser: Browser, services: Sequence[str] = SERVICES, **settings: Any) -> Iterator[Town]:
    """A city in a folder, served on a free port of the loopback address until the block ends."""
    door = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    office = office_in(folder, base_url=address, **settings)
    for service in services:
        office.publish(ROOT / "processes" / service)
    server: Any = waitress.create_server(create_app(office.janji), sockets=[door], threads=4)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    try:
        yield Town(office, browser, address)
    finally:
        server.close()
        serving.join(10)
        office.janji.close()
