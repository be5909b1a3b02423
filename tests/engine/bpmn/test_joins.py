import random

import pytest

from .drawing import TERMINATE, choice, diagram, end, flow, parallel, path, script, start, user
from .walking import Walk

ROUNDS = diagram(
    start(),
    choice("m"),
    parallel("bagi"),
    user("a"),
    user("b"),
    parallel("kumpul"),
    user("c"),
    choice("g", default="selesai"),
    end(),
    path("mulai", "m", "bagi", "a", "kumpul", "c", "g", "selesai"),
    path("bagi", "b", "kumpul"),
    flow("g", "m", "c.lagi"),
)


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_join_keeps_what_every_branch_wrote(order):
    walk = Walk(
        diagram(
            start(),
            script("s", "x = 0\ndaftar = []"),
            parallel("bagi"),
            user("a"),
            script("sa", "x = 1\ndaftar = daftar + ['a']"),
            user("b"),
            script("sb", "daftar = daftar + ['b']"),
            parallel("kumpul"),
            user("c"),
            end(),
            path("mulai", "s", "bagi", "a", "sa", "kumpul", "c", "selesai"),
            path("bagi", "b", "sb", "kumpul"),
        )
    )
    for name in order:
        walk.complete(name, oleh=name)

    assert walk.open == ["c"]
    assert walk.last.data["x"] == 1
    assert sorted(walk.last.data["daftar"]) == ["a", "b"]
    assert {walk.last.data[name]["oleh"] for name in "ab"} == {"a", "b"}


def test_a_join_in_a_rework_loop_waits_for_both_in_every_round():
    walk = Walk(ROUNDS)
    for turn in range(6):
        first, second = ("a", "b") if turn % 2 else ("b", "a")
        assert sorted(walk.open) == ["a", "b"]
        walk.complete(first)
        assert walk.open == [second], f"round {turn} went on too early"
        walk.complete(second)
        assert walk.open == ["c"]
        walk.complete("c", lagi=turn < 5)

    assert walk.last.ended


def test_a_branch_that_goes_round_by_itself_does_not_stand_in_for_the_other():
    walk = Walk(
        diagram(
            start(),
            parallel("f"),
            choice("m"),
            user("a"),
            choice("g", default="j"),
            user("b"),
            parallel("j"),
            user("c"),
            end(),
            path("mulai", "f", "m", "a", "g", "j", "c", "selesai"),
            flow("g", "m", "a.lagi"),
            path("f", "b", "j"),
        )
    )
    for _ in range(3):
        walk.complete("a", lagi=True)
    walk.complete("a", lagi=False)
    assert walk.open == ["b"]
    assert walk.complete("b").open[0].element == "c"


def test_surplus_tokens_of_one_flow_wait_for_their_own_partners():
    walk = Walk(
        diagram(
            start(),
            parallel("f"),
            user("a1"),
            user("a2"),
            choice("x"),
            user("b"),
            choice("y"),
            parallel("j"),
            user("c"),
            end(),
            path("mulai", "f", "a1", "x", "j", "c", "selesai"),
            path("f", "a2", "x"),
            path("f", "b", "y", "j"),
        )
    )
    walk.complete("a1")
    walk.complete("a2")
    assert walk.open == ["b"]
    walk.complete("b")

    assert walk.open == ["c"]


def test_three_branches_in_any_order_join_once():
    drawn = diagram(
        start(),
        parallel("f"),
        user("a"),
        user("b"),
        user("c"),
        parallel("j"),
        script("s", "kali = given('kali', 0) + 1"),
        user("d"),
        end("selesai", TERMINATE),
        path("mulai", "f", "a", "j", "s", "d", "selesai"),
        path("f", "b", "j"),
        path("f", "c", "j"),
    )
    chance = random.Random(7)
    for _ in range(6):
        walk = Walk(drawn)
        for name in chance.sample("abc", 3):
            walk.complete(name)
        assert walk.open == ["d"]
        assert walk.last.data["kali"] == 1


def test_branches_with_ends_of_their_own_end_the_case_together():
    walk = Walk(
        diagram(
            start(),
            parallel("f"),
            user("a"),
            end("ea"),
            user("b"),
            end("eb"),
            path("mulai", "f", "a", "ea"),
            path("f", "b", "eb"),
        )
    )
    assert not walk.complete("a").ended
    assert walk.complete("b").ended
