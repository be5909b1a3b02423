"""What is promised, told from the diagram: the service page with its date of force, the register, a case's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.views import CaseRules, RecordedPromise, VersionInForce
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import TOKEN, janji, tracking
from tests.webapp.services_to_try import KRK, MONDAY

RULE = KRK.promises[0]


@pytest.fixture
def visitor() -> Visitor:
    front = janji()
    front.queries.cases[TOKEN] = tracking(front.city)
    return Visitor(front)


def test_a_service_page_says_since_when_its_rules_hold_and_who_does_each_step(visitor):
    later = MONDAY + timedelta(days=3)
    visitor.janji.queries.in_force = (
        VersionInForce("b" * 64, later, None, "analis"),
        VersionInForce("a" * 64, MONDAY, later, ""),
    )

    text = words(visitor.get("/layanan/krk"))

    assert "Berlaku sejak Kamis, 26 Nov 2026. Versi bbbbbbbbbbbb, diterbitkan oleh Analis proses." in text
    assert "aaaaaaaaaaaa : Senin, 23 Nov 2026 – Kamis, 26 Nov 2026" in text
    assert "Verifikator berkas, Anda, bila kami bertanya" in text


def test_the_register_shows_each_number_with_its_source_and_its_days_of_force(visitor):
    now = RecordedPromise(KRK, RULE, "b" * 64, MONDAY + timedelta(days=3), None, "analis")
    before = RecordedPromise(KRK, replace(RULE, budget=12), "a" * 64, MONDAY, MONDAY + timedelta(days=3), "")
    visitor.janji.queries.recorded = [now, before]

    text = words(visitor.get("/janji"))

    assert text.index("Berlaku sekarang") < text.index("Pernah berlaku") < text.index("12 hari kerja")
    assert "Versi bbbbbbbbbbbb, diterbitkan oleh Analis proses" in text
    assert "Berlaku Senin, 23 Nov 2026 sampai Kamis, 26 Nov 2026." in text
    assert "diterbitkan oleh Dinas Penataan Ruang Kota Semarang" in text


def test_the_sum_of_a_case_names_its_version_and_says_when_others_are_promised_something_else(visitor):
    plain = words(visitor.get(f"/t/{TOKEN}/hitungan"))
    visitor.janji.queries.rules = CaseRules("a" * 64, MONDAY, replace(RULE, budget=9), MONDAY + timedelta(days=1))
    changed = words(visitor.get(f"/t/{TOKEN}/hitungan"))

    assert "Aturan yang berlaku untuk berkas ini" in plain
    assert "janji versi lama" not in plain
    assert "Sejak Selasa, 24 Nov 2026 permohonan baru mendapat 9 hari kerja." in changed
    assert f"Berkas Anda tetap pada janji versi lama: {RULE.budget} hari kerja." in changed
