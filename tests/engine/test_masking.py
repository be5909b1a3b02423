"""What is covered before a person decides what becomes public: a corpus of what people write here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.masking import COVERED, coarse, cover
from engine.forms.publishing import proposals, released

TELLING = [
    "0812-3456-7890",
    "+62 812 3456 7890",
    "(024) 351 3366",
    "024-3513366",
    "081234567890",
    "3374015203850001",
    "3374 0152 0385 0001",
    "33.74.010.001.002-0030.0",
    "01.234.567.8-901.000",
    "siti.rahma@contoh.example",
    "siti (at) contoh.example",
    "https://contoh.example/siti?x=1",
    "www.contoh.example",
    "tokoibu.com/siti",
    "@siti_rahma",
    "H 1234 AB",
    "H-1234-AB",
    "AB 12 C",
    "h 1234 abc",
]
HARMLESS = [
    "Lampu mati sejak 12/11/2026 di RT 03 RW 02.",
    "Mulai 2026-11-23 sekitar 09.00, Jl. Pandanaran 12.",
    "Sejak 23-11-2026 09.30 air tidak mengalir.",
    "Diminta Rp 1.500.000 oleh juru parkir.",
    "Tiang nomor 12, 13, dan 14 di sisi barat.",
    "Sejak 2019 sampai 2026 belum diperbaiki, KM 12 arah Kendal.",
    "Bus koridor 5 lewat pukul 17.15, tiga kali seminggu.",
]


@pytest.mark.parametrize("secret", TELLING)
@pytest.mark.parametrize("around", ["{}", "Hubungi {} ya.", "Petugas ({}), setiap pagi", "nomor:{}"])
def test_what_tells_who_somebody_is_gets_covered(secret, around):
    covered = cover(around.format(secret))

    assert secret not in covered
    assert COVERED in covered
    assert not any(len(run) >= 5 for run in "".join(c if c.isdigit() else " " for c in covered).split())


@pytest.mark.parametrize("text", HARMLESS)
def test_days_amounts_and_places_stay(text):
    assert cover(text) == text


def test_a_name_that_was_given_is_covered_whole_and_word_by_word():
    text = "Saya Siti Rahmawati. Bu SITI sudah lapor, rumah rahmawati di Pekunden."

    assert cover(text, ["Siti Rahmawati"]) == (
        f"Saya {COVERED}. Bu {COVERED} sudah lapor, rumah {COVERED} di Pekunden."
    )
    assert cover("Situ Rahmat", ["Siti Rahmawati"]) == "Situ Rahmat"


@given(st.text(max_size=300), st.lists(st.text(min_size=3, max_size=12), max_size=3))
def test_covering_what_is_covered_changes_nothing_more(text, known):
    known = [name for name in known if name.casefold() not in COVERED.casefold()]
    once = cover(text, known)

    assert cover(once, known) == once


@given(st.from_regex(r"(\+62|0)8[0-9]{8,10}", fullmatch=True), st.sampled_from([" ", "-", "."]))
def test_no_mobile_number_comes_through_however_it_is_grouped(number, between):
    grouped = between.join(number[at : at + 4] for at in range(0, len(number), 4))

    assert cover(f"telepon {grouped} malam") == f"telepon {COVERED} malam"


def test_a_point_is_made_coarse_and_what_is_no_point_is_dropped():
    assert coarse("-6.98321,110.40912") == "-6.983,110.409"
    assert coarse("di depan sekolah") == ""


UI = {
    "unit": {"ui:prefill": "x.unit"},
    "ringkas": {"ui:published": "summary", "ui:prefill": "laporan.uraian"},
    "titik": {"ui:published": "point", "ui:prefill": "laporan.titik"},
}
PROPOSED = {"unit": "dpu", "ringkas": "Telepon 081234567890", "titik": "-6.98321,110.40912"}


def test_a_form_proposes_what_is_covered():
    assert proposals("disposisi", UI, PROPOSED, {}, []) == {
        "unit": "dpu",
        "ringkas": f"Telepon {COVERED}",
        "titik": "-6.983,110.409",
    }


def test_in_a_second_round_stands_what_was_released_before_and_nothing_comes_back():
    before = {"disposisi": {"unit": "dpu", "ringkas": "Lampu mati."}}

    assert proposals("disposisi", UI, PROPOSED, before, []) == {
        "unit": "dpu",
        "ringkas": "Lampu mati.",
    }


def test_only_marked_fields_are_released():
    answers = {"unit": "dpu", "ringkas": "Lampu mati."}

    assert released(UI, answers) == ("Lampu mati.", "")
    assert released({}, answers) == ("", "")
