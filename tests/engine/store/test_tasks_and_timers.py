"""Tasks are passed on by compare-and-set; timers are an index of what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.model import Closing, Timer
from engine.store import WAKE

from .office import MONDAY
from .plans import plan_of


def test_tasks_come_back_equal_in_order_of_opening(office):
    case = office.case()
    second = office.task(case, opened_at=office.later(hours=2), unit="dpu", due_at=office.later(days=1))
    first = office.task(case, holder="ana")

    with office.store.read() as r:
        assert r.tasks(case.id) == r.open_tasks(case.id) == (first, second)
        assert r.task(first.id) == first
        assert r.task("nothing") is None


def test_only_the_first_closes_a_task(office):
    task = office.task(office.case())

    with office.store.write() as w:
        assert w.close_task(task.id, office.at, "ana", Closing.COMPLETED)
        assert not w.close_task(task.id, office.later(hours=1), "budi", Closing.CANCELLED)

    with office.store.read() as r:
        assert r.open_tasks(task.case_id) == ()
        assert r.task(task.id) == replace(task, closed_at=office.at, closed_by="ana", closing=Closing.COMPLETED)


def test_a_task_passes_only_from_the_holder_that_was_seen(office):
    task = office.task(office.case())

    with office.store.write() as w:
        assert w.hold_task(task.id, None, "ana")
        assert not w.hold_task(task.id, None, "budi")
        assert not w.hold_task(task.id, "citra", "budi")
        assert w.hold_task(task.id, "ana", None)
        assert w.hold_task(task.id, None, "budi")
        w.close_task(task.id, office.at, "budi", Closing.COMPLETED)
        assert not w.hold_task(task.id, "budi", "ana")


def test_a_new_date_reaches_every_open_task_of_the_case_and_no_other(office):
    case, other = office.case(), office.case()
    moved = office.task(case, due_at=office.later(days=1))
    office.task(case, due_at=office.later(days=3))
    office.task(other)
    closed = office.task(case)
    with office.store.write() as w:
        w.close_task(closed.id, office.at, "ana", Closing.COMPLETED)
        assert w.set_tasks_due(case.id, office.later(days=3)) == 1
        assert w.set_tasks_due(other.id, None) == 0

    with office.store.read() as r:
        assert r.task(moved.id).due_at == office.later(days=3)
        assert r.task(closed.id).due_at is None


def test_handlers_are_those_who_completed_a_task_not_the_diagram(office):
    case, other = office.case(), office.case()
    with office.store.write() as w:
        for of, login, how in (
            (case, "ana", Closing.COMPLETED),
            (other, "budi", Closing.COMPLETED),
            (case, "clock", Closing.CANCELLED),
        ):
            task = office.new_task(of)
            w.add_task(task)
            w.close_task(task.id, office.at, login, how)
        assert w.handlers([case.id, other.id]) == {"ana", "budi"}
        assert w.handlers([case.id]) == {"ana"}
        assert w.handlers([]) == frozenset()


def test_replacing_timers_leaves_exactly_the_new_ones(office):
    case, other = office.case(), office.case()
    kept, moved, gone = (Timer(name, "peringatan", office.later(days=day)) for day, name in enumerate("abc", 1))
    waiting = Timer("d", "jatuh_tempo", None)
    with office.store.write() as w:
        w.replace_timers(case.id, [kept, moved, gone])
        moved = replace(moved, due_at=office.later(hours=1))
        w.replace_timers(case.id, [kept, moved, waiting])
        w.replace_timers(other.id, [kept])

    with office.store.read() as r:
        assert r.timers(case.id) == (moved, kept, waiting)
        assert r.timers(other.id) == (kept,)


def test_due_cases_come_with_the_longest_overdue_first_and_each_once(office):
    recent, oldest, future, never = (office.case() for _ in range(4))
    with office.store.write() as w:
        w.replace_timers(recent.id, [Timer("a", "x", office.at), Timer("b", "x", office.later(days=-1))])
        w.replace_timers(oldest.id, [Timer("a", "x", office.later(days=-2)), Timer("b", "x", office.at)])
        w.replace_timers(future.id, [Timer("a", "x", office.later(microseconds=1))])
        w.replace_timers(never.id, [Timer("a", "x", None)])

        assert w.due_cases(office.at, 10) == (oldest.id, recent.id)
        assert w.due_cases(office.at, 1) == (oldest.id,)
        assert w.claim_due_case(office.at) == oldest.id
        assert w.claim_due_case(office.at, {oldest.id}) == recent.id
        assert w.claim_due_case(office.at, {oldest.id, recent.id}) is None


def test_a_case_whose_incident_waits_is_left_alone_until_its_next_try(office):
    case, given_up, other = (office.case() for _ in range(3))
    with office.store.write() as w:
        for one in (case, given_up, other):
            w.replace_timers(one.id, [Timer("a", "x", office.later(days=-1))])
        w.add_or_bump_incident(case.id, WAKE, "x", "KeyError", office.at, office.later(minutes=5))
        w.add_or_bump_incident(given_up.id, WAKE, "x", "KeyError", office.at, None)
        w.add_or_bump_incident(other.id, "issue", "x", "KeyError", office.at, None)

        assert w.due_cases(office.at, 10) == (other.id,)
        assert w.due_cases(office.later(minutes=5), 10) == (case.id, other.id)
        w.resolve_incident(given_up.id, WAKE, office.at)
        assert given_up.id in w.due_cases(office.at, 10)


def test_the_figures_tell_how_late_the_timers_are(office):
    case = office.case()
    with office.store.write() as w:
        assert w.timer_lag(office.at) == timedelta(0)
        due = [-3, -1, 0, 1, 24, 25]
        w.replace_timers(case.id, [Timer(str(h), "x", office.later(hours=h)) for h in due] + [Timer("n", "x", None)])
        figures = w.timer_figures(office.at)
        assert w.timer_lag(office.at) == timedelta(hours=3)

    assert (figures.due, figures.next_day, figures.oldest_due_at) == (3, 2, office.later(hours=-3))


def test_looking_for_due_cases_reads_due_timers_alone(lite):
    plan = plan_of(lite, lambda r: r.due_cases(MONDAY, 100))

    assert plan[0] == "SEARCH timer USING INDEX ix_timer_due (due_at<?)"
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), plan
