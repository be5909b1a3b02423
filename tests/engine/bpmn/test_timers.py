from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import StepFailed, TaskGone
from engine.model import Closing

from .drawing import (
    TERMINATE,
    boundary,
    catch,
    choice,
    diagram,
    end,
    first_of,
    flow,
    message,
    part,
    path,
    script,
    start,
    timer,
    user,
)
from .walking import MONDAY, Walk


def hosted(*timers: tuple[str, str, str, bool]) -> bytes:
    """A sub-process with one task and timers on it: name, expression, kind, whether it interrupts."""
    events = "".join(
        boundary(name, "hidup", timer(expression, kind), interrupting)
        + script(f"s_{name}", f"notify('pemohon', '{name}')\nurutan = given('urutan', []) + ['{name}']")
        + end(f"e_{name}", TERMINATE if interrupting else "")
        + path(name, f"s_{name}", f"e_{name}")
        for name, expression, kind, interrupting in timers
    )
    life = part("hidup", start("a"), user("isi"), end("z"), path("a", "isi", "z"))
    return diagram(start(), life, events, end("selesai", TERMINATE), path("mulai", "hidup", "selesai"))


DATE, DURATION, CYCLE = "timeDate", "timeDuration", "timeCycle"


def test_a_timer_does_not_fire_before_its_time_and_fires_at_it():
    walk = Walk(hosted(("batas", "days(3)", DURATION, True)))
    assert walk.due == {"batas": MONDAY + timedelta(days=3)}
    assert walk.wake(days=2, hours=23, minutes=59).passed == ()
    assert walk.wake(minutes=1).ended
    assert walk.passed == ["batas", "s_batas", "e_batas"]


def test_a_late_click_does_not_beat_an_expired_timer():
    walk = Walk(hosted(("batas", "days(3)", DURATION, True)))
    late = walk.task("isi")
    walk.now += timedelta(days=4)
    run = walk.run()
    with pytest.raises(TaskGone):
        run.complete(late, {"hasil": "terlambat"})

    outcome = run.outcome()
    assert outcome.ended
    assert "isi" not in outcome.data
    assert [one.how for one in outcome.closed] == [Closing.CANCELLED]


def test_a_late_click_on_a_task_that_still_waits_comes_after_what_was_due():
    walk = Walk(hosted(("ingat", "days(3)", DURATION, False)))
    walk.now += timedelta(days=4)
    walk.complete("isi")

    assert walk.passed == ["ingat", "s_ingat", "e_ingat", "isi", "z", "selesai"]


def test_a_late_message_does_not_beat_an_expired_timer_either():
    drawn = diagram(
        start(),
        user("isi"),
        boundary("batas", "isi", timer("days(3)", DURATION)),
        boundary("tarik", "isi", message("penarikan")),
        end(),
        end("e1"),
        end("e2"),
        path("mulai", "isi", "selesai"),
        path("batas", "e1"),
        path("tarik", "e2"),
        messages=("penarikan",),
    )
    walk = Walk(drawn)
    walk.now += timedelta(days=4)
    run = walk.run()
    with pytest.raises(Exception, match="penarikan"):
        run.deliver("penarikan", {})

    assert [one.element for one in run.outcome().passed] == ["batas", "e1"]


def test_timers_fire_in_the_order_of_their_time_not_of_the_drawing():
    walk = Walk(
        hosted(
            ("t9", "days(9)", DURATION, False), ("t1", "days(1)", DURATION, False), ("t5", "days(5)", DURATION, False)
        )
    )
    walk.wake(days=30)

    assert walk.last.data["urutan"] == ["t1", "t5", "t9"]
    assert walk.passed == ["t1", "s_t1", "e_t1", "t5", "s_t5", "e_t5", "t9", "s_t9", "e_t9"]


def test_an_earlier_interrupting_timer_leaves_nothing_for_a_later_one():
    walk = Walk(hosted(("nanti", "days(9)", DURATION, False), ("batas", "days(5)", DURATION, True)))
    walk.wake(days=30)

    assert walk.last.data["urutan"] == ["batas"]


def test_a_missed_cycle_fires_once_and_then_goes_on_in_its_rhythm():
    walk = Walk(hosted(("ingat", "every(days=7)", CYCLE, False)))
    walk.wake(days=7 * 10 + 1)
    assert walk.said == ["ingat"]
    assert walk.due == {"ingat": MONDAY + timedelta(days=7 * 11)}

    walk.wake(days=6)
    assert walk.said == ["ingat"]


def test_a_cycle_of_working_days_skips_the_weekend():
    walk = Walk(hosted(("ingat", "every(working_days=1)", CYCLE, False)))
    closes = [walk.due["ingat"]]
    for _ in range(5):
        walk.now = walk.due["ingat"]
        walk.wake()
        assert walk.said == ["ingat"]
        closes.append(walk.due["ingat"])

    assert [(at.day, at.hour) for at in closes] == [(24, 9), (25, 9), (26, 9), (27, 9), (30, 9), (1, 9)]


