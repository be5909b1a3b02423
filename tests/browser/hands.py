"""A keyboard and nothing else. The focus is always seen, follows the page downwards and is never caught."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

_FOCUS = """async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const one = document.activeElement, box = one.getBoundingClientRect();
    const before = window.before?.isConnected ? window.before : null;
    window.before = one === document.body ? null : one;
    const around = [];
    for (let it = one; it && it !== document.body; it = it.parentElement) around.push(it);
    const outlined = (it) => {
        const {outlineStyle, outlineWidth} = getComputedStyle(it);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const inside = one === before;  // from day to month of a date: the browser marks the part itself
    return {
        what: one.outerHTML.slice(0, 120),
        left: one === document.body,
        seen: inside || [...around, ...(one.labels ?? [])].some(outlined),
        near: box.top < innerHeight && box.bottom > 0 && box.width > 0,
        follows: !before || inside || (before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) > 0,
        rose: before && !one.closest('[role="application"]') && box.bottom < before.getBoundingClientRect().top,
    };
}"""


class Hands:
    """Somebody who uses no pointer, on one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.emulate_media(reduced_motion="reduce")  # a page that glides is still on its way when it is looked at

    def to(self, wanted: Locator) -> None:
        """Tab on until `wanted` has the focus. Fails when it is never reached, or on the way there is a fault."""
        for _ in range(150):
            self.press("Tab")
            there: dict[str, Any] = self._page.evaluate(_FOCUS)
            if there["left"]:
                continue  # past the last element, and in again from above
            assert there["seen"], f"the focus cannot be seen on {there['what']}"
            assert there["near"], f"the focus is out of sight on {there['what']}"
            assert there["follows"], f"the focus jumps back to {there['what']}"
            assert not there["rose"], f"the focus goes up the page to {there['what']}"
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"the keyboard never comes to {wanted}")

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def write(self, where: Locator, text: str) -> None:
        """Go to a field and type; on a list that chooses the entry beginning so."""
        self.to(where)
        self._page.keyboard.type(text)

    def tick(self, where: Locator) -> None:
        self.to(where)
        self.press("Space")

    def follow(self, where: Locator) -> None:
        """Go to a link or a button and press Enter, which leads to another page."""
        self.to(where)
        with self._page.expect_event("load"):
            self.press("Enter")
