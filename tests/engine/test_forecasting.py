"""Told before the miss: the superior first, the citizen a day later, by a rule that a person can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import MovableClock
from engine.demo.making import demo_settings, make_season
from engine.demo.plan import read_plan
from engine.demo.staff import colleagues
from engine.model import Stage
from engine.promises import standing
from engine.promises.forecast import FEWEST, forecast, open_days, usual_days
from engine.wiring import wire
from tests.builders import ROOT, Application, Office, staff

from .test_journey import ADU, KRK
from .test_promises import CALENDAR, at

STAGES = [Stage("penugasan", "", "", 1), Stage("analisis", "", "", 1), Stage("tanda_tangan", "", "", 1)]


def reckoned(began: str, now: str, due: str = "2026-11-30T16:00", usual=None):
    return forecast(STAGES, at(began), at(due), usual or {}, CALENDAR, at(now))


# ── the rule ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_on_its_timetable_is_in_time():
    seen = reckoned("2026-11-25T08:00", "2026-11-25T08:00")

    assert (seen.needed, seen.left, seen.late) == (3.0, 4.0, False)


def test_a_stage_that_overran_is_reckoned_to_take_one_more_day():
    seen = reckoned("2026-11-23T08:00", "2026-11-26T12:00")

    assert (seen.needed, seen.left) == (3.0, 2.5)
    assert seen.late
    assert seen.estimate_on == date(2026, 12, 1), "half of Thursday, then Friday, Monday and half of Tuesday"


def test_what_four_of_five_cases_took_counts_rather_than_the_target_once_enough_are_known():
    known = usual_days({"analisis": [0] * 7 + [3] * 3, "tanda_tangan": [9] * (FEWEST - 1)})

    assert known == {"analisis": 3}
    seen = reckoned("2026-11-25T08:00", "2026-11-25T08:00", usual=known)
    assert (seen.needed, seen.slow) == (5.0, "analisis")


def test_the_morning_of_a_day_is_worth_more_than_its_last_hour():
    assert open_days(at("2026-11-23T12:00"), at("2026-11-24T16:00"), CALENDAR) == 1.5
    assert open_days(at("2026-11-27T14:00"), at("2026-11-30T08:00"), CALENDAR) == 0.0


@given(hours=st.integers(0, 24 * 20), more=st.integers(0, 24 * 20))
def test_office_days_add_up_wherever_they_are_divided(hours, more):
    begin = at("2026-12-18T09:00")
    middle, end = begin + timedelta(hours=hours), begin + timedelta(hours=hours + more)

    parts = open_days(begin, middle, CALENDAR) + open_days(middle, end, CALENDAR)

    assert parts == pytest.approx(open_days(begin, end, CALENDAR))


# ── in an office ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def office(city_office: Office) -> Office:
    return city_office


@pytest.fixture
def shelved(office: Office) -> Application:
    """A KRK that is complete on Monday at nine, due on Monday the 30th, and then left lying."""
    case = office.apply("krk", KRK["perorangan"])
    office.do(case, "verifikasi_berkas", KRK["lengkap"])
    return case


def told(office: Office, case: Application) -> list[tuple[str, str]]:
    with office.store.read() as reads:
        wanted = {"berisiko_terlambat", "perkiraan_terlambat"}
        return [(one.text, one.to) for one in reads.notices(case.id) if one.text in wanted]


def test_the_first_superior_is_told_and_one_working_day_later_the_citizen(office, shelved):
    office.work_through("2026-11-25T09:00")
    assert told(office, shelved) == [("berisiko_terlambat", "opd_admin")]
    assert office.queries.tracking(shelved.token).warnings == ()

    office.work_through("2026-11-26T09:00")

    assert ("perkiraan_terlambat", "pemohon") in told(office, shelved)
    (warned,) = office.queries.tracking(shelved.token).warnings
    assert warned.at < office.case(shelved).due_at
    assert warned.estimate_on > date(2026, 11, 30)
    assert warned.stage == "penugasan", "the stage in which it lies"


def test_the_citizens_mail_names_the_slow_stage_and_the_estimate_and_keeps_the_promised_day(office, shelved):
    office.work_through("2026-11-26T09:00")
    office.janji.outbox.send_due()

    mail = next(one for one in office.mail.messages if "mungkin tidak selesai" in one.subject)

    assert "Senin, 30 Nov 2026" in mail.body
    assert "tahap Penugasan" in mail.body
    assert "Perkiraan selesai: " in mail.body
    assert "$" not in mail.body


def test_a_warning_is_given_once_and_moves_no_date(office, shelved):
    before = office.queries.tracking(shelved.token).promise.due_at
    office.work_through("2026-11-30T15:00")

    assert [text for text, _ in told(office, shelved)].count("perkiraan_terlambat") <= 2
    assert office.queries.tracking(shelved.token).promise.due_at == before
    assert office.queries.tracking(shelved.token).moves == ()


def test_a_case_that_is_worked_on_in_its_time_warns_nobody(office, shelved):
    office.do(shelved, "penugasan", KRK["koordinat_baik"])
    office.do(shelved, "plotting_zona", KRK["zona_sedang"])
    office.do(shelved, "analisis_tata_ruang", KRK["analisis_sesuai_tabel"])

    office.work_through("2026-11-25T09:00")

    assert told(office, shelved) == []


def test_a_superior_who_gets_it_moving_within_the_day_spares_the_citizen_the_warning(office, shelved):
    office.work_through("2026-11-25T09:00")
    office.do(shelved, "penugasan", KRK["koordinat_baik"])
    office.do(shelved, "plotting_zona", KRK["zona_sedang"])
    office.do(shelved, "analisis_tata_ruang", KRK["analisis_sesuai_tabel"])

    office.work_through("2026-11-27T09:00")

    assert told(office, shelved) == [("berisiko_terlambat", "opd_admin")]


def test_what_the_superior_writes_to_the_citizen_stands_beside_the_warning(office, shelved):
    office.work_through("2026-11-26T09:00")
    office.engine.comment(shelved.reference, "Dua surveyor sakit.", staff("kasi"), "k1", "public")
    office.work_through("+10m")

    seen = office.queries.tracking(shelved.token)

    assert seen.warnings[0].reason == "Dua surveyor sakit."
    assert [note.text for note in seen.notes] == ["Dua surveyor sakit."]
    assert seen.notes[0].by == "", "the citizen is told no name"


def test_a_complaint_is_warned_of_too_though_its_days_run_through_the_weekend(office):
    report = office.apply("complaint", ADU["lampu_jalan"])

    office.work_through("2026-12-03T12:00")

    assert ("perkiraan_terlambat", "pemohon") in told(office, report)


def test_whoever_is_late_without_a_warning_has_an_entry_that_says_why(office, shelved):
    office.wait("2026-12-02T09:00")

    office.janji.forecasting.look_if_time()
    office.clock.forward(hours=2)
    office.janji.forecasting.look_if_time()

    with office.store.read() as reads:
        entries = [entry.facts for entry in reads.audit(shelved.id) if entry.verb == "unforeseen"]
    assert entries == [{"why": "nobody_looked"}]


def test_one_looks_at_most_once_an_hour(office, shelved):
    assert office.janji.forecasting.look_if_time() is not None
    assert office.janji.forecasting.look_if_time() is None


# ── in a season ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_became_late_in_a_season_was_warned_before_the_date_or_has_an_entry_why_not(tmp_path):
    plan = read_plan(ROOT / "processes" / "demo.toml")
    plan = replace(plan, open_days=18, services={name: plan.services[name] for name in ("krk", "complaint")})
    until = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    settings = demo_settings(tmp_path, 8000)
    janji = wire(settings, MovableClock(until))
    make_season(
        settings, plan, colleagues(janji.city, plan.colleagues, plan.in_units, plan.teams), until, lambda done, of: None
    )

    late, warned, explained = 0, 0, 0
    with janji.house.store.read() as reads:
        for reference, _ in reads.audit_problems():
            case = reads.case_by_reference(reference)
            facts = janji.house.entry(reads, case.version).definition.facts
            promise = standing(facts.promises[0], reads.ledger(case.id), janji.city.calendar, until)
            if not promise.late:
                continue
            late += 1
            entries = reads.audit(case.id)
            before = any(entry.verb == "warn" and entry.at < promise.due_at for entry in entries)
            warned += before
            explained += not before and any(entry.verb == "unforeseen" for entry in entries)
    janji.close()

    assert late >= 4
    assert warned + explained == late
    assert warned >= late * 0.8
