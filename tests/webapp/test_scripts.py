"""Scripts and their addresses: what a page loads, how long it may be kept, and what no script may do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webapp
from tests.webapp.browsing import Visitor
from tests.webapp.fakes import janji

HERE = Path(webapp.__file__).parent
FIELDWORK = sorted((HERE / "static" / "lapangan").glob("*.js"))
SCRIPTS = sorted((HERE / "static" / "src").glob("*.js"))
TALKING = {"autosave.js", "office.js", "keep.js", "worker.js"}
"""Scripts that send something by themselves."""
FORM = "/layanan/krk/ajukan"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(janji())


def test_a_form_loads_its_scripts_and_a_page_without_fields_loads_none(visitor):
    assert re.search(r'<script type="module" src="/static/v/[0-9a-f]{12}/src/comfort\.js"', visitor.get(FORM).text)
    assert "<script" not in visitor.get("/").text


def test_a_module_is_kept_for_ever_under_its_mark_and_not_at_all_under_another(visitor):
    address = re.search(r'src="(/static/v/[^"]+)"', visitor.get(FORM).text).group(1)
    neighbour, old = address.replace("comfort", "map"), re.sub(r"/v/\w+/", "/v/0123456789ab/", address)

    assert "immutable" in visitor.get(address).headers["Cache-Control"]
    assert visitor.get(neighbour).headers["Content-Type"].startswith("text/javascript")
    assert visitor.get(old).headers["Cache-Control"] == "no-store"
    assert visitor.get("/static/v/x/../../security.py").status_code == 404


def test_every_comfort_that_a_field_names_has_its_module(visitor):
    named = set(re.findall(r'data-comfort="(\w+)"', "".join(one.read_text() for one in HERE.glob("templates/*.html"))))

    assert named == {"point", "polygon", "photos", "kelurahan", "when", "rows"}
    assert named <= {path.stem for path in SCRIPTS}


@pytest.mark.parametrize("path", [*SCRIPTS, *FIELDWORK], ids=lambda path: path.name)
def test_a_script_is_small_says_what_it_is_for_and_holds_no_words_markup_or_strangers(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith(("/** ", "/**\n"))
    assert text.count("\n") <= 150
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|XMLHttp", text)
    assert "fetch(" not in text or path.name in TALKING
    assert not re.search(r"[\"'`][A-Z][a-z]+ [a-z]+", text), "words of a page come from the server, in both languages"


def test_tiles_may_come_from_the_one_host_that_the_city_chose():
    tiles = {"tile_url": "https://{s}.tiles.example/{z}/{x}/{y}.png", "tile_attribution": "© Contoh"}
    page = Visitor(janji(**tiles)).get(FORM)

    assert "img-src 'self' data: blob: https://*.tiles.example;" in page.headers["Content-Security-Policy"]
    assert 'data-tiles="https://{s}.tiles.example/{z}/{x}/{y}.png"' in page.text
    assert "img-src 'self' data: blob:;" in Visitor(janji()).get(FORM).headers["Content-Security-Policy"]


def test_leaflet_keeps_its_licence_beside_it_and_its_lock_names_no_host():
    vendored = HERE / "static" / "vendor" / "leaflet"

    assert "BSD 2-Clause" in (vendored / "LICENSE").read_text()
    assert "Leaflet 1.9.4" in (vendored / "leaflet.js").read_text()[:200]
    assert "http" not in (HERE / "static" / "src" / "package-lock.json").read_text()
