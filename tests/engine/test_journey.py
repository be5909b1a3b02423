"""What the citizen is told of the way of a case: days of stages, moves, what is wanted, what can be done or why not."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from engine.model import Cause
from engine.views import Act, Closed, StageRow, StageState, Tracking, Window
from tests.builders import ROOT, Application, Office
from tests.issuing import work_on_krk


def samples(service: str) -> dict[str, Any]:
    path = ROOT / "processes" / service / "scenarios" / "_samples.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["samples"]


KRK, ADU = samples("krk"), samples("complaint")
REJECTED = {
    "putusan": {"*": {"hasil": "sesuai"}, "ktp": {"hasil": "tidak_sesuai", "keterangan": "Foto KTP tidak terbaca."}},
    "hasil": "perlu_perbaikan",
}
ANSWERED = (
    ("verifikasi_laporan", "lengkap"),
    ("disposisi", "ke_disperkim"),
    ("jawaban_unit", "ditindaklanjuti"),
    ("tindak_lanjut", "bukti"),
    ("balasan", "kirim"),
)


@pytest.fixture
def office(city_office: Office) -> Office:
    """Monday 23 November 2026, 09:00."""
    return city_office


@pytest.fixture
def krk(office: Office) -> Application:
    return office.apply("krk", KRK["perorangan"])


@pytest.fixture
def complete(office: Office, krk: Application) -> Application:
    """Declared complete on Monday at nine: due on Monday the 30th."""
    office.do(krk, "verifikasi_berkas", KRK["lengkap"])
    return krk


def seen(office: Office, case: Application) -> Tracking:
    return office.queries.tracking(case.token)


def stage(office: Office, case: Application, name: str) -> StageRow:
    return next(row for row in seen(office, case).stages if row.stage.id == name)


def window(office: Office, case: Application, name: str) -> Window:
    return next(one for one in seen(office, case).windows if name in (one.element, one.act))


# ── days of stages ────────────────────────────────────────────────────────────────────────────────────────────────


def test_before_the_file_is_complete_stages_to_come_are_told_in_days_after_it(office, krk):
    rows = seen(office, krk).stages

    told = [(row.stage.id, row.after_days, row.due_on) for row in rows if row.after_days or row.due_on]
    assert told == [
        ("verifikasi", None, date(2026, 11, 24)),
        ("penugasan", 1, None),
        ("survei", 2, None),
        ("analisis", 3, None),
        ("koreksi", 4, None),
        ("tanda_tangan", 5, None),
    ]


def test_the_timetable_is_set_when_the_promise_begins_and_ends_on_the_promised_day(office, complete):
    days = {row.stage.id: row.due_on for row in seen(office, complete).stages if row.due_on}

    assert [days[name].day for name in ("penugasan", "survei", "analisis", "koreksi", "tanda_tangan")] == [
        24,
        25,
        26,
        27,
        30,
    ]
    assert days["terbit"] == date(2026, 11, 30), "where the promise is kept, the target is the promise itself"
    assert "masa_koreksi" not in days, "what comes after the promise was promised to nobody"


def test_a_stage_that_overruns_says_so_and_pushes_the_next_ones_but_never_beyond_the_promise(office, complete):
    office.wait("2026-11-26T17:00")

    late, following = stage(office, complete, "penugasan"), stage(office, complete, "survei")

    assert (late.late, late.due_on.day, late.ours) == (True, 24, 3)
    assert following.due_on == date(2026, 11, 30), "Thursday is over: Friday is day 0, Monday the first open day"
    assert {row.due_on for row in seen(office, complete).stages if row.state is StageState.AHEAD and row.due_on} == {
        date(2026, 11, 30)
    }


def test_once_the_promise_is_broken_stages_to_come_are_reckoned_from_today(office, complete):
    office.wait("2026-12-02T09:00")

    assert stage(office, complete, "survei").due_on == date(2026, 12, 3)
    assert stage(office, complete, "tanda_tangan").due_on > date(2026, 11, 30)


def test_days_are_told_by_whose_they_were(office, krk):
    office.do(krk, "verifikasi_berkas", REJECTED)
    office.wait("+3wd")
    office.do(krk, "perbaikan_berkas", {"ktp": "berkas:ktp.jpg"})
    office.wait("+1wd")

    checked = stage(office, krk, "verifikasi")

    assert (checked.ours, checked.theirs) == (1, 2)
    assert checked.due_on == date(2026, 11, 26), "one day of ours and the two that were not"


def test_the_time_in_which_a_correction_may_be_asked_for_runs_until_it_is_over_and_waits_for_nobody(office, krk):
    work_on_krk(office, krk)

    running = stage(office, krk, "masa_koreksi")
    assert (running.state, running.ended_at) == (StageState.RUNNING, None)

    office.wait("+40d")

    assert stage(office, krk, "masa_koreksi").state is StageState.DONE


def test_a_last_stage_that_is_nothing_but_the_end_is_done_as_soon_as_it_is_reached(office):
    report = office.apply("complaint", ADU["lampu_jalan"])
    for element, sample in (*ANSWERED, ("tanggapan_pelapor", "terima")):
        office.do(report, element, ADU[sample])

    assert office.case(report).ended_at is None, "it is asked once more in four weeks"
    assert stage(office, report, "selesai").state is StageState.DONE


def test_a_stage_that_was_not_needed_has_no_target(office, complete):
    office.do(complete, "penugasan", KRK["koordinat_baik"])

    row = stage(office, complete, "survei")

    assert (row.state, row.due_on) == (StageState.SKIPPED, None)


def test_a_complaint_keeps_its_ten_calendar_days_and_targets_its_stages_in_working_days(office):
    report = office.apply("complaint", ADU["lampu_jalan"])

    days = {row.stage.id: row.due_on for row in seen(office, report).stages if row.due_on}

    assert days["diverifikasi"] == date(2026, 11, 24)
    assert days["diteruskan"] == date(2026, 11, 27)
    assert days["dijawab"] == date(2026, 12, 3)
    assert "selesai" not in days


# ── moves, and what is wanted ─────────────────────────────────────────────────────────────────────────────────────


def test_a_moved_date_names_the_question_that_moved_it_and_the_role_that_asked(office):
    report = office.apply("complaint", ADU["lampu_jalan"])
    office.do(report, "verifikasi_laporan", ADU["perlu_keterangan"])
    office.wait("+2d")

    told = seen(office, report)

    assert [(m.cause, m.element, m.by, m.goes_on) for m in told.moves] == [
        (Cause.APPLICANT, "lengkapi_laporan", "admin_pengaduan", True)
    ]
    assert told.moves[-1].to_on == office.janji.city.calendar.on(told.promise.due_at)
    assert [(s.element, s.until) for s in told.spells] == [("lengkapi_laporan", None)]


def test_what_was_rejected_is_told_item_by_item_with_its_reason(office, krk):
    office.do(krk, "verifikasi_berkas", REJECTED)

    assert [(one.form, one.field, one.reason) for one in seen(office, krk).wanted] == [
        ("pendaftaran", "ktp", "Foto KTP tidak terbaca.")
    ]


def test_nothing_is_wanted_of_whoever_is_not_asked(office, complete):
    assert seen(office, complete).wanted == ()


# ── windows ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_act_of_the_applicant_is_told_from_the_first_day(office, krk):
    assert [(one.element or one.act, one.closed) for one in seen(office, krk).windows if one.act != "press"] == [
        ("permintaan_koreksi", Closed.NOT_YET),
        ("perbaikan_berkas", Closed.NOT_YET),
        ("lengkapi_survei", Closed.NOT_YET),
        ("lengkapi_permohonan", Closed.NOT_YET),
        ("pembayaran", Closed.NOT_YET),
        (Act.WITHDRAW, None),
        (Act.DOWNLOAD, Closed.NOT_YET),
    ]


def test_a_window_opens_with_its_limit_and_closes_as_done(office, krk):
    office.do(krk, "verifikasi_berkas", REJECTED)
    opened = window(office, krk, "perbaikan_berkas")
    office.do(krk, "perbaikan_berkas", {"ktp": "berkas:ktp.jpg"})
    closed = window(office, krk, "perbaikan_berkas")

    assert (opened.closed, opened.until, opened.task_id) == (
        None,
        office.janji.city.calendar.closes_at(date(2026, 12, 7)),
        opened.task_id,
    )
    assert (closed.closed, closed.at) == (Closed.DONE, office.clock.now())


def test_a_dispute_that_was_not_made_in_time_says_when_its_time_was_over(office):
    report = office.apply("complaint", ADU["lampu_jalan"])
    for element, sample in ANSWERED:
        office.do(report, element, ADU[sample])
    assert window(office, report, "tanggapan_pelapor").closed is None

    office.wait("+11wd")

    shut = window(office, report, "tanggapan_pelapor")
    assert (shut.closed, shut.at) == (Closed.EXPIRED, office.janji.city.calendar.closes_at(date(2026, 12, 7)))


def test_what_a_withdrawal_closed_is_not_called_late(office, krk):
    office.do(krk, "verifikasi_berkas", REJECTED)
    office.engine.withdraw(krk.token, "pindah kota", "k1")

    assert window(office, krk, "perbaikan_berkas").closed is Closed.OVER
    assert window(office, krk, "withdraw").closed is Closed.DONE
    assert window(office, krk, "press").closed is Closed.WITHDRAWN
    assert window(office, krk, "pembayaran").closed is Closed.NEVER


@pytest.mark.parametrize("service", ["krk", "iptb", "complaint"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_task_of_an_applicant_says_when_it_opens_and_what_follows_from_silence(office, service, language):
    with office.store.read() as reads:
        entry = office.janji.house.entry(reads, reads.current(service))
    texts = tomllib.loads((ROOT / "processes" / service / "texts" / f"{language}.toml").read_text(encoding="utf-8"))

    asked = {e.id for e in entry.definition.elements.values() if e.kind == "userTask" and e.role == "pemohon"}

    assert {name for name, told in texts["windows"].items() if set(told) == {"before", "silence"}} == asked
