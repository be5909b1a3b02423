"""A browser and a town for the walks: Debian's Chromium, a real server on the loopback address, a clock that moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.town import BY_PHONE, Town, Way, open_town

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Missing, it fails what needs it: a walk nobody took proves nothing.

    Gone with its module: its event loop runs in this thread, where other tests sign papers with a loop of their own.
    """
    if not CHROMIUM.exists():
        pytest.fail(
            f"Chromium is not installed at {CHROMIUM}, so nobody can walk through the pages. Install the package "
            "`chromium` (Debian: apt-get install chromium)."
        )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def way() -> Way:
    """How a test looks at the town, unless it says otherwise."""
    return BY_PHONE


@pytest.fixture
def town(tmp_path: Path, browser: Browser, way: Way, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The city with its three services and its staff, served for real.

    What is done in one way only is looked at once more in the other at its end.
    """
    with open_town(tmp_path, browser, way=way) as town:
        yield town
        if not _done_both_ways(request):
            town.look_again()
        town.everybody_leaves()


def _done_both_ways(request: pytest.FixtureRequest) -> bool:
    return "way" in getattr(getattr(request.node, "callspec", None), "params", {})
