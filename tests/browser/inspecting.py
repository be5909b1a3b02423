"""Accessibility: every page, as it stands, asked by axe-core for violations of WCAG 2.2 A and AA, in light and in dark.

Colours are asked about, in light and in dark, where a page shows anything that no page of this size showed before.
axe needs scripts. A page on a phone without them is therefore shown once more, by its markup, to a browser that has
them and runs none of the page's own.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
_NO_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
"""Leaves colours out: those of this page were all asked about before."""
_ASK = """(how) => axe.run(document, {...how, resultTypes: ["violations"], preload: false}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => [id, html, failureSummary])))"""
_CHAINS = """() => {
    const kind = (one) => one ? one.localName + "." + [...one.classList].sort().join(".") : "";
    return [...new Set([...document.body.querySelectorAll("*")].map((one) =>
        [one.parentElement?.parentElement, one.parentElement, one].map(kind).join(" > ")))];
}"""
"""What a colour can depend on here: an element, what holds it and what holds that, by name and class."""
_VARIES = re.compile(
    r'''[a-z2-7]{24,}|[0-9a-f]{8,}|\d+|<input\stype="hidden"[^>]*>|nonce="[^"]*"
    |(?<=>)[^<>]*\w[^<>]*(?=<)|\b(?:href|action|value|content)="[^"]+"''',
    re.VERBOSE,
)
"""Secrets, numbers, guards, words of a sentence, aims of a link: pages that differ in these alone are one to axe."""


class Seen:
    """What any worker of this run of tests has shown to axe, so that none shows it again."""

    def __init__(self) -> None:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        path = Path(tempfile.gettempdir(), f"janji-axe-{run}.sqlite")
        atexit.register(path.unlink, missing_ok=True)
        self._marks = sqlite3.connect(path if run else ":memory:", timeout=60, isolation_level=None)
        self._marks.execute("CREATE TABLE IF NOT EXISTS seen (mark TEXT PRIMARY KEY) WITHOUT ROWID")

    def anything_new(self, marks: Iterable[str]) -> bool:
        """Whether one of these was never seen; from now on all of them were."""
        before = self._marks.total_changes
        self._marks.execute("BEGIN IMMEDIATE")
        self._marks.executemany("INSERT OR IGNORE INTO seen VALUES (?)", [(mark,) for mark in marks])
        self._marks.execute("COMMIT")
        return self._marks.total_changes > before


@cache
def _seen() -> Seen:
    return Seen()


class Inspector:
    """Asks axe about pages, each state of a page once per size of screen."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._table: Page | None = None

    def inspect(self, page: Page) -> list[str]:
        """What axe finds on this page as it stands: page, rule, element and what to do."""
        markup, size = page.content(), page.viewport_size or {}
        scripts = "scripts" if _runs_scripts(page) else "no scripts"
        mark = hashlib.sha256(f"{size}{scripts}{_VARIES.sub('0', markup)}".encode()).hexdigest()
        if not _seen().anything_new([mark]):
            return []
        shown = page if scripts == "scripts" else self._show(page, markup)
        shown.evaluate(AXE_SCRIPT + ";0")
        chains = [f"{size.get('width')}: {chain}" for chain in shown.evaluate(_CHAINS)]
        coloured = _seen().anything_new(chains)
        found = shown.evaluate(_ASK, {"runOnly": RULES, **({} if coloured else _NO_COLOURS)})
        found += _in_the_dark(shown) if coloured else []
        where = re.sub(r"^https?://[^/]+", "", page.url)
        return [
            f"axe: {where} at {size.get('width')} px, {scripts}: {rule}: {html[:200]}\n    {what}"
            for rule, html, what in found
        ]

    def close(self) -> None:
        if self._table:
            self._table.context.close()

    def _show(self, page: Page, markup: str) -> Page:
        """The same markup at the same address and size, with scripts for axe and none for the page."""
        if self._table is None:
            self._table = self._browser.new_context(locale="id-ID", service_workers="block").new_page()
        table = self._table
        table.set_viewport_size(page.viewport_size or {"width": 360, "height": 740})

        def answer(asked: Route) -> None:
            if asked.request.is_navigation_request():
                asked.fulfill(body=markup, content_type="text/html; charset=utf-8")
            elif asked.request.resource_type == "script":
                asked.abort()
            else:
                asked.continue_()

        table.route("**/*", answer)
        table.goto(page.url)
        table.unroute("**/*")
        return table


def _in_the_dark(shown: Page) -> list[list[str]]:
    shown.emulate_media(color_scheme="dark")
    found = shown.evaluate(_ASK, {"runOnly": ["color-contrast"]})
    shown.emulate_media(color_scheme="light")
    return [["dark: " + rule, *rest] for rule, *rest in found]


def _runs_scripts(page: Page) -> bool:
    return bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))
