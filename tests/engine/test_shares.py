"""Who used which days: each open day belongs to whoever holds the case at its close of office, and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import NotFound
from engine.promises.forecast import open_days
from engine.questions.measuring import length
from engine.questions.shares import US, Closings, OfficeTime, holder_at, spent
from engine.roles import APPLICANT
from engine.store import StageVisit
from engine.views import Warmth
from tests.builders import Application, Office, staff
from tests.samples import sample

from .test_journey import ADU, KRK
from .test_promises import CALENDAR, at

STAGED = frozenset({"verifikasi_berkas", "jawab"})


@dataclass
class Stay:
    element: str
    opened_at: datetime
    closed_at: datetime | None = None
    role: str = "verifikator"
    unit: str | None = None


def days(visits, tasks, until):
    closings = Closings(CALENDAR, CALENDAR.on(visits[0].began_at), CALENDAR.on(until))
    return [(one.stage, one.ours, one.theirs, dict(one.units)) for one in spent(visits, until, tasks, STAGED, closings)]


def test_the_day_of_receipt_is_nobodys_and_a_closed_day_is_not_counted():
    visit = StageVisit("verifikasi", at("2026-11-26T09:00"), None)

    assert days([visit], [Stay("verifikasi_berkas", visit.began_at)], at("2026-12-01T10:00")) == [
        ("verifikasi", 2, 0, {}),
    ], "Friday and Monday; Tuesday is not over"


def test_days_pass_from_us_to_a_unit_and_to_the_applicant_with_the_close_of_office():
    began = at("2026-11-23T09:00")
    tasks = [
        Stay("verifikasi_berkas", began, at("2026-11-24T15:00")),
        Stay("jawab", at("2026-11-24T15:00"), at("2026-11-26T09:00"), "penghubung", "dpu"),
        Stay("keterangan", at("2026-11-26T09:00"), None, APPLICANT),
    ]

    found = days([StageVisit("diteruskan", began, None)], tasks, at("2026-11-27T15:00"))

    assert found == [("diteruskan", 0, 2, {"dpu": 2})]


def test_an_escalation_beside_the_way_takes_no_day_from_the_unit_that_has_the_case():
    opened = at("2026-11-23T09:00")
    tasks = [
        Stay("tindak_lanjut_keterlambatan", opened, None, "kasi"),
        Stay("jawab", opened + timedelta(hours=1), None, "penghubung", "dpu"),
    ]

    assert holder_at(at("2026-11-24T16:00"), tasks, STAGED) == "dpu"
    assert holder_at(at("2026-11-24T16:00"), tasks[:1], STAGED) == US


def test_days_after_the_promise_closed_are_nobodys():
    began = at("2026-11-23T09:00")
    visits = [StageVisit("verifikasi", began, at("2026-12-10T10:00"))]
    closings = Closings(CALENDAR, CALENDAR.on(began), CALENDAR.on(at("2026-12-31T10:00")))

    [found] = spent(visits, at("2026-11-25T10:00"), [Stay("verifikasi_berkas", began)], STAGED, closings)

    assert found.ours == 1, "Tuesday; on Wednesday morning the promise was closed"


@given(hours=st.lists(st.integers(1, 200), min_size=1, max_size=5))
def test_however_the_days_are_divided_among_stages_each_close_of_office_is_counted_at_most_once(hours):
    began = at("2026-12-14T09:00")
    visits, since = [], began
    for number, length_ in enumerate(hours):
        until = since + timedelta(hours=length_)
        visits.append(StageVisit(f"s{number}", since, until))
        since = until

    total = sum(ours + theirs for _, ours, theirs, _ in days(visits, [], since))

    assert total <= max(0, CALENDAR.working_days_between(CALENDAR.received_on(began), CALENDAR.on(since)))


@given(hours=st.integers(0, 24 * 30), begin=st.integers(0, 24 * 14))
def test_closes_found_by_search_are_those_found_day_by_day(hours, begin):
    since = at("2026-12-18T00:00") + timedelta(hours=begin)
    until = since + timedelta(hours=hours)
    received_on, last_on = CALENDAR.received_on(since), CALENDAR.on(until)
    every = [received_on + timedelta(days=n) for n in range(1, max(0, (last_on - received_on).days) + 1)]
    by_day = [CALENDAR.closes_at(on) for on in every if CALENDAR.is_open(on) and CALENDAR.closes_at(on) <= until]

    found = Closings(CALENDAR, CALENDAR.on(since), last_on).between(since, until)

    assert list(found) == by_day


@given(hours=st.integers(0, 24 * 30), begin=st.integers(0, 24 * 14))
def test_office_time_is_that_of_the_forecast(hours, begin):
    since = at("2026-12-18T00:00") + timedelta(hours=begin)
    until = since + timedelta(hours=hours)

    found = OfficeTime(CALENDAR, CALENDAR.on(at("2026-12-18T00:00")), CALENDAR.on(until)).between(since, until)

    assert found == pytest.approx(open_days(since, until, CALENDAR))


# ── in an office ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tenths", "target", "warmth"),
    [
        ({10: 4}, 1, Warmth.FEW),
        ({10: 5}, None, Warmth.NO_TARGET),
        ({5: 5}, 1, Warmth.BELOW),
        ({10: 5}, 1, Warmth.ON),
        ({10: 3, 20: 3}, 1, Warmth.OVER),
        ({20: 5}, 1, Warmth.FAR),
    ],
)
def test_a_middle_value_is_called_by_how_it_lies_to_the_target(tenths, target, warmth):
    assert length(tenths, target).warmth is warmth


def test_a_case_file_tells_whose_the_days_were(city_office: Office):
    case: Application = city_office.apply("krk", KRK["perorangan"])
    city_office.wait("+2wd")
    city_office.do(case, "verifikasi_berkas", KRK["lengkap"])
    city_office.wait("+2wd")

    found = city_office.queries.case_file(case.reference, staff("kasi")).days

    assert [(one.stage, one.ours, one.theirs, one.others) for one in found if one.total] == [
        ("verifikasi", 1, 0, 0),
        ("penugasan", 1, 0, 0),
    ]


def test_a_complaint_that_a_unit_answers_uses_the_units_days(city_office: Office):
    report = city_office.apply("complaint", ADU["lampu_jalan"])
    city_office.do(report, "verifikasi_laporan", ADU["lengkap"])
    city_office.do(report, "disposisi", ADU["ke_disperkim"])
    city_office.wait("+3wd")

    found = city_office.queries.case_file(report.reference, staff("admin_pengaduan", "diskominfo")).days

    assert [(one.stage, one.ours, dict(one.units)) for one in found if one.total] == [
        ("diteruskan", 0, {"disperkim": 2}),
    ]


def test_stage_times_count_visits_that_ended_and_leave_the_applicants_days_out(city_office: Office):
    for _ in range(5):
        case = city_office.apply("krk", KRK["perorangan"])
        city_office.wait("+3wd")
        city_office.do(case, "verifikasi_berkas", KRK["lengkap"])

    times = city_office.queries.stage_times(staff("pengawas"))
    heat = city_office.queries.heat("krk", staff("pengawas"))

    checked = next(one for one in times.stages if one.stage == "verifikasi")
    assert (checked.took.count, checked.took.median, checked.took.p90, checked.took.target) == (5, 3, None, 1)
    assert checked.took.warmth is Warmth.FAR
    assert (checked.ours, checked.theirs, checked.others) == (10, 0, 0)
    (task,) = [one for one in heat.tasks if one.element == "verifikasi_berkas"]
    assert (task.took.count, task.took.median, task.stage) == (5, 3, "verifikasi")
    assert heat.stages == tuple(one for one in times.stages if one.service == "krk")


def test_a_log_of_what_happened_holds_every_task_of_every_case_and_no_person(city_office: Office):
    case = city_office.apply("krk", sample("krk", "perorangan"))
    city_office.wait("+1h")
    city_office.do(case, "verifikasi_berkas", sample("krk", "lengkap"))
    city_office.wait("+1h")
    city_office.engine.withdraw(case.token, "", "tarik")

    (trace,) = city_office.queries.event_log("krk", staff("pengawas")).traces

    assert [(one.element, one.transition) for one in trace.events] == [
        *(("verifikasi_berkas", "start"), ("verifikasi_berkas", "complete")),
        *(("penugasan", "start"), ("penugasan", "ate_abort")),
    ]
    assert (trace.outcome, trace.ended_at) == (city_office.case(case).outcome, city_office.case(case).ended_at)
    with pytest.raises(NotFound):
        city_office.queries.event_log("krk", staff("verifikator"))
    with pytest.raises(NotFound):
        city_office.queries.event_log("tidak_ada", staff("pengawas"))
