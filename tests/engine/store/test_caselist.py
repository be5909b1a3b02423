"""Each number above a list of cases is the length of that list."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from engine.model import PromiseState
from engine.store import OPEN_STATES, CaseFilter, CaseState, state_of

from .office import MONDAY
from .plans import plan_of


@pytest.fixture
def many(office):
    """A case of every promise state, due date, stage, and of both open and ended."""
    due = [None, office.later(days=-1), office.at, office.later(days=1), office.later(days=2), office.later(days=9)]
    return [
        office.case(promise_state=state, due_at=at, ended_at=ended, stage=stage, confidential=stage is None)
        for state, at, ended, stage in itertools.product(
            PromiseState, due, [None, office.later(days=-3)], ["verifikasi", None]
        )
    ]


def ask(office):
    return {"now": office.at, "risk_until": office.later(days=2)}


def test_every_case_is_in_the_one_list_that_its_state_says(office, many):
    with office.store.read() as r:
        listed = {
            state: {case.id for case in r.case_list(CaseFilter(states=(state,)), **ask(office), limit=500).rows}
            for state in CaseState
        }

    for state in CaseState:
        assert listed[state] == {case.id for case in many if state_of(case, **ask(office)) is state}
        assert listed[state], state


def test_each_number_of_the_oversight_is_the_length_of_its_list(office, many):
    with office.store.read() as r:
        rows = r.oversight(**ask(office))
        for row, state in itertools.product(rows, OPEN_STATES):
            wanted = CaseFilter(service=row.service, stage=row.stage, states=(state,))
            if row.stage is not None:
                assert row.counts[state] == r.count_cases(wanted, **ask(office))
        for state in OPEN_STATES:
            assert sum(row.counts[state] for row in rows) == r.count_cases(CaseFilter(states=(state,)), **ask(office))
    assert [row.stage for row in rows] == [None, "verifikasi"]


@pytest.mark.parametrize("states", [(), *((state,) for state in CaseState), OPEN_STATES, OPEN_STATES[:3]])
def test_pages_show_every_case_of_a_list_once(office, many, states):
    wanted = CaseFilter(states=states)
    shown, cursor = [], None
    with office.store.read() as r:
        while True:
            page = r.case_list(wanted, **ask(office), cursor=cursor, limit=7)
            shown += [case.id for case in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert len(shown) == len(set(shown)) == r.count_cases(wanted, **ask(office))


def test_late_cases_come_with_the_longest_overdue_first(office):
    running = {"promise_state": PromiseState.RUNNING}
    late, later = (office.case(due_at=office.later(days=-days), **running) for days in (1, 5))

    with office.store.read() as r:
        page = r.case_list(CaseFilter(states=(CaseState.LATE,)), **ask(office))
    assert page.rows == (later, late)


def test_text_and_secrecy_narrow_the_list_and_its_number(office):
    fallen = office.case(subject="Pohon tumbang")
    secret = office.case(subject="Lampu PADAM", confidential=True)

    with office.store.read() as r:
        assert r.case_list(CaseFilter(text="TUMBANG"), **ask(office)).rows == (fallen,)
        assert r.case_list(CaseFilter(text="padam"), **ask(office)).rows == ()
        assert r.case_list(CaseFilter(text=secret.reference.lower()), **ask(office)).rows == (secret,)
        assert r.case_list(CaseFilter(services=frozenset({"elsewhere"})), **ask(office)).rows == ()
        assert r.count_cases(CaseFilter(hide_confidential=True), **ask(office)) == 1
        [row] = r.oversight(**ask(office), wanted=CaseFilter(hide_confidential=True))
        assert row.counts[CaseState.RUNNING] == 1


@pytest.mark.parametrize("service", [None, "krk"])
@pytest.mark.parametrize("states", [(), *((state,) for state in CaseState), OPEN_STATES, OPEN_STATES[:3]])
def test_every_list_of_cases_walks_an_index_and_sorts_nothing(lite, states, service):
    ask = {"now": MONDAY, "risk_until": MONDAY + timedelta(days=2)}
    plan = plan_of(lite, lambda r: r.case_list(CaseFilter(service=service, states=states), **ask))

    assert "INDEX ix_cases_" in plan[0], plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
