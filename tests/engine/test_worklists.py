"""The list of work as somebody reads it from the top: what waits for applicants last, and what came meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import ListTooLong
from engine.questions.work_asked import PAGE
from engine.roles import APPLICANT
from tests.builders import staff
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
CLERK = staff("loket", login="ratih")
HEAD = staff("kadis", login="rudi")


@pytest.fixture
def cases(office):
    return [office.apply(SERVICE, ASKED) for _ in range(26)]


def waiting(office, application, name="ask"):
    """A question to the applicant with a term of its own, which ends before any date of ours."""
    task = office.task(application, "periksa")
    asked = replace(task, id=name, element="perbaikan", role=APPLICANT, due_at=office.clock.now() + timedelta(hours=1))
    with office.store.write() as tx:
        tx.add_task(asked)


def test_what_waits_for_applicants_comes_after_all_of_our_work(office, cases):
    waiting(office, cases[0])

    first = office.queries.worklist(HEAD, "semua")
    last = office.queries.worklist(HEAD, "semua", cursor=first.next_cursor)

    assert APPLICANT not in [work.task.role for work in first.rows]
    assert [work.task.role for work in last.rows] == ["loket", APPLICANT]
    assert first.counts["semua"] == len(first.rows) + len(last.rows)
    assert [work.task.id for work in office.queries.exported(HEAD, "semua")] == [
        work.task.id for work in (*first.rows, *last.rows)
    ]


def test_all_that_waits_for_applicants_is_reached_page_by_page_also_when_it_is_more_than_one(office, cases):
    for at, application in enumerate(cases):
        waiting(office, application, f"ask-{at}")

    whole = office.queries.worklist(HEAD, "semua")
    while whole.next_cursor:
        whole = office.queries.worklist(HEAD, "semua", cursor=whole.next_cursor)
    first = office.queries.worklist(HEAD, "semua", due="menunggu")
    last = office.queries.worklist(HEAD, "semua", due="menunggu", cursor=first.next_cursor)
    exported = office.queries.exported(HEAD, "semua", due="menunggu")

    assert whole.more_waiting
    assert (len(first.rows), len(last.rows), last.next_cursor, first.resting) == (25, 1, None, 0)
    assert {work.task.role for work in (*first.rows, *last.rows)} == {APPLICANT}
    assert (first.counts["semua"], first.counts["kelompok"]) == (26, 0)
    assert [work.task.id for work in exported] == [work.task.id for work in (*first.rows, *last.rows)]
    assert office.queries.worklist(CLERK, "kelompok", due="menunggu").rows == ()


def test_somebody_reading_on_is_told_how_many_came_meanwhile_and_nothing_moves(office, cases):
    first = office.queries.worklist(CLERK, "kelompok")
    before = office.queries.worklist(CLERK, "kelompok", cursor=first.next_cursor, since=first.as_of)
    office.clock.forward(minutes=5)
    office.apply(SERVICE, ASKED)

    after = office.queries.worklist(CLERK, "kelompok", cursor=first.next_cursor, since=first.as_of)

    assert (before.fresh, after.fresh) == (0, 1)
    there = [work.task.id for work in before.rows]
    assert [work.task.id for work in after.rows if work.task.id in there] == there


def test_a_list_of_cases_is_taken_along_whole_and_that_is_written_down_with_each(office):
    cases = [office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha di rumah"}) for _ in range(PAGE + 2)]
    who = staff("pengawas")

    rows = office.queries.exported_cases(who, state="terbuka")

    assert sorted(row.case.id for row in rows) == sorted(case.id for case in cases)
    assert len(rows) == office.queries.cases(who, state="terbuka")[1]
    with office.store.read() as reads:
        assert all(look.what == "daftar" for case in cases for look in reads.looks(case.id))
        assert all(reads.looks(case.id) for case in cases)
    with pytest.raises(ListTooLong):
        office.queries.exported_cases(who, most=3)
