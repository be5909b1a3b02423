"""The index of satisfaction: exact ninths, rounded once and before it is classed; an answer once, and nobody's."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import AnswersRejected, NotFound, WindowClosed
from engine.satisfaction import ELEMENTS, grade, index, mean
from tests.builders import staff

ANSWERS = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=40)


def sums(people: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*people, strict=True)]


@given(st.integers(1, 10_000))
def test_a_perfect_score_is_exactly_a_hundred_and_the_worst_is_twenty_five(people):
    assert str(index([4 * people] * 9, people)) == "100.00"
    assert str(index([people] * 9, people)) == "25.00"


@given(ANSWERS)
def test_the_index_is_the_mean_of_means_times_25_rounded_half_up_once(people):
    exact = 25 * sum(Fraction(total, len(people)) for total in sums(people)) / 9

    found = index(sums(people), len(people))

    assert abs(Fraction(found) - exact) <= Fraction(1, 200)
    assert Fraction(found) - exact != Fraction(-1, 200), "a half goes up"
    assert Decimal("25.00") <= found <= Decimal("100.00")


@given(ANSWERS)
def test_one_better_answer_never_lowers_the_index(people):
    better = sums(people)
    better[0] += 1

    assert index(better, len(people)) >= index(sums(people), len(people))


@pytest.mark.parametrize(
    ("ikm", "letter"),
    [
        *(("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C")),
        *(("64.99", "D"), ("25.00", "D")),
    ],
)
def test_a_class_begins_exactly_where_the_regulation_says(ikm, letter):
    assert grade(Decimal(ikm)) == letter


def test_what_lies_in_the_gap_between_two_classes_is_rounded_before_it_is_classed():
    # Exactly 76.605: the regulation's intervals end at 76.60 and begin again at 76.61.
    people, total = 5000, 137_889
    assert Fraction(25 * total, 9 * people) == Fraction("76.605")

    found = index([total - 8 * 15_000, *[15_000] * 8], people)

    assert (str(found), grade(found)) == ("76.61", "B")


def test_every_hundredth_between_the_ends_has_a_class():
    assert {grade(Decimal(n).scaleb(-2)) for n in range(2500, 10001)} == {"A", "B", "C", "D"}


def test_nobody_makes_no_index():
    with pytest.raises(ValueError, match="nobody"):
        index([0] * 9, 0)
    with pytest.raises(ValueError, match="nobody"):
        mean(0, 0)


# ── once, after the result, and nobody's ──────────────────────────────────────────────────────────────────────────────

GOOD = {**dict.fromkeys(ELEMENTS, "4"), "saran": "Terima kasih"}


@pytest.fixture
def closed(office):
    """A case of the seedling that has its result."""
    return office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})


def conclude(office, case):
    office.engine.withdraw(case.token, "", "tarik")


def test_a_case_is_rated_once_and_only_after_its_result(office, closed):
    with pytest.raises(WindowClosed, match="early"):
        office.engine.rate(closed.token, GOOD, "k1")
    conclude(office, closed)

    office.engine.rate(closed.token, GOOD, "k2")
    office.engine.rate(closed.token, GOOD, "k2")
    with pytest.raises(WindowClosed, match="given"):
        office.engine.rate(closed.token, {**GOOD, "waktu": "1"}, "k3")

    assert office.queries.satisfaction("contoh").people == 1
    assert office.queries.survey(closed.token).state == "given"


def test_all_that_is_missing_is_said_at_once_and_nothing_is_kept(office, closed):
    conclude(office, closed)

    with pytest.raises(AnswersRejected) as refused:
        office.engine.rate(closed.token, {**GOOD, "biaya": "5", "sarana": "", "saran": "x" * 1001}, "k")

    assert [one.path for one in refused.value.problems] == ["biaya", "sarana", "saran"]
    assert office.queries.survey(closed.token).state == "open"


def test_a_wrong_link_rates_nothing(office):
    with pytest.raises(NotFound):
        office.engine.rate("tidak-ada", GOOD, "k")


def test_an_answer_leads_back_to_no_case(office, closed):
    conclude(office, closed)
    before = office.history(closed)
    office.engine.rate(closed.token, GOOD, "k")

    with office.store.read() as reads:
        rows = reads._connection.exec_driver_sql("SELECT * FROM survey").mappings().all()
    told = str(dict(rows[0]))
    assert closed.id not in told
    assert closed.reference not in told
    assert rows[0]["month"] == "2026-11", "no instant that a log could be held against"
    assert office.history(closed) == before


def test_fewer_than_ten_answers_show_neither_index_nor_element(office):
    for number in range(10):
        case = office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
        office.engine.withdraw(case.token, "", f"tarik-{number}")
        shown = office.queries.satisfaction("contoh")
        assert (shown.people, shown.index, shown.grade, shown.elements) == (number, None, "", ())
        office.engine.rate(case.token, GOOD if number else {**GOOD, "waktu": "1"}, "k")

    shown = office.queries.satisfaction("contoh")
    assert (str(shown.index), shown.grade) == ("99.17", "A")
    assert {one.element: str(one.mean) for one in shown.elements}["waktu"] == "3.70"
    assert (shown.since, shown.until) == ("2025-12", "2026-11")


def test_words_that_people_added_are_for_supervisors(office, closed):
    conclude(office, closed)
    office.engine.rate(closed.token, GOOD, "k")

    assert office.queries.survey_comments("contoh", staff("pengawas")) == (("2026-11", "Terima kasih"),)
    with pytest.raises(NotFound):
        office.queries.survey_comments("contoh", staff("verifikator"))
