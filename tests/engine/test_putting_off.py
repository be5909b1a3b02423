"""A task is put off until a day: it leaves the list, is still counted, comes back by itself, and moves no date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.errors import DayUnfit, NotFound
from engine.verbs.passing import MOST
from engine.verbs.putting_off import PutOff
from engine.views import Why
from tests.builders import staff
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
CLERK = staff("loket", login="ratih")
OTHER = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def cases(office):
    """Three cases whose tasks ratih holds."""
    for who in (CLERK, OTHER, HEAD):
        office.janji.accounts.add(who.id, who.id.title(), "", "a long password", who.posts)
    found = [office.apply(SERVICE, ASKED) for _ in range(3)]
    for one in found:
        office.engine.claim(task(office, one), CLERK)
    return found


def task(office, case):
    return office.task(case, "periksa").id


def listed(office, tab="saya", who=CLERK, **narrowed):
    """Sorted references of a list, and of what stands at its end because it rests."""
    rows = office.queries.worklist(who, tab, **narrowed).rows
    assert [work.resting for work in rows] == sorted(work.resting for work in rows)
    return tuple(sorted(work.case.reference for work in rows if work.resting is rests) for rests in (False, True))


def put_off(office, *cases, until=WEDNESDAY, note="", by=CLERK):
    return office.engine.put_off([task(office, one) for one in cases], until, note, by)


def test_one_act_looks_at_no_more_tasks_than_a_page_shows(office):
    assert office.engine.put_off(map(str, range(MOST + 1)), WEDNESDAY, "", CLERK) == PutOff(refused=MOST)


def test_it_leaves_the_first_group_is_still_counted_and_comes_back_on_its_day(office, cases):
    first, second, third = cases

    assert put_off(office, first, note="tunggu kabar BPN") == PutOff(1)

    assert listed(office) == ([second.reference, third.reference], [first.reference])
    page = office.queries.worklist(CLERK, "saya")
    assert (page.counts["saya"], page.resting) == (3, 1)
    assert listed(office, "kelompok", OTHER)[1] == [first.reference]

    office.wait("2026-11-25T00:00")
    rows = {work.case.reference: work for work in office.queries.worklist(CLERK, "saya").rows}
    assert {reference: work.why for reference, work in rows.items()} == {
        first.reference: Why.REMINDER,
        second.reference: None,
        third.reference: None,
    }
    back = rows[first.reference]
    assert (back.resting, back.follow_up.note) == (False, "tunggu kabar BPN")


def test_no_date_of_the_promise_moves_and_the_record_says_who_put_it_off(office, cases):
    case = cases[0]
    before, promises = office.case(case), office.engine.promises(case.id)

    put_off(office, case)

    assert office.case(case).due_at == before.due_at
    assert office.engine.promises(case.id) == promises
    assert office.history(case)[-1] == "put_off"
    with office.store.read() as reads:
        assert [problems for _, problems in reads.audit_problems()] == [[], [], []]


def test_what_falls_due_before_the_day_is_noted_and_stays_in_the_list(office, cases):
    case = cases[0]
    due_on = office.janji.city.calendar.on(office.case(case).due_at)

    assert put_off(office, case, until=due_on + timedelta(days=1)) == PutOff(1, shown=1)

    assert listed(office)[1] == []
    assert office.queries.desk(task(office, case), CLERK).follow_up.until_at is not None


def test_a_date_that_moves_before_the_day_brings_it_back(office, cases):
    put_off(office, cases[0])
    with office.store.write() as tx:
        tx.set_tasks_due(cases[0].id, office.clock.now() + timedelta(hours=1))

    assert listed(office)[1] == []


def test_only_the_holder_may_and_the_next_holder_knows_nothing_of_it(office, cases):
    case = cases[0]
    assert put_off(office, case, by=OTHER) == PutOff(refused=1)
    put_off(office, case)

    act = office.engine.assign(task(office, case), "budi", CLERK, "cuti")
    assert listed(office, who=OTHER) == ([case.reference], [])
    assert office.queries.desk(task(office, case), OTHER).follow_up is None

    office.engine.undo(act, CLERK)
    assert listed(office)[1] == [case.reference]


def test_what_nobody_holds_is_hidden_from_nobody(office, cases):
    free = office.apply(SERVICE, ASKED)

    assert put_off(office, free, by=CLERK) == PutOff(refused=1)
    assert put_off(office, free, by=HEAD) == PutOff(refused=1)


def test_it_is_taken_up_again_before_its_day(office, cases):
    put_off(office, cases[0])

    assert office.engine.take_up(task(office, cases[0]), CLERK)

    assert listed(office)[1] == []
    assert not office.engine.take_up(task(office, cases[0]), CLERK)
    with pytest.raises(NotFound):
        office.engine.take_up(task(office, cases[0]), OTHER)


def test_the_same_twice_is_written_down_once(office, cases):
    put_off(office, cases[0])
    put_off(office, cases[0])

    assert office.history(cases[0]).count("put_off") == 1


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_day_that_is_too_soon_or_too_far_is_refused_and_says_which_are_not(office, cases, days):
    today = office.janji.city.calendar.on(office.clock.now())

    with pytest.raises(DayUnfit) as refused:
        put_off(office, cases[0], until=today + timedelta(days=days))

    assert (refused.value.first_on, refused.value.last_on) == (today + timedelta(days=1), today + timedelta(days=90))


def test_the_file_holds_as_many_rows_as_the_list_counts(office, cases):
    put_off(office, *cases[:2])

    for tab, who in (("saya", CLERK), ("kelompok", OTHER), ("semua", HEAD)):
        for due in (None, "ditunda", "minggu-ini", "lewat"):
            page = office.queries.worklist(who, tab, due=due)
            rows = office.queries.exported(who, tab, due=due)
            assert [work.task.id for work in rows] == [work.task.id for work in page.rows]
            assert len(rows) == page.counts[tab]
    assert listed(office, due="ditunda") == ([], [case.reference for case in cases[:2]])


def test_what_rests_is_paged_and_every_task_stands_once(office, cases):
    more = [office.apply(SERVICE, ASKED) for _ in range(30)]
    for case in more:
        office.engine.claim(task(office, case), CLERK)
    put_off(office, *more)

    first = office.queries.worklist(CLERK, "saya", due="ditunda")
    second = office.queries.worklist(CLERK, "saya", due="ditunda", cursor=first.next_cursor)

    found = [work.case.reference for work in (*first.rows, *second.rows)]
    assert (len(first.rows), first.counts["saya"]) == (25, 30)
    assert sorted(found) == sorted(case.reference for case in more)


def test_what_is_done_is_done_however_it_was_put_off(office, cases):
    put_off(office, cases[0])
    office.do(cases[0], "periksa", ANSWER, by=CLERK)

    assert listed(office, "selesai") == ([cases[0].reference], [])
    assert listed(office)[1] == []
    office.clock.forward(days=1)
    office.janji.housekeeping.tidy()
    assert listed(office, "selesai") == ([cases[0].reference], [])


def test_a_row_says_why_it_stands_there(office, cases):
    new, old = office.queries.worklist(CLERK, "saya").rows[0], cases[0]
    assert new.why is Why.NEW

    office.wait("+1wd")
    office.wait("+1wd")
    assert office.queries.worklist(CLERK, "saya").rows[0].why is None

    with office.store.write() as tx:
        first = tx.task(task(office, old))
        tx.add_task(replace(first, id="again", opened_at=office.clock.now() - timedelta(days=1)))
    again = [work for work in office.queries.worklist(CLERK, "saya").rows if work.task.id == "again"]
    assert [work.why for work in again] == [Why.CAME_BACK]


def test_the_banner_counts_what_its_lists_hold(office, cases):
    due_on = office.case(cases[0]).due_at

    office.clock.move_to(due_on - timedelta(hours=1))
    day = office.queries.day(CLERK)
    assert (day.late, day.today) == (0, len(listed(office, due="hari-ini")[0])) == (0, 3)

    office.clock.move_to(due_on + timedelta(hours=1))
    day = office.queries.day(CLERK)
    assert (day.late, day.today) == (len(listed(office, due="lewat")[0]), 0) == (3, 0)
