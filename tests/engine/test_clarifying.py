"""The guard on asking, by hand: what counts towards the longest pause, and what the checker says of its rule."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.bpmn.lint import lint
from engine.check import check
from engine.model import Entry, PromiseState
from engine.promises import standing
from engine.reasons import read_reasons
from tests.builders import ROOT

from .drawing import diagram, end, line, said, start, user
from .test_promises import CALENDAR, at, due_on, rule
from .test_promises import line as entry

PROMISE = 'promise id="layanan" name="Izin" budget="5" unit="working_days" basis="configuration" source="contoh"'
RULE = 'clarification promise="layanan" tasks="tanya" pause_days="10" basis="configuration" source="contoh"'
PAID = replace(rule(5), pause_days=3, repeated=("bayar",))
STARTED = entry(Entry.START, "2026-11-23T09:00")


def pause(begins: str, ends: str = "") -> list:
    lines = [entry(Entry.PAUSE, begins, element="bayar")]
    return [*lines, entry(Entry.RESUME, ends, element="bayar")] if ends else lines


def test_a_first_payment_stops_our_clock_for_as_long_as_it_takes():
    assert due_on(PAID, [STARTED, *pause("2026-11-24T09:00", "2026-12-08T09:00")]) == date(2026, 12, 14)


def test_a_payment_that_was_sent_back_stops_it_no_longer_than_the_longest_pause():
    ledger = [STARTED, *pause("2026-11-24T09:00", "2026-11-24T10:00"), *pause("2026-11-24T11:00")]

    held, over = (standing(PAID, ledger, CALENDAR, at(when)) for when in ("2026-11-26T15:00", "2026-11-26T17:00"))

    assert (held.state, held.capped) == (PromiseState.PAUSED, True)
    assert over.state is PromiseState.RUNNING
    assert due_on(PAID, ledger) == date(2026, 12, 3)


def test_an_outage_within_a_pause_makes_it_no_second_one():
    dark = [
        entry(Entry.OUTAGE, "2026-11-25T09:00", reason="800/1"),
        entry(Entry.RESUME, "2026-11-26T09:00", reason="800/1"),
    ]

    assert due_on(PAID, [STARTED, *pause("2026-11-24T09:00", "2026-12-08T09:00"), *dark]) == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("said_of_it", "code"),
    [
        (RULE.replace('promise="layanan"', 'promise="layana"'), "unknown-promise"),
        (RULE.replace("tanya", "tanyakan"), "clarification-task"),
        (RULE.replace("tanya", "periksa"), "clarification-task"),
        (RULE.replace("10", "sepuluh"), "clarification-pause"),
        (RULE.replace('"configuration"', '"tebakan"'), "clarification-basis"),
        (f'{RULE} late_after="120"', "clarification-late"),
        (f'{RULE} repeats="bayarkan"', "clarification-task"),
        (f'{RULE} repeats="tanya"', "clarification-repeats"),
        (f'{RULE} repeats="bebas"', "clarification-repeats"),
    ],
)
def test_a_slip_in_the_rule_is_named(said_of_it: str, code: str):
    assert code in drawn(said_of_it)


def test_a_sound_rule_is_met_with_silence():
    assert not {code for code in drawn(f'{RULE} repeats="bayar"') if code.startswith("clarification")}


def drawn(clarification: str) -> set[str]:
    xml = diagram(
        said(PROMISE, clarification),
        start(),
        user("periksa", janji_role="verifikator", janji_starts="layanan"),
        user("tanya", janji_role="pemohon", janji_pauses="layanan"),
        user("bayar", janji_role="pemohon", janji_pauses="layanan"),
        user("bebas", janji_role="pemohon"),
        user("putus", janji_role="kadis", janji_keeps="layanan"),
        end(),
        line("begin", "periksa", "tanya", "bayar", "bebas", "putus", "done"),
    )
    return {problem.code for problem in lint(xml, "process.bpmn")}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (
            "processes/krk/process.bpmn",
            '"analisis_tata_ruang.waktu", 5',
            '"analisis_tata_ruang.waktu", 7',
            "term-default",
        ),
        ("processes/krk/process.bpmn", 'given("analisis_tata_ruang.waktu", 5)', "5", "term-unread"),
        ("forms/krk/verifikasi_berkas.schema.json", '"maximum": 15', '"maximum": 5', "term"),
        ("forms/krk/verifikasi_berkas.schema.json", '"default": 10', '"default": "10"', "term"),
        ("processes/krk/texts/id.toml", "$answer_by", "$answered_by", "unknown-placeholder"),
        ("processes/reasons.toml", "kedaluwarsa", "kadaluarsa", "unknown-reason"),
        ("processes/reasons.toml", '"Keliru ditulis"', '""', "reason-words"),
        ("processes/krk/reasons.toml", "[letak_tidak_cocok.en]", "[lain]", "reason-words"),
        ("processes/krk/reasons.toml", 'of = "papers"', 'of = "berkas"', "reason-of"),
        ("processes/krk/reasons.toml", "sentence =", "kalimat =", "reason-word"),
        ("processes/krk/reasons.toml", "]", "", "toml"),
        ("forms/krk/verifikasi_berkas.schema.json", '"x-reasons": true', '"x-reasons": "semua"', "reasons"),
    ],
)
def test_a_slip_in_what_a_colleague_chooses_from_is_named(tmp_path: Path, file: str, old: str, new: str, code: str):
    for folder in ("processes/krk", "processes/letters", "forms/krk"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "processes/reasons.toml", tmp_path / "processes")
    whole = (tmp_path / file).read_text()
    assert old in whole
    (tmp_path / file).write_text(whole.replace(old, new))

    assert code in {problem.code for problem in check(tmp_path / "processes/krk", tmp_path / "forms")}


def test_a_reason_of_the_service_stands_over_the_citys_and_the_rest_stays():
    city = b'[buram]\ntitle = "Buram"\nsentence = "Kirim lagi."\n[lain]\ntitle = "Lain"\nsentence = "Lain."\n'
    own = b'[buram]\ntitle = "Foto buram"\nsentence = "Foto lagi."\nof = "papers"\n'

    found = read_reasons({"city/reasons.toml": city, "reasons.toml": own})

    assert {name: (one.titles["id"], one.of) for name, one in found.items()} == {
        "buram": ("Foto buram", "papers"),
        "lain": ("Lain", ""),
    }
