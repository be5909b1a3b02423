"""Identity numbers are masked until somebody says what for; whoever looks is written down once a day."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from tests.builders import Office, staff
from tests.test_privacy import CANARY, REPORT, SAMPLES

APPLIED = {**SAMPLES["titik_saja"], **CANARY}
MASKED = "3374••••••••0017"
VERIFIER = staff("verifikator")


def number(office: Office, case, actor=VERIFIER) -> str:
    return office.queries.case_file(case.reference, actor).answered[0].answers["nik"]


def test_a_nik_is_masked_for_everybody_in_the_office(city_office):
    case = city_office.apply("krk", APPLIED)
    desk = city_office.queries.desk(city_office.task(case, "verifikasi_berkas").id, VERIFIER)

    assert number(city_office, case) == MASKED
    assert number(city_office, case, staff("kadis")) == MASKED
    assert desk.answered[0].answers["nik"] == desk.form.shown["pendaftaran"]["nik"] == MASKED


def test_whoever_says_what_for_sees_it_whole_for_ten_minutes_and_nobody_else_does(city_office):
    case = city_office.apply("krk", APPLIED)
    city_office.engine.unmask(case.reference, "cocokkan", VERIFIER, "k1")

    assert number(city_office, case) == CANARY["nik"]
    assert number(city_office, case, staff("verifikator", login="bayu")) == MASKED
    city_office.wait("+10m")
    assert number(city_office, case) == MASKED
    [entry] = [one for one in city_office.queries.case_file(case.reference, VERIFIER).history if one.verb == "unmask"]
    assert (entry.actor, entry.facts, entry.public) == ("verifikator", {"reason": "cocokkan"}, False)


def test_a_reason_of_ones_own_words_is_not_taken_because_the_record_cannot_be_erased(city_office):
    case = city_office.apply("krk", APPLIED)

    with pytest.raises(NotFound):
        city_office.engine.unmask(case.reference, f"NIK {CANARY['nik']}", VERIFIER, "k1")
    assert number(city_office, case) == MASKED


def test_who_looked_is_written_once_a_day_with_the_post_and_shown_to_supervisors(city_office):
    case = city_office.apply("krk", APPLIED)
    for _ in range(3):
        city_office.queries.desk(city_office.task(case, "verifikasi_berkas").id, VERIFIER)
    city_office.wait("+1d")
    city_office.queries.case_file(case.reference, VERIFIER)

    seen = city_office.queries.case_file(case.reference, staff("kadis")).looks
    assert [(one.what, one.role) for one in seen] == [("berkas", "verifikator"), ("tugas", "verifikator")]
    assert city_office.queries.case_file(case.reference, VERIFIER).looks == ()


def test_a_paper_that_is_opened_is_written_down_by_what_it_is(city_office):
    case = city_office.apply("krk", APPLIED)
    paper = next(p for p in city_office.queries.case_file(case.reference, VERIFIER).documents if p.field == "ktp")
    city_office.queries.document(paper.id, actor=VERIFIER)
    city_office.queries.document(paper.id, token=case.token)

    seen = city_office.queries.case_file(case.reference, staff("kadis")).looks
    assert {one.what for one in seen} == {"dokumen:ktp", "berkas"}


def test_the_unit_that_answers_a_complaint_does_not_see_who_reported(city_office):
    case = city_office.apply("complaint", REPORT)

    for who, sees in ((staff("admin_pengaduan"), True), (staff("inspektorat"), True), (staff("kepala_opd"), False)):
        answers = city_office.queries.case_file(case.reference, who).answered[0].answers
        assert ("nama" in answers, "telepon" in answers, "judul" in answers) == (sees, sees, True)


def test_nobody_in_the_office_sees_who_reported_without_a_name(city_office):
    case = city_office.apply("complaint", {**REPORT, "anonim": True})

    for who in ("admin_pengaduan", "inspektorat", "wali_kota"):
        answers = city_office.queries.case_file(case.reference, staff(who)).answered[0].answers
        assert not {"nama", "telepon", "email"} & answers.keys()