def test_a_cycle_that_ends_is_over_after_its_last_time():
    walk = Walk(hosted(("ingat", "'R2/P1D'", CYCLE, False)))
    walk.wake(days=1)
    walk.wake(days=1)
    assert walk.said == ["ingat"]
    assert walk.due == {}
    assert walk.wake(days=5).effects == ()


def test_a_cycle_does_not_grow_the_tokens():
    walk = Walk(hosted(("ingat", "every(days=1)", CYCLE, False)))
    walk.wake(days=1)
    before = len(walk.last.tokens)
    for _ in range(50):
        walk.wake(days=1)

    assert len(walk.last.tokens) <= before * 1.1


def test_what_a_cycle_began_outlives_the_next_turn_and_the_host():
    drawn = diagram(
        start(),
        part("hidup", start("a"), user("isi"), end("z"), path("a", "isi", "z")),
        boundary("ingat", "hidup", timer("every(days=1)", CYCLE), interrupting=False),
        user("tegur"),
        end("e"),
        user("arsip"),
        end(),
        path("mulai", "hidup", "arsip", "selesai"),
        path("ingat", "tegur", "e"),
    )
    walk = Walk(drawn)
    walk.wake(days=1)
    walk.wake(days=1)
    assert sorted(walk.open) == ["isi", "tegur", "tegur"]
    walk.complete("isi")
    assert sorted(walk.open) == ["arsip", "tegur", "tegur"]
    assert walk.due == {}


@pytest.mark.parametrize(("first", "second"), [("batas_dua", "batas_lima"), ("batas_lima", "batas_dua")])
def test_two_timers_behind_one_event_gateway_are_both_kept(first, second):
    spans = {"batas_dua": "days(2)", "batas_lima": "days(5)"}
    drawn = diagram(
        start(),
        first_of("mana"),
        catch(first, timer(spans[first], DURATION)),
        catch(second, timer(spans[second], DURATION)),
        catch("bayar", message("pembayaran")),
        end("e1"),
        end("e2"),
        end("e3"),
        path("mulai", "mana", first, "e1"),
        path("mana", second, "e2"),
        path("mana", "bayar", "e3"),
        messages=("pembayaran",),
    )
    walk = Walk(drawn)
    assert walk.due == {"batas_dua": MONDAY + timedelta(days=2), "batas_lima": MONDAY + timedelta(days=5)}
    assert walk.last.waiting_messages == {"pembayaran"}
    paid = Walk(walk.definition)
    assert paid.deliver("pembayaran").ended
    assert paid.passed == ["mana", "bayar", "e3"]

    assert walk.wake(days=3).ended
    assert walk.passed[:2] == ["mana", "batas_dua"]


def test_naive_iso_text_is_wall_time_of_the_city():
    walk = Walk(diagram(start(), catch("t", timer("'2026-12-24T12:00'")), end(), path("mulai", "t", "selesai")))
    assert walk.due == {"t": datetime(2026, 12, 24, 5, tzinfo=UTC)}
    assert walk.due["t"].tzinfo is UTC


@pytest.mark.parametrize(
    "wrong", ["None + 1", "isi.tidak_ada", "7", "'P'", "'kapan-kapan'", "days(0)", "working_days(1.5)"]
)
def test_a_timer_that_cannot_be_worked_out_fails_its_step(wrong):
    with pytest.raises(StepFailed) as failed:
        Walk(diagram(start(), catch("t", timer(wrong, DURATION)), end(), path("mulai", "t", "selesai")))
    assert failed.value.element == "mulai"


def test_a_timer_on_a_task_in_a_loop_begins_anew_with_each_round():
    drawn = diagram(
        start(),
        choice("m"),
        user("isi"),
        boundary("batas", "isi", timer("days(3)", DURATION)),
        choice("g", default="selesai"),
        end(),
        end("e"),
        path("mulai", "m", "isi", "g", "selesai"),
        flow("g", "m", "isi.lagi"),
        path("batas", "e"),
    )
    walk = Walk(drawn)
    walk.now += timedelta(days=2)
    walk.complete("isi", lagi=True)

    assert walk.due == {"batas": MONDAY + timedelta(days=5)}
    assert walk.wake(days=2).passed == ()
    assert walk.wake(days=1).ended


def test_a_timer_outside_and_one_inside_are_both_kept_and_the_outer_takes_all():
    drawn = diagram(
        start(),
        part(
            "luar",
            start("a"),
            part("dalam", start("b"), user("isi"), end("y"), path("b", "isi", "y")),
            boundary("dalam_batas", "dalam", timer("days(2)", DURATION), interrupting=False),
            script("s", "notify('x', 'dalam')"),
            end("ed"),
            end("z"),
            path("a", "dalam", "z"),
            path("dalam_batas", "s", "ed"),
        ),
        boundary("luar_batas", "luar", timer("days(4)", DURATION)),
        end("habis", TERMINATE),
        end("selesai", TERMINATE),
        path("mulai", "luar", "selesai"),
        path("luar_batas", "habis"),
    )
    walk = Walk(drawn)
    assert set(walk.due) == {"luar_batas", "dalam_batas"}
    walk.wake(days=9)

    assert walk.passed == ["dalam_batas", "s", "ed", "luar_batas", "habis"]
    assert walk.last.ended
