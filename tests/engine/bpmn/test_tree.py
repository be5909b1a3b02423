"""What the tokens forget must make no difference: not to what happens, not to how long it takes."""

import random
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.bpmn.reader import read
from engine.bpmn.run import Run

from .drawing import (
    TERMINATE,
    boundary,
    choice,
    diagram,
    end,
    flow,
    for_each,
    message,
    parallel,
    part,
    path,
    script,
    start,
    timer,
    user,
)
from .walking import Walk, words


def looped(*body: str, ways: str, messages: tuple[str, ...] = ()) -> bytes:
    """`body` between a merge `m` and a last task `c`, after which the case goes round while `c.lagi`."""
    return diagram(
        start(),
        choice("m"),
        *body,
        user("c"),
        choice("g", default="selesai"),
        end("selesai", TERMINATE),
        path("mulai", "m"),
        ways,
        path("c", "g", "selesai"),
        flow("g", "m", "c.lagi"),
        messages=messages,
    )


INSIDE = part("sp", start("sa"), user("i"), user("j"), end("sz"), path("sa", "i", "j", "sz"))
REMIND = (
    boundary("ingat", "sp", timer("every(days=2)", "timeCycle"), interrupting=False)
    + boundary("panggil", "sp", message("panggilan"), interrupting=False)
    + boundary("batas", "sp", timer("days(9)", "timeDuration"))
    + script("si", "n = given('n', 0) + 1")
    + user("t")
    + end("et")
    + end("ei")
    + user("telat")
    + path("ingat", "si", "ei")
    + path("panggil", "t", "et")
    + path("batas", "telat", "c")
)

SHAPES = {
    "parallel in a loop": looped(
        parallel("f"), user("a"), user("b"), parallel("k"), ways=path("m", "f", "a", "k", "c") + path("f", "b", "k")
    ),
    "part in a loop": looped(INSIDE, ways=path("m", "sp", "c")),
    "part with boundary events in a loop": looped(INSIDE, REMIND, ways=path("m", "sp", "c"), messages=("panggilan",)),
    "loops within loops": looped(
        user("a"),
        choice("m2"),
        user("b"),
        choice("g2", default="c"),
        ways=path("m", "a", "m2", "b", "g2", "c") + flow("g2", "m2", "b.lagi"),
    ),
    "loop in a branch": looped(
        parallel("f"),
        choice("m2"),
        user("a"),
        choice("g2", default="k"),
        user("b"),
        parallel("k"),
        ways=path("m", "f", "m2", "a", "g2", "k", "c") + flow("g2", "m2", "a.lagi") + path("f", "b", "k"),
    ),
    "several in a loop": looped(user("u", for_each("mulai.daftar", "satu"), unit="satu"), ways=path("m", "u", "c")),
    "several parts in a loop": looped(
        part(
            "sp",
            start("sa"),
            user("i", unit="satu"),
            end("sz"),
            path("sa", "i", "sz"),
            for_each("mulai.daftar", "satu"),
        ),
        ways=path("m", "sp", "c"),
    ),
    "parts in branches with a timer": looped(
        parallel("f"),
        INSIDE,
        boundary("batas", "sp", timer("days(4)", "timeDuration")),
        user("telat"),
        choice("m3"),
        user("b"),
        boundary("batas_b", "b", timer("days(3)", "timeDuration"), interrupting=False),
        end("eb"),
        parallel("k"),
        ways=path("m", "f", "sp", "m3", "k", "c")
        + path("batas", "telat", "m3")
        + path("f", "b", "k")
        + path("batas_b", "eb"),
    ),
}


