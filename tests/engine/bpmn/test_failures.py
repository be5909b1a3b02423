from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.errors import StepFailed

from .drawing import (
    TERMINATE,
    boundary,
    catch,
    choice,
    diagram,
    end,
    flow,
    message,
    part,
    path,
    script,
    start,
    throw,
    timer,
    user,
)
from .walking import Walk

TWO_STEPS = diagram(start(), user("periksa"), user("putuskan"), end(), path("mulai", "periksa", "putuskan", "selesai"))


def test_a_unit_that_is_no_text_fails_the_step():
    walk = Walk(
        diagram(
            start(), user("bagi"), user("kerja", unit="bagi.unit"), end(), path("mulai", "bagi", "kerja", "selesai")
        )
    )
    with pytest.raises(StepFailed, match=r"bagi\.unit is not a text"):
        walk.complete("bagi", unit=7)


def test_a_failed_step_names_its_element_and_leaves_the_run_unusable():
    walk = Walk(
        diagram(
            start(),
            user("isi"),
            script("hitung", "x = isi.jumlah * 2"),
            end(),
            path("mulai", "isi", "hitung", "selesai"),
        )
    )
    run = walk.run()
    with pytest.raises(StepFailed) as failed:
        run.complete(walk.task("isi"), {})

    assert failed.value.element == "hitung"
    assert "isi.jumlah is not known yet" in failed.value.message
    for use in (run.outcome, run.wake, lambda: run.complete(walk.task("isi"), {"jumlah": 1})):
        with pytest.raises(StepFailed):
            use()
    assert walk.complete("isi", jumlah=3).data["x"] == 6


def test_the_message_of_a_failure_never_quotes_an_answer():
    walk = Walk(
        diagram(
            start(),
            user("isi"),
            script("hitung", "x = int(isi.nama) + isi.a[isi.nama]"),
            end(),
            path("mulai", "isi", "hitung", "selesai"),
        )
    )
    with pytest.raises(StepFailed) as failed:
        walk.complete("isi", nama="Sari Dewi", a={})

    assert "Sari" not in failed.value.message


def test_a_choice_without_a_way_out_fails_the_step():
    walk = Walk(
        diagram(start(), user("isi"), choice("g"), end(), path("mulai", "isi", "g"), flow("g", "selesai", "isi.ya"))
    )
    with pytest.raises(StepFailed) as failed:
        walk.complete("isi", ya=False)

    assert failed.value.element == "g"


def test_a_diagram_that_goes_round_in_circles_is_stopped():
    drawn = diagram(
        start(),
        user("isi"),
        choice("m"),
        script("s", "x = given('x', 0) + 1"),
        choice("g", default="m"),
        end(),
        path("mulai", "isi", "m", "s", "g", "m"),
        flow("g", "selesai", "False"),
    )
    walk = Walk(drawn)
    with pytest.raises(StepFailed, match="over 2000 steps without a person: the diagram goes round in circles"):
        walk.complete("isi")


def test_a_long_loop_of_scripts_is_no_deeper_at_its_end_than_at_its_start():
    drawn = diagram(
        start(),
        user("isi"),
        part(
            "b",
            start("a"),
            choice("m"),
            script("s", "x = given('x', 0) + 1"),
            choice("g", default="m"),
            end("z"),
            path("a", "m", "s", "g", "m"),
            flow("g", "z", "x == 600"),
        ),
        boundary("tarik", "b", message("penarikan")),
        end("ditarik", TERMINATE),
        end("selesai", TERMINATE),
        path("mulai", "isi", "b", "selesai"),
        path("tarik", "ditarik"),
        messages=("penarikan",),
    )
    walk = Walk(drawn)
    outcome = walk.complete("isi")

    assert outcome.ended
    assert outcome.data["x"] == 600


def test_an_error_nobody_catches_fails_the_step():
    drawn = diagram(start(), end("gagal", "<bpmn:errorEventDefinition/>"), path("mulai", "gagal"))
    with pytest.raises(StepFailed, match="nothing catches the error"):
        Walk(drawn)


def test_a_message_thrown_to_nobody_fails_the_step():
    drawn = diagram(
        start(), throw("kirim", message("halo")), end(), path("mulai", "kirim", "selesai"), messages=("halo",)
    )
    with pytest.raises(StepFailed, match="nobody in this case waits for halo"):
        Walk(drawn)


def test_a_token_that_vanishes_at_a_step_without_a_way_out_is_noticed():
    walk = Walk(diagram(start(), user("isi"), script("buntu", "x = 1"), end(), path("mulai", "isi", "buntu")))
    with pytest.raises(StepFailed, match="the token is lost"):
        walk.complete("isi")


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (date(2026, 1, 1), "answers.x is a date"),
        (Decimal("1.5"), "answers.x is a Decimal"),
        ({1: 2}, "answers.x has the key 1"),
        (b"x", "answers.x is a bytes"),
        (float("nan"), "answers.x is a number that JSON cannot keep"),
        (2**64, "answers.x is a number that JSON cannot keep"),
        ("\ud800", "answers.x holds half a character"),
    ],
)
def test_what_is_not_json_is_refused_by_name_before_anything_happens(value, named):
    walk = Walk(TWO_STEPS)
    run = walk.run()
    with pytest.raises((TypeError, ValueError), match=named):
        run.complete(walk.task("periksa"), {"x": value})

    assert [one.element for one in run.outcome().open] == ["periksa"]


def test_answers_are_copied_so_that_nobody_rewrites_them_in_place():
    walk = Walk(
        diagram(
            start(),
            user("isi"),
            script("s", "salinan = isi.daftar\nbagian = [salinan]"),
            user("b"),
            end(),
            path("mulai", "isi", "s", "b", "selesai"),
        )
    )
    answers = {"daftar": [{"a": 1}]}
    run = walk.run()
    run.complete(walk.task("isi"), answers)
    answers["daftar"][0]["a"] = 99
    seen = run.outcome().data
    seen["isi"]["daftar"].append("x")
    seen["salinan"].append("y")
    run.data_at(run.open()[0].id)["isi"]["daftar"].append("z")

    assert run.outcome().data == {
        "isi": {"daftar": [{"a": 1}]},
        "salinan": [{"a": 1}],
        "bagian": [[{"a": 1}]],
    }


def test_a_timer_that_cannot_be_read_fails_the_step_that_armed_it():
    walk = Walk(
        diagram(
            start(), user("isi"), catch("tunggu", timer("isi.kapan")), end(), path("mulai", "isi", "tunggu", "selesai")
        )
    )
    with pytest.raises(StepFailed, match="a time is written like"):
        walk.complete("isi", kapan="besok")
    assert walk.complete("isi", kapan="2026-12-24").timers[0].due_at == datetime(2026, 12, 24, 9, tzinfo=UTC)
