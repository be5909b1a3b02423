"""What looks at every page can see: a page that is made wrong is told with its rule and its element."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.inspecting import Inspector
from tests.browser.town import Way, both_ways

WRONG = """<!doctype html><html lang="id"><title>Keliru</title><style>
:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) { body { background: #111 } .dim { color: #333 } }
</style><body><main><h1>Keliru</h1><p style="color: #bbb">pucat</p><p class="dim">gelap</p>
<input name="nama"><a href="/"><img src="/x.png"></a></main>"""


@both_ways
def test_a_page_that_is_made_wrong_is_told_with_its_rule_and_its_element(browser: Browser, way: Way):
    context = browser.new_context(viewport=way.viewport, java_script_enabled=way.javascript)
    page = context.new_page()
    page.route("**/*", lambda asked: asked.fulfill(body=WRONG, content_type="text/html"))
    page.goto("http://keliru.example/halaman")
    inspector = Inspector(browser)
    told = "\n".join(inspector.inspect(page))

    for rule, element in (
        ("image-alt", "<img"),
        ("label", "<input"),
        ("color-contrast", "pucat"),
        ("dark: color-contrast", "gelap"),
    ):
        assert any(f": {rule}: " in line and element in line for line in told.splitlines()), rule
    assert "/halaman at" in told
    assert inspector.inspect(page) == [], "the same page is not looked at twice"
    inspector.close()
    context.close()