def seen(run: Run) -> tuple[object, ...]:
    outcome = run.outcome()
    return (
        sorted((one.element, str(one.unit)) for one in outcome.open),
        sorted((timer.element, timer.due_at) for timer in outcome.timers),
        outcome.waiting_messages,
        outcome.data,
        outcome.ended,
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("shape", SHAPES)
def test_a_case_stored_and_read_at_every_step_goes_the_way_of_one_left_alone(shape, seed):
    chance = random.Random(f"{shape} {seed}")
    definition = read({"process.bpmn": SHAPES[shape]})
    clock = words().now
    alone = Run(definition, words())
    alone.begin({"mulai": {"daftar": ["x", "y", "z"]}})
    tokens = alone.outcome().tokens
    for step in range(40):
        clock += timedelta(hours=chance.choice((1, 20, 70)))
        stored = Run(definition, words(clock), tokens)
        alone.rearm(words(clock))
        before = len(alone.outcome().passed)
        act(alone, stored, chance, step)
        assert seen(stored) == seen(alone)
        assert alone.outcome().passed[before:] == stored.outcome().passed
        tokens = stored.outcome().tokens
        if stored.outcome().ended:
            return


def act(alone: Run, stored: Run, chance: random.Random, step: int) -> None:
    """The same random thing to both."""
    for run in (alone, stored):
        run.wake()
    choices = sorted((one.element, str(one.unit), one.id) for one in stored.open())
    twins = sorted((one.element, str(one.unit), one.id) for one in alone.open())
    if not choices:
        return
    if stored.waits_for("panggilan") and chance.random() < 0.2:
        for run in (alone, stored):
            run.deliver("panggilan", {"n": step})
        return
    at = chance.randrange(len(choices))
    answers = {"lagi": chance.random() < 0.7 and step < 30, "langkah": step}
    stored.complete(choices[at][2], answers)
    alone.complete(twins[at][2], answers)


REWORK = looped(INSIDE, REMIND, ways=path("m", "sp", "c"), messages=("panggilan",))


def test_three_hundred_rework_loops_leave_the_tokens_as_small_as_they_were():
    walk = Walk(REWORK)
    sizes = [len(walk.last.tokens)]
    for _ in range(300):
        for name in ("i", "j"):
            walk.complete(name)
        walk.complete("c", lagi=True)
        sizes.append(len(walk.last.tokens))

    assert sizes[-1] <= 1.3 * sizes[0]
    assert sorted(walk.open) == ["i"]


def test_the_three_hundredth_rework_loop_is_no_more_work_than_the_tenth():
    walk = Walk(REWORK)
    work = [calls(lambda: one_loop(walk)) for _ in range(300)]

    assert work[-1] <= 1.05 * work[10]


def one_loop(walk: Walk) -> None:
    for name in ("i", "j"):
        walk.complete(name)
    walk.complete("c", lagi=True)


def calls(act: Callable[[], None]) -> int:
    """How many functions were called: time that does not depend on what else the machine does."""
    counted = [0]

    def count(_frame: object, event: str, _arg: object) -> None:
        counted[0] += event == "call"

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return counted[0]


def test_a_long_loop_within_one_run_does_not_make_the_case_look_finished():
    drawn = diagram(
        start(),
        user("mulai_kerja"),
        choice("m"),
        script("s", "x = given('x', 0) + 1"),
        choice("g", default="m"),
        parallel("f"),
        user("a"),
        end("ea"),
        end("eb"),
        path("mulai", "mulai_kerja", "m", "s", "g", "m"),
        flow("g", "f", "x == 600"),
        path("f", "a", "ea"),
        path("f", "eb"),
    )
    walk = Walk(drawn)
    walk.complete("mulai_kerja")

    assert walk.open == ["a"]
    assert not walk.last.ended
    assert walk.complete("a").ended


def test_a_run_that_is_never_thrown_away_does_not_sink_into_its_own_depth():
    definition = read({"process.bpmn": REWORK})
    run = Run(definition, words())
    run.begin({})
    for _ in range(150):
        for name in ("i", "j", "c"):
            run.complete(next(one.id for one in run.open() if one.element == name), {"lagi": True})

    assert [one.element for one in run.open()] == ["i"]
    assert not run.outcome().ended
