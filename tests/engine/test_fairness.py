"""Whom the next task should go to: by load, due dates, presence and rules; and fairly, over a thousand of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.fairness import Candidate, Fit, shared_out, suggested
from engine.model import Post, Task
from tests.builders import MONDAY_NINE

POSTS = frozenset({Post("loket")})
MOST = 25


def a_task(number=0, holder=None, role="loket", unit=None):
    return Task(f"t{number}", "c", "periksa", role, unit, holder, MONDAY_NINE, None)


def person(login, **facts):
    return Candidate(login, **{"posts": POSTS, **facts})


def chosen(*people, fit=None, most=MOST):
    one = suggested(fit or Fit(a_task()), people, most)
    return one and one.login


def test_whoever_has_least_to_do_is_suggested():
    assert chosen(person("ana", load=3), person("budi", load=2)) == "budi"


def test_among_equals_it_is_whoever_has_less_that_is_urgent_then_whose_next_is_due_later():
    soon, later = MONDAY_NINE + timedelta(days=1), MONDAY_NINE + timedelta(days=3)

    assert chosen(person("ana", load=2, urgent=1), person("budi", load=2)) == "budi"
    assert chosen(person("ana", load=2, next_due_at=soon), person("budi", load=2, next_due_at=later)) == "budi"


def test_among_equals_in_all_of_that_it_is_whoever_was_longest_not_given_anything():
    before, after = MONDAY_NINE, MONDAY_NINE + timedelta(hours=1)

    assert chosen(person("ana", given_at=after), person("budi", given_at=before)) == "budi"
    assert chosen(person("ana", given_at=before), person("budi")) == "budi"


def test_whoever_is_away_is_never_suggested_and_whoever_is_about_to_go_only_when_nobody_stays():
    assert chosen(person("ana", away=True), person("budi", load=20)) == "budi"
    assert chosen(person("ana", leaves=True), person("budi", load=20)) == "budi"
    assert chosen(person("ana", leaves=True), person("budi", away=True)) == "ana"
    assert chosen(person("ana", away=True)) is None


def test_neither_its_holder_nor_whoever_is_kept_out_nor_another_role_is_suggested():
    free = person("cahya", load=9)

    assert chosen(person("ana"), free, fit=Fit(a_task(holder="ana"))) == "cahya"
    assert chosen(person("ana"), free, fit=Fit(a_task(), frozenset({"ana"}))) == "cahya"
    assert chosen(person("ana", posts=frozenset({Post("kasi")})), free) == "cahya"
    assert chosen(person("ana", posts=frozenset({Post("loket", "dpu")})), free, fit=Fit(a_task(unit="dlh"))) == "cahya"


def test_nobody_over_the_cap_is_suggested_while_another_is_under_it_even_about_to_go():
    assert chosen(person("ana", load=25), person("budi", load=24, leaves=True)) == "budi"
    assert chosen(person("ana", load=26), person("budi", load=27)) == "ana"


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(1, 60))
def test_a_thousand_tasks_leave_nobody_over_the_cap_before_all_are_and_no_two_more_than_one_apart(loads, most):
    people = [person(f"p{n}", load=load) for n, load in enumerate(loads)]

    plan = shared_out([Fit(a_task(n)) for n in range(1000)], people, most)

    got = Counter(plan.values())
    after = {one.login: one.load + got[one.login] for one in people}
    assert got.total() == 1000
    assert all(after[login] <= min(after.values()) + 1 for login in got)
    under = min(after.values()) < most
    assert not under or all(after[login] <= most for login in got)


@given(st.integers(2, 12), st.data())
def test_those_who_finish_everything_at_once_take_turns(count, data):
    """Nobody ever holds anything, so every choice is a tie: without a memory the first would get all of it."""
    people = {f"p{n}": person(f"p{n}") for n in data.draw(st.permutations(range(count)))}
    got: Counter[str] = Counter()

    for n in range(1000):
        one = suggested(Fit(a_task(n)), people.values(), MOST)
        got[one.login] += 1
        people[one.login] = replace(one, given_at=MONDAY_NINE + timedelta(minutes=n))

    assert max(got.values()) - min(got[login] for login in people) <= 1
