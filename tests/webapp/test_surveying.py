"""Nine questions behind a case's link: once, without a name, without JavaScript; and what everybody's answers say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from engine.satisfaction import ELEMENTS
from engine.views import ElementScore, Satisfaction
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import TOKEN, janji, tracking

PAGE = f"/t/{TOKEN}/survei"
GOOD = dict.fromkeys(ELEMENTS, "3")


@pytest.fixture
def visitor() -> Visitor:
    """Somebody whose case has its result."""
    front = janji()
    seen = tracking(front.city)
    front.queries.cases[TOKEN] = replace(seen, case=replace(seen.case, outcome="terbit", ended_at=seen.as_of))
    return Visitor(front)


def test_a_case_with_a_result_invites_to_rate_and_one_without_does_not(visitor):
    assert "Beri nilai" in visitor.get(f"/t/{TOKEN}").text

    visitor.janji.queries.cases[TOKEN] = tracking(visitor.janji.city)
    assert "Beri nilai" not in visitor.get(f"/t/{TOKEN}").text
    assert "Penilaian dibuka setelah" in words(visitor.get(PAGE))


def test_the_page_asks_nine_questions_with_four_words_each_and_can_be_skipped(visitor):
    page = visitor.get(PAGE)

    assert page.text.count("<legend>") == 9
    assert page.text.count('type="radio"') == 36
    assert f'href="/t/{TOKEN}">Lewati' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_what_was_answered_is_kept_once_and_thanked_for(visitor):
    sent = visitor.send(PAGE, {**GOOD, "saran": "Bagus"})
    again = visitor.send(PAGE, {**GOOD, "waktu": "1"}, page=visitor.get("/lacak"))

    assert sent.status_code == again.status_code == 303
    assert "Terima kasih" in words(visitor.get(PAGE))
    assert visitor.janji.queries.rated == {TOKEN: {**GOOD, "saran": "Bagus"}}


def test_a_question_left_out_is_named_and_the_rest_stays_chosen(visitor):
    page = visitor.send(PAGE, {**GOOD, "biaya": "", "saran": "Bagus"})

    assert page.status_code == 422
    assert "Biaya atau tarif belum diisi." in words(page)
    assert 'href="#biaya"' in page.text
    assert page.text.count(" checked") == 8
    assert "Bagus" in page.text


def test_a_service_page_hides_the_score_of_few_and_shows_that_of_many(visitor):
    assert "Belum cukup jawaban: 0." in words(visitor.get("/layanan/krk"))

    scores = tuple(ElementScore(name, Decimal("3.25")) for name in ELEMENTS)
    visitor.janji.queries.satisfied = Satisfaction("krk", 12, 10, "2025-12", "2026-11", scores, Decimal("81.25"), "B")
    text = words(visitor.get("/layanan/krk"))
    assert "81,25" in text
    assert "B, baik" in text
    assert "Dari 12 orang yang menjawab, Desember 2025 sampai November 2026." in text
    assert "U9 Sarana dan prasarana 3,25" in text
    assert "81.25" in words(visitor.get("/layanan/krk?bahasa=en"))
