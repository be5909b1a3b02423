"""A page as somebody reads it who knows no Indonesian: every text of it that the page says is in English."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.languages import left_indonesian

_IN_ENGLISH = """() => {
    const english = (one) => one.closest("[lang]")?.lang === "en";
    const around = [...document.querySelectorAll("*")].filter(english);
    const named = ["aria-label", "title", "placeholder", "alt"];
    const said = around.flatMap((one) => named.map((name) => one.getAttribute(name)));
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const holder = walk.currentNode.parentElement;
        if (english(holder) && !holder.closest("style, script, textarea, code")) said.push(walk.currentNode.data);
    }
    return [...new Set(said.filter(Boolean).map((text) => text.replace(/\\s+/g, " ").trim()))].filter(Boolean);
}"""


def english_only(page: Page) -> list[str]:
    """What this page, which is to be in English, says in Indonesian without marking it so."""
    if page.locator("html").get_attribute("lang") != "en":
        return ["the page is not in English"]
    return left_indonesian(page.evaluate(_IN_ENGLISH))
