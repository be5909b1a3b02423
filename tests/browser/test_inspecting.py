"""What looks at every page can see: a page that is made wrong is told with its rule and its element."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.inspecting import Inspector
from tests.browser.reading import english_only
from tests.browser.town import Way, both_ways

WRONG = """<!doctype html><html lang="id"><title>Keliru</title><style>
:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) { body { background: #111 } .dim { color: #333 } }
</style><body><main><h1>Keliru</h1><p style="color: #bbb">pucat</p><p class="dim">gelap</p>
<input name="nama"><a href="/"><img src="/x.png"></a></main>"""

FOREIGN = """<!doctype html><html lang="en"><title>Foreign</title><main><h1>Your case</h1>
<p>Berkas Anda sudah lengkap.</p><p lang="id">Foto KTP tidak terbaca.</p><p>You wrote: <q lang="">Kami menunggu.</q></p>
<img src="/x.png" alt="Peta kota"><p>Sawah Besar, ktp-baru.jpg, siti@contoh.example</p></main>"""


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


def test_whoever_reads_english_only_stumbles_over_every_indonesian_word_that_is_not_marked_as_one(browser: Browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(FOREIGN)

    assert english_only(page) == ["'Peta kota': peta", "'Berkas Anda sudah lengkap.': anda, berkas, lengkap, sudah"]
    page.set_content(FOREIGN.replace('lang="en"', 'lang="id"'))
    assert english_only(page) == ["the page is not in English"]
    page.context.close()
