"""Asking the applicant late: a clerk wins no time by it, and a second person must agree."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from engine.errors import NotYours, WindowClosed
from engine.model import AbsenceKind, Decision, LateRequest, PromiseState
from tests.builders import ROOT, Application, Office, office_in, staff
from tests.databases import url_on
from tests.samples import sample

ASK = sample("complaint", "perlu_keterangan")
AGAIN = {"hasil": "perlu_keterangan", "alasan": "Mohon foto tiangnya juga."}
ANSWER = {"keterangan": "Tiang nomor 14, sisi barat."}


@pytest.fixture
def report(city_office: Office) -> Application:
    return city_office.apply("complaint", sample("complaint", "lampu_jalan"))


def asked(office: Office, case: Application) -> list[LateRequest]:
    with office.store.read() as reads:
        return list(reads.late_requests(case.id))


def promise(office: Office, case: Application) -> Any:
    return office.engine.promises(case.id)[0]


def test_asking_early_pauses_our_clock_at_once(city_office: Office, report: Application) -> None:
    city_office.do(report, "verifikasi_laporan", ASK)

    assert city_office.open(report) == ["lengkapi_laporan"]
    assert asked(city_office, report) == []


def test_asking_after_most_of_our_time_waits_for_a_second_person_and_our_clock_runs_on(
    city_office: Office, report: Application
) -> None:
    city_office.wait("+7d")

    after = city_office.do(report, "verifikasi_laporan", ASK)

    assert after.request is Decision.WAITING
    assert city_office.open(report) == ["verifikasi_laporan"]
    assert promise(city_office, report).state is PromiseState.RUNNING
    assert "perlu_keterangan" not in city_office.told(report)


def test_a_request_that_is_granted_goes_out_with_its_mark(city_office: Office, report: Application) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)

    city_office.engine.grant_request(asked(city_office, report)[0].id, "", staff("pengawas"), "k")

    assert city_office.open(report) == ["lengkapi_laporan"]
    assert city_office.case(report).asked_late
    assert promise(city_office, report).state is PromiseState.PAUSED
    assert city_office.told(report)[-1] == "perlu_keterangan"
    with city_office.store.read() as reads:
        done = [one for one in reads.audit(report.id) if one.verb == "complete"][-1]
    assert (done.actor, done.facts["late"]) == ("staff:admin_pengaduan", ["share"])


def test_a_request_that_is_turned_down_leaves_task_and_words_with_the_clerk(
    city_office: Office, report: Application
) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)
    city_office.engine.refuse_request(
        asked(city_office, report)[0].id, "Tanyakan lewat telepon.", staff("pengawas"), "k"
    )

    task = city_office.task(report, "verifikasi_laporan")
    desk = city_office.queries.desk(task.id, staff("admin_pengaduan"))

    assert desk.form.values["alasan"] == ASK["alasan"]
    assert (desk.asked and desk.asked.answer) == "Tanyakan lewat telepon."
    city_office.do(report, "verifikasi_laporan", sample("complaint", "lengkap"))
    assert city_office.case(report).request is None


def test_asking_a_second_time_waits_however_early(city_office: Office, report: Application) -> None:
    city_office.do(report, "verifikasi_laporan", ASK)
    city_office.do(report, "lengkapi_laporan", ANSWER)

    city_office.do(report, "verifikasi_laporan", AGAIN)

    assert [one.why for one in asked(city_office, report)] == [("again",)]


def test_nobody_grants_their_own_request(city_office: Office, report: Application) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)

    with pytest.raises(NotYours):
        city_office.engine.grant_request(asked(city_office, report)[0].id, "", staff("admin_pengaduan"), "k")


def test_nobody_decides_about_a_case_in_which_they_have_an_interest_of_their_own(
    city_office: Office, report: Application
) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)
    waiting, lead = asked(city_office, report)[0], staff("pengawas", login="hendra")
    also_clerk = replace(lead, posts=lead.posts | staff("admin_pengaduan").posts)
    city_office.engine.stand_aside(waiting.task_id, "", also_clerk)

    assert not city_office.queries.late_request(waiting.id, also_clerk).decides
    for decide in (city_office.engine.grant_request, city_office.engine.refuse_request):
        with pytest.raises(NotYours, match="conflict"):
            decide(waiting.id, "Tetangga saya.", also_clerk, "k")


def test_a_request_sent_twice_is_one_and_a_mended_one_replaces_it(city_office: Office, report: Application) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK, key="same")
    city_office.do(report, "verifikasi_laporan", ASK, key="same")
    first = asked(city_office, report)[0]
    city_office.do(report, "verifikasi_laporan", AGAIN)

    assert len(asked(city_office, report)) == 1
    with pytest.raises(WindowClosed, match="replaced"):
        city_office.engine.grant_request(first.id, "", staff("pengawas"), "k")


def test_a_request_whose_task_is_gone_is_no_longer_decided(city_office: Office, report: Application) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)
    waiting = asked(city_office, report)[0]
    city_office.engine.withdraw(report.token, "", "w")

    assert city_office.queries.decisions(staff("pengawas")).requests == ()
    with pytest.raises(WindowClosed, match="gone"):
        city_office.engine.grant_request(waiting.id, "", staff("pengawas"), "k")


def test_our_clock_runs_again_when_the_longest_pause_is_over(city_office: Office, report: Application) -> None:
    city_office.do(report, "verifikasi_laporan", ASK)  # Monday 23 November; at most 10 calendar days
    city_office.wait("2026-12-03T15:59")
    assert city_office.case(report).promise_state is PromiseState.PAUSED

    city_office.wait("2026-12-03T16:01")

    held = city_office.case(report)
    assert (held.promise_state, str(promise(city_office, report).due_at.date())) == (PromiseState.RUNNING, "2026-12-13")
    assert city_office.history(report)[-1] == "count_again"
    assert [verb for verb in city_office.history(report) if verb == "count_again"] == ["count_again"]


def test_a_pause_that_was_to_end_under_an_older_calendar_is_looked_at_once(
    city_office: Office, report: Application
) -> None:
    city_office.do(report, "verifikasi_laporan", ASK)
    now = city_office.clock.now()
    with city_office.store.write() as tx:
        before = tx.timers(report.id)
        tx.replace_timers(report.id, [replace(one, due_at=now) if one.id[:5] == "pause" else one for one in before])

    assert city_office.engine.wake(report.id)
    assert not city_office.engine.wake(report.id)
    with city_office.store.read() as reads:
        assert sorted(one.id for one in reads.timers(report.id)) == sorted(one.id for one in before)
        assert {one.due_at for one in reads.timers(report.id)} == {one.due_at for one in before}


def test_the_longest_pause_of_a_promise_that_is_not_the_main_one_is_noted_once(tmp_path: Path) -> None:
    folder = tmp_path / "complaint"
    copytree(ROOT / "processes" / "complaint", folder)
    drawn = (folder / "process.bpmn").read_text("utf-8")
    [main], [second] = (re.findall(rf' *<janji:promise id="{name}".*\n', drawn) for name in ("penanganan", "sanggahan"))
    (folder / "process.bpmn").write_text(drawn.replace(main + second, second + main), "utf-8")
    office = office_in(tmp_path)
    office.publish(folder)
    report = office.apply("complaint", sample("complaint", "lampu_jalan"))
    office.do(report, "verifikasi_laporan", ASK)
    office.wait("2026-12-03T16:01")

    with office.store.read() as reads:
        assert reads.due_cases(office.clock.now(), 10) == ()
    assert not office.engine.wake(report.id)
    assert office.history(report).count("count_again") == 1
    office.janji.close()


def test_a_decision_and_a_withdrawal_at_once_leave_one_story(any_database: str, tmp_path: Path) -> None:
    with url_on(any_database, tmp_path) as url:
        office = office_in(tmp_path, url)
        office.publish(ROOT / "processes" / "complaint")
        report = office.apply("complaint", sample("complaint", "lampu_jalan"))
        office.wait("+7d")
        office.do(report, "verifikasi_laporan", ASK)
        waiting = asked(office, report)[0]

        def grant() -> str:
            try:
                office.engine.grant_request(waiting.id, "", staff("pengawas"), "k")
            except WindowClosed as closed:
                return closed.why
            return "granted"

        with ThreadPoolExecutor(2) as two:
            granted = two.submit(grant)
            two.submit(office.engine.withdraw, report.token, "", "w").result()

        told = {"granted": Decision.APPROVED, "gone": Decision.WAITING}
        assert asked(office, report)[0].decision is told[granted.result()]
        assert office.case(report).outcome == "ditarik"
        with office.store.read() as reads:
            assert not [problem for _, found in reads.audit_problems() for problem in found]
        office.janji.close()


def test_a_request_made_for_an_absent_colleague_names_them_once_it_is_granted(
    city_office: Office, report: Application
) -> None:
    sari, budi = (staff("admin_pengaduan", "diskominfo", login) for login in ("sari", "budi"))
    for who in (sari, budi):
        city_office.janji.accounts.add(who.id, who.id.title(), "", "a long password", who.posts)
    city_office.wait("+7d")
    task = city_office.task(report, "verifikasi_laporan").id
    city_office.engine.claim(task, sari)
    today = city_office.janji.city.calendar.on(city_office.clock.now())
    city_office.engine.be_away("sari", AbsenceKind.LEAVE, today, today, ("budi",), staff("kadis"), "away")
    with city_office.store.read() as reads:
        instead = replace(budi, stands_in=reads.stands_in("budi", today))
    city_office.do(report, "verifikasi_laporan", ASK, by=instead)

    city_office.engine.grant_request(asked(city_office, report)[0].id, "", staff("pengawas"), "k")

    with city_office.store.read() as reads:
        done = [one for one in reads.audit(report.id) if one.verb == "complete"][-1]
    assert (done.actor, done.facts["for"]) == ("staff:budi", "sari")


def test_figures_tell_each_units_late_requests(city_office: Office, report: Application) -> None:
    city_office.wait("+7d")
    city_office.do(report, "verifikasi_laporan", ASK)
    city_office.engine.refuse_request(asked(city_office, report)[0].id, "Terlambat.", staff("pengawas"), "k")

    rows = city_office.queries.late_requests(staff("pengawas")).rows

    assert [(row.service, row.unit, row.refused, row.made) for row in rows] == [("complaint", None, 1, 1)]
