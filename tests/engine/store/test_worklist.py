"""A colleague sees the work of their posts, the most urgent first, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.model import Closing, Post
from engine.store import Tab, WorkFilter
from engine.store.keyset import cursor_after
from engine.store.worklist import _BY_DAY, _LATEST, _URGENT, _that_rest, _walks
from engine.views import COUNTED_UP_TO

from .plans import plan_of

VERIFIKATOR = [Post("verifikator")]
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def seen(office, tab=Tab.ROLE, login="ana", posts=VERIFIKATOR, wanted=None, **more):
    with office.store.read() as r:
        return [row.task.id for row in r.worklist(posts, login, tab, wanted or WorkFilter(), **more).rows]


def test_the_most_urgent_comes_first_and_work_without_a_date_last(office):
    case = office.case()
    later, never, soon = (office.task(case, due_at=due) for due in (office.later(days=2), None, office.later(days=1)))

    assert seen(office) == [soon.id, later.id, never.id]


def test_work_of_another_role_or_unit_is_not_seen(office):
    case = office.case()
    office.task(case, role="kasi")
    office.task(case, unit="dpu")
    ours = office.task(case, unit="dlh")
    anywhere = office.task(case, unit=None)

    assert seen(office, posts=[Post("verifikator", "dlh")]) == [ours.id, anywhere.id]
    assert seen(office, posts=[]) == []


def test_overlapping_posts_show_a_task_once(office):
    task = office.task(office.case(), unit="dlh")
    shared = office.task(office.case(), unit=None)

    overlapping = [Post("verifikator"), Post("verifikator", "dlh")]
    side_by_side = [Post("verifikator", "dpu"), Post("verifikator", "dlh")]
    assert seen(office, posts=overlapping) == [task.id, shared.id]
    assert seen(office, posts=side_by_side) == [task.id, shared.id]


def test_several_posts_are_merged_in_order_of_urgency(office):
    case = office.case()
    places = [("kasi", None), ("verifikator", "dlh"), ("kasi", "x"), ("verifikator", None)]
    tasks = [
        office.task(case, role=role, unit=unit, due_at=office.later(hours=hours))
        for hours, (role, unit) in enumerate(places)
    ]

    assert seen(office, posts=[Post("kasi"), Post("verifikator", "dlh")]) == [task.id for task in tasks]


def test_each_tab_shows_its_own(office):
    case = office.case()
    mine = office.task(case, holder="ana")
    free = office.task(case)
    held = office.task(case, holder="budi")
    other = office.task(case, role="kasi")
    done = office.task(case)
    with office.store.write() as w:
        w.close_task(done.id, office.later(hours=1), "ana", Closing.COMPLETED)

    assert seen(office, Tab.MINE) == [mine.id]
    assert seen(office, Tab.ROLE) == [mine.id, free.id, held.id]
    assert seen(office, Tab.ALL) == [mine.id, free.id, held.id, other.id]
    assert seen(office, Tab.DONE) == [done.id]
    with office.store.read() as r:
        assert r.worklist_counts(VERIFIKATOR, "ana") == {Tab.MINE: 1, Tab.ROLE: 3, Tab.ALL: 4, Tab.DONE: 1}
        assert r.worklist_counts([], "ana") == {Tab.MINE: 1, Tab.ROLE: 0, Tab.ALL: 4, Tab.DONE: 1}


def test_the_work_of_whoever_is_away_stands_among_ones_own_in_order_of_urgency(office):
    case = office.case()
    theirs, mine = office.task(case, holder="sari", due_at=office.at), office.task(case, holder="ana")
    office.task(case, holder="budi")

    assert seen(office, Tab.MINE, wanted=WorkFilter(beside=frozenset({"sari", "ana"}))) == [theirs.id, mine.id]


@pytest.mark.parametrize("tab", [Tab.ROLE, Tab.ALL, Tab.MINE])
def test_pages_show_every_task_once_also_when_many_are_due_at_the_same_instant(office, tab):
    case = office.case()
    due = [office.later(days=1), None, office.later(days=1), office.later(days=2)] * 5
    with office.store.write() as w:
        w.add_tasks(office.new_task(case, due_at=at, holder="ana", unit=("a", None)[n % 2]) for n, at in enumerate(due))

    everything = seen(office, tab, limit=100)
    pages, cursor = [], None
    with office.store.read() as r:
        while True:
            page = r.worklist([Post("verifikator", "a")], "ana", tab, cursor=cursor, limit=3)
            pages += [row.task.id for row in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert pages == everything
    assert len(set(pages)) == 20


def test_the_done_tab_pages_from_the_latest_back(office):
    case = office.case()
    tasks = [office.task(case) for _ in range(5)]
    with office.store.write() as w:
        for hour, task in enumerate(tasks):
            w.close_task(task.id, office.later(hours=hour), "ana", Closing.COMPLETED)

    with office.store.read() as r:
        first = r.worklist([], "ana", Tab.DONE, limit=3)
        second = r.worklist([], "ana", Tab.DONE, cursor=first.next_cursor, limit=3)
    assert [row.task.id for row in (*first.rows, *second.rows)] == [task.id for task in reversed(tasks)]
    assert second.next_cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "é", "%00", "A" * 9000, "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTp4", "LTk6AA"])
def test_a_cursor_that_was_tampered_with_shows_a_page(office, cursor):
    task = office.task(office.case(), due_at=office.later(days=1))

    assert seen(office, cursor=cursor) == [task.id]


def test_filters_narrow_the_list(office):
    late = office.task(office.case(stage="survei", subject="Budi 100%"), due_at=office.later(days=-1))
    soon = office.task(office.case(confidential=True), due_at=office.later(days=1))
    never = office.task(office.case(subject="CITRA Lestari"))

    def found(**wanted):
        return seen(office, wanted=WorkFilter(**wanted))

    assert found(service="krk") == [late.id, soon.id, never.id]
    assert found(service="iptb") == []
    assert found(stage="survei") == [late.id]
    assert found(due_before=office.at) == [late.id]
    assert found(due_from=office.at, due_before=office.later(days=2)) == [soon.id]
    assert found(text="  citra  LESTARI ") == [never.id]
    assert found(text="100%") == [late.id]
    assert found(text="%") == [late.id]
    assert found(text="2026-000") == [late.id, soon.id, never.id]
    assert found(hide_confidential=True) == [late.id, never.id]
    assert found(except_roles=frozenset({"verifikator"})) == []


def test_a_row_tells_the_round_and_the_name_of_the_holder(office):
    case = office.case()
    first = office.task(case)
    with office.store.write() as w:
        w.add_user("ana", "Ana Wijaya", "", "hash", [], office.at)
        w.close_task(first.id, office.at, "ana", Closing.COMPLETED)
    again = office.task(case, opened_at=office.later(days=1), holder="ana")

    with office.store.read() as r:
        [row] = r.worklist(VERIFIKATOR, "ana", Tab.ROLE).rows
    assert (row.task, row.case, row.round, row.holder_name) == (again, case, 2, "Ana Wijaya")


def test_counting_stops_where_a_number_says_no_more(office):
    case = office.case()
    with office.store.write() as w:
        w.add_tasks(office.new_task(case) for _ in range(COUNTED_UP_TO + 5))

    with office.store.read() as r:
        assert r.worklist_counts(VERIFIKATOR, "ana")[Tab.ROLE] == COUNTED_UP_TO


@pytest.mark.parametrize(
    "wanted",
    [
        WorkFilter(),
        WorkFilter(except_roles=frozenset({"pemohon"})),
        WorkFilter(service="krk", text="siti", hide_confidential=True),
        WorkFilter(beside=frozenset({"budi", "sari"})),
        WorkFilter(awake_at=NOON),
    ],
)
@pytest.mark.parametrize("tab", list(Tab))
def test_every_page_of_work_walks_an_index_and_sorts_nothing(lite, tab, wanted):
    """On SQLite, whose plan depends on no statistics; for PostgreSQL the benchmark looks at the clock instead."""
    keyset = _LATEST if tab is Tab.DONE else _URGENT
    cursor = cursor_after([(datetime(2026, 11, 23, tzinfo=UTC), "task-1"), (None, "")], 1)
    with lite.read() as r:
        for walk in _walks(tab, "ana", [Post("verifikator"), Post("kasi", "dlh")], wanted):
            plan = _plan(r._connection, keyset.page(walk, cursor, 25))

            assert "INDEX ix_task_" in plan[0], plan
            assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize("tab", [Tab.MINE, Tab.ROLE, Tab.ALL])
def test_what_is_put_off_is_read_along_the_days_on_which_it_comes_back(lite, tab):
    rests = _that_rest(tab, "ana", [Post("verifikator"), Post("kasi", "dlh")], WorkFilter(service="krk"), NOON)
    with lite.read() as r:
        plan = _plan(r._connection, _BY_DAY.page(rests, None, 25))

    assert "INDEX ix_follow_up_" in plan[0], plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_only_what_was_opened_since_counts_as_new_and_within_the_tab(office):
    case = office.case()
    office.task(case, opened_at=office.at)
    office.task(case, opened_at=office.later(days=1))
    office.task(case, opened_at=office.later(days=1), role="kasi")
    office.task(case, opened_at=office.later(days=1), holder="ana")

    with office.store.read() as r:
        found = {tab: r.opened_since(VERIFIKATOR, "ana", tab, WorkFilter(), office.at) for tab in Tab}
    assert found == {Tab.MINE: 1, Tab.ROLE: 2, Tab.ALL: 3, Tab.DONE: 0}


def test_what_is_new_is_found_by_the_latest_and_not_by_reading_the_list(lite):
    steps = plan_of(lite, lambda r: r.opened_since(VERIFIKATOR, "ana", Tab.ROLE, WorkFilter(), NOON))

    assert any("ix_task_open_new" in step for step in steps), steps
    assert not any("ix_task_open_role" in step for step in steps), steps


def _plan(connection, statement):
    sql = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
