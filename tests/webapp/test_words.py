"""Two languages: the reader chooses, the choice stays, and no text of a page is missing in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import webapp
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import TOKEN, janji, tracking
from tests.webapp.msgids import used
from webapp.frame.filters import counted
from webapp.frame.words import catalogue

CATALOGUES = Path(webapp.__file__).parent / "translations" / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def visitor() -> Visitor:
    front = janji()
    front.queries.cases[TOKEN] = tracking(front.city)
    return Visitor(front)


def test_every_text_that_a_page_may_show_has_english():
    missing = {text: sorted(where) for text, where in used().items() if text not in catalogue("en")}

    assert missing == {}


def test_no_translation_is_left_of_a_text_that_is_gone():
    kept: set[str] = set()
    for path in CATALOGUES.glob("*.po"):
        if not path.stem.endswith("tables"):  # words in tables of the code, which no reader of sources finds
            with path.open("rb") as file:
                kept |= {one.id[0] if isinstance(one.id, tuple) else one.id for one in read_po(file)}

    assert kept - set(used()) == {""}


@pytest.mark.parametrize(("text", "english"), sorted(catalogue("en").items()), ids=lambda value: None)
def test_a_translation_speaks_of_the_same_facts(text, english):
    for form in english if isinstance(english, tuple) else (english,):
        assert form.strip()
        assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(text))


def test_pages_are_indonesian_until_somebody_chooses_otherwise(visitor):
    page = visitor.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert '<html lang="id">' in page.text
    assert page.headers["Content-Language"] == "id"


def test_the_chosen_language_stays_and_can_be_changed_back(visitor):
    visitor.get("/?bahasa=en")
    english = visitor.get("/lacak")
    visitor.get("/?bahasa=id")

    assert '<html lang="en">' in english.text
    assert "Track a case" in words(english)
    assert "Lacak berkas" in words(visitor.get("/lacak"))


def test_an_unknown_language_changes_nothing(visitor):
    assert '<html lang="id">' in visitor.get("/?bahasa=xx").text


def test_a_case_is_told_in_english_with_the_services_own_words_and_english_dates(visitor):
    text = words(visitor.get(f"/t/{TOKEN}?bahasa=en"))

    assert "City Plan Statement" in text
    assert "We are checking your file." in text
    assert "Monday, 30 Nov 2026" in text
    assert "5 working days left." in text
    assert "Now in the hands of File verifier" in text


def test_one_day_is_not_one_days(visitor):
    with visitor.client.application.test_request_context("/?bahasa=en"):
        visitor.client.application.preprocess_request()
        assert counted(1, "working_days") == "1 working day"
        assert counted(2, "working_days") == "2 working days"


def test_the_form_is_asked_in_english_where_the_service_has_english_words(visitor):
    assert "Full name" in visitor.get("/layanan/krk/ajukan?bahasa=en").text


def test_even_the_refusal_of_a_page_speaks_the_readers_language(visitor):
    visitor.get("/?bahasa=en")

    assert "This page does not exist" in words(visitor.get("/nowhere"))
    assert "open for too long" in words(visitor.client.post("/lacak"))
