from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.bpmn.run import Run
from engine.errors import MessageUnexpected, StepFailed, TaskGone
from engine.model import Closing, Effect

from .drawing import (
    TERMINATE,
    boundary,
    catch,
    choice,
    decision,
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
    table,
    throw,
    timer,
    user,
)
from .walking import Walk, words

TWO_STEPS = diagram(start(), user("periksa"), user("putuskan"), end(), path("mulai", "periksa", "putuskan", "selesai"))

LIFE = diagram(
    start(),
    part("hidup", start("a"), user("periksa"), end("z"), path("a", "periksa", "z")),
    boundary("tarik", "hidup", message("penarikan")),
    boundary("tambah", "hidup", message("tambahan"), interrupting=False),
    script("catat", "notify('pemohon', 'tambahan_diterima')"),
    user("tindak_lanjut"),
    end("selesai", TERMINATE),
    end("ditarik", TERMINATE),
    end("tercatat"),
    path("mulai", "hidup", "selesai"),
    path("tarik", "ditarik"),
    path("tambah", "catat", "tindak_lanjut", "tercatat"),
    messages=("penarikan", "tambahan"),
)


def test_answers_lie_under_their_element_and_the_next_task_opens():
    walk = Walk(TWO_STEPS, mulai={"nama": "Sari"})
    first = walk.task("periksa")
    outcome = walk.complete("periksa", hasil="lengkap")

    assert outcome.data == {"mulai": {"nama": "Sari"}, "periksa": {"hasil": "lengkap"}}
    assert walk.open == ["putuskan"]
    assert outcome.opened == outcome.open
    assert [(one.id, one.element, one.how) for one in outcome.closed] == [(first, "periksa", Closing.COMPLETED)]


def test_the_last_step_ends_the_case():
    walk = Walk(TWO_STEPS)
    walk.complete("periksa")
    outcome = walk.complete("putuskan")

    assert outcome.ended
    assert (outcome.open, outcome.timers, outcome.waiting_messages) == ((), (), frozenset())
    assert walk.passed == ["putuskan", "selesai"]
    assert walk.run().open() == ()


def test_everything_passed_is_told_in_order_and_a_part_once_when_it_is_entered():
    walk = Walk(
        diagram(
            start(),
            part(
                "bagian", start("a"), script("s", "x = 1"), throw("lengkap"), end("z"), path("a", "s", "lengkap", "z")
            ),
            choice("g", default="selesai"),
            end(),
            path("mulai", "bagian", "g", "selesai"),
        )
    )
    assert walk.passed == ["mulai", "bagian", "a", "s", "lengkap", "z", "g", "selesai"]


def test_a_task_keeps_its_id_while_it_waits():
    walk = Walk(LIFE)
    before = walk.task("periksa")
    walk.deliver("tambahan")

    assert walk.task("periksa") == before


def test_a_second_round_replaces_the_answers_of_the_first():
    drawn = diagram(
        start(),
        choice("m"),
        user("isi"),
        choice("g", default="selesai"),
        end(),
        path("mulai", "m", "isi", "g", "selesai"),
        flow("g", "m", "isi.lagi"),
    )
    walk = Walk(drawn)
    walk.complete("isi", lagi=True, lama=1)
    walk.complete("isi", lagi=True, baru=2)

    assert walk.last.data["isi"] == {"lagi": True, "baru": 2}


def test_a_correction_is_kept_under_its_own_id_and_replaces_what_it_corrects():
    walk = Walk(TWO_STEPS, mulai={"nama": "Sari", "nik": "1"})
    walk.complete("periksa", merge_into="mulai", nik="2")

    assert walk.last.data == {"mulai": {"nama": "Sari", "nik": "2"}, "periksa": {"nik": "2"}}


def test_citizen_data_cannot_set_what_the_diagram_routes_by():
    drawn = diagram(
        start(),
        script("s", "setuju = False"),
        user("isi"),
        choice("g", default="tolak"),
        end("terima"),
        end("tolak"),
        path("mulai", "s", "isi", "g", "tolak"),
        flow("g", "terima", "setuju"),
    )
    walk = Walk(drawn)
    walk.complete("isi", setuju=True, case={"reference": "KRK-1"})

    assert walk.passed[-1] == "tolak"
    assert walk.last.data == {"setuju": False, "isi": {"setuju": True, "case": {"reference": "KRK-1"}}}


def test_the_payload_of_a_message_lies_under_its_name_only():
    walk = Walk(LIFE, mulai={})
    walk.deliver("tambahan", mulai="hilang", berkas="x")

    assert walk.last.data == {"mulai": {}, "tambahan": {"mulai": "hilang", "berkas": "x"}}


def test_an_interrupting_message_on_the_whole_life_takes_the_task_away():
    walk = Walk(LIFE)
    taken = walk.task("periksa")
    outcome = walk.deliver("penarikan", alasan="pindah")

    assert outcome.ended
    assert [(one.id, one.how) for one in outcome.closed] == [(taken, Closing.CANCELLED)]
    assert walk.passed == ["tarik", "ditarik"]


def test_a_non_interrupting_message_boundary_is_heard_again_and_again():
    walk = Walk(LIFE)
    for _ in range(3):
        walk.deliver("tambahan")
        assert walk.said == ["tambahan_diterima"]

    assert sorted(walk.open) == ["periksa", "tindak_lanjut", "tindak_lanjut", "tindak_lanjut"]
    assert walk.last.waiting_messages == {"penarikan", "tambahan"}


def test_a_terminate_end_cancels_everything_left_open():
    walk = Walk(LIFE)
    walk.deliver("tambahan")
    walk.deliver("tambahan")
    outcome = walk.complete("periksa")

    assert outcome.ended
    assert sorted((one.element, one.how) for one in outcome.closed) == [
        ("periksa", Closing.COMPLETED),
        ("tindak_lanjut", Closing.CANCELLED),
        ("tindak_lanjut", Closing.CANCELLED),
    ]


def test_what_a_non_interrupting_event_began_outlives_its_host():
    drawn = diagram(
        start(),
        part("hidup", start("a"), user("periksa"), end("z"), path("a", "periksa", "z")),
        boundary("tambah", "hidup", message("tambahan"), interrupting=False),
        user("tindak_lanjut"),
        user("arsip"),
        end("tercatat"),
        end(),
        path("mulai", "hidup", "arsip", "selesai"),
        path("tambah", "tindak_lanjut", "tercatat"),
        messages=("tambahan",),
    )
    walk = Walk(drawn)
    walk.deliver("tambahan")
    walk.complete("periksa")
    assert sorted(walk.open) == ["arsip", "tindak_lanjut"]
    assert walk.last.waiting_messages == frozenset()

    assert not walk.complete("arsip").ended
    assert walk.complete("tindak_lanjut").ended


def test_a_boundary_event_sees_what_happened_inside_its_host():
    drawn = diagram(
        start(),
        part("hidup", start("a"), user("bagi"), user("kerja"), end("z"), path("a", "bagi", "kerja", "z")),
        boundary("tegur", "hidup", message("teguran"), interrupting=False),
        script("catat", "notify('kepala', 'teguran', unit=bagi.unit)"),
        end("e"),
        end(),
        path("mulai", "hidup", "selesai"),
        path("tegur", "catat", "e"),
        messages=("teguran",),
    )
    walk = Walk(drawn)
    walk.complete("bagi", unit="dpu")
    walk.deliver("teguran")

    assert walk.last.effects == (Effect("notify", {"to": "kepala", "text": "teguran", "unit": "dpu"}),)


def test_a_message_nobody_waits_for_is_refused_and_changes_nothing():
    walk = Walk(LIFE)
    run = walk.run()
    with pytest.raises(MessageUnexpected):
        run.deliver("pembayaran", {"jumlah": 1})

    assert not run.waits_for("pembayaran")
    assert run.waits_for("penarikan")
    assert run.outcome().data == {}


def test_a_finished_task_is_gone():
    walk = Walk(TWO_STEPS)
    gone = walk.task("periksa")
    walk.complete("periksa")
    with pytest.raises(TaskGone):
        walk.run().complete(gone, {})
    with pytest.raises(TaskGone):
        walk.run().data_at(gone)
    with pytest.raises(TaskGone):
        walk.run().complete("no such id", {})


def test_a_catching_message_waits_and_goes_on():
    drawn = diagram(
        start(), catch("tunggu", message("bayar")), end(), path("mulai", "tunggu", "selesai"), messages=("bayar",)
    )
    walk = Walk(drawn)
    assert walk.last.waiting_messages == {"bayar"}
    assert walk.deliver("bayar", lunas=True).ended
    assert walk.last.data == {"bayar": {"lunas": True}}


def test_the_unit_of_a_task_is_the_one_at_its_opening():
    drawn = diagram(
        start(),
        user("bagi"),
        parallel("p"),
        user("kerja", unit="bagi.unit"),
        user("bebas", unit="bagi.lain"),
        end(),
        end("e2"),
        path("mulai", "bagi", "p", "kerja", "selesai"),
        path("p", "bebas", "e2"),
    )
    walk = Walk(drawn)
    walk.complete("bagi", unit="dpu")

    assert {one.element: one.unit for one in walk.last.open} == {"kerja": "dpu", "bebas": None}


def test_a_unit_that_is_no_text_fails_the_step():
    walk = Walk(
        diagram(
            start(), user("bagi"), user("kerja", unit="bagi.unit"), end(), path("mulai", "bagi", "kerja", "selesai")
        )
    )
    with pytest.raises(StepFailed, match=r"bagi\.unit is not a text"):
        walk.complete("bagi", unit=7)


# ── failures ──────────────────────────────────────────────────────────────────────────────────────────────────────


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
    with pytest.raises(StepFailed, match="round in circles"):
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


def test_a_case_begins_once():
    run = Run(Walk(TWO_STEPS).definition, words())
    assert run.open() == ()
    run.begin({})
    with pytest.raises(ValueError, match="begun already"):
        run.begin({})


# ── tables, several ───────────────────────────────────────────────────────────────────────────────────────────────

TARIFF = table(
    "tarif",
    ("isi.luas", "isi.jenis"),
    ("biaya", "label"),
    ("< 100", '"rumah"', "0", '"bebas"'),
    (">= 100", '"rumah"', "isi.luas * 2", '"rumah"'),
    ("-", '"toko"', "500", ""),
)
PRICED = diagram(
    start(),
    user("isi"),
    decision("harga", "tarif"),
    user("bayar"),
    end(),
    path("mulai", "isi", "harga", "bayar", "selesai"),
)


def test_the_result_of_a_table_lies_under_the_id_of_its_task():
    walk = Walk(PRICED, {"tarif.dmn": TARIFF})
    assert walk.complete("isi", luas=120, jenis="rumah").data["harga"] == {"biaya": 240, "label": "rumah"}


def test_a_table_without_a_fitting_row_fails_the_step_by_name():
    walk = Walk(PRICED, {"tarif.dmn": TARIFF})
    with pytest.raises(StepFailed, match="decision table tarif: no row fits") as failed:
        walk.complete("isi", luas=120, jenis="pabrik")

    assert failed.value.element == "harga"


@pytest.mark.parametrize("sequential", [False, True])
def test_several_are_asked_and_each_answer_lies_under_its_item(sequential):
    drawn = diagram(
        start(),
        user("bagi"),
        choice("m"),
        user("pendapat", for_each("bagi.dinas", "dinas", sequential), unit="dinas"),
        choice("g", default="selesai"),
        end(),
        path("mulai", "bagi", "m", "pendapat", "g", "selesai"),
        flow("g", "m", "pendapat.dpu.lagi"),
    )
    walk = Walk(drawn)
    walk.complete("bagi", dinas=["dpu", "dlh"])
    for again in (True, False):
        for _ in range(2):
            one = walk.last.open[0]
            assert walk.run().data_at(one.id)["dinas"] == one.unit
            walk.complete("pendapat", lagi=again, oleh=one.unit)

    assert walk.last.ended
    assert walk.last.data["pendapat"] == {"dpu": {"lagi": False, "oleh": "dpu"}, "dlh": {"lagi": False, "oleh": "dlh"}}
    assert "dinas" not in walk.last.data


def test_scripts_record_effects_in_order_and_perform_none():
    walk = Walk(
        diagram(
            start(),
            script("s", "notify('pemohon', 'diterima')\nissue('krk', years=3)\nconclude('terbit')"),
            user("u"),
            end(),
            path("mulai", "s", "u", "selesai"),
        )
    )

    assert walk.last.effects == (
        Effect("notify", {"to": "pemohon", "text": "diterima"}),
        Effect("issue", {"kind": "krk", "years": 3}),
        Effect("conclude", {"outcome": "terbit"}),
    )
    assert walk.complete("u").effects == ()


def test_a_timer_that_cannot_be_read_fails_the_step_that_armed_it():
    walk = Walk(
        diagram(
            start(), user("isi"), catch("tunggu", timer("isi.kapan")), end(), path("mulai", "isi", "tunggu", "selesai")
        )
    )
    with pytest.raises(StepFailed, match="a time is written like"):
        walk.complete("isi", kapan="besok")
    assert walk.complete("isi", kapan="2026-12-24").timers[0].due_at == datetime(2026, 12, 24, 9, tzinfo=UTC)


def test_a_called_process_is_entered_once_and_its_steps_are_known():
    called = f'<bpmn:process id="lain" isExecutable="true">{start("b")}{user("cek", role="kepala")}{end("y")}{path("b", "cek", "y")}</bpmn:process>'
    drawn = diagram(
        start(), '<bpmn:callActivity id="panggil" calledElement="lain"/>', end(), path("mulai", "panggil", "selesai")
    ).replace(b"</bpmn:definitions>", called.encode() + b"</bpmn:definitions>")
    walk = Walk(drawn)
    assert walk.passed == ["mulai", "panggil", "b"]
    assert walk.definition.elements["cek"].role == "kepala"
    assert walk.complete("cek", ok=True).ended
    assert walk.last.data == {"cek": {"ok": True}}


def test_a_step_repeated_while_a_condition_holds_is_asked_again():
    again = "<bpmn:standardLoopCharacteristics><bpmn:loopCondition>isi.lagi</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
    walk = Walk(diagram(start(), user("isi", again), end(), path("mulai", "isi", "selesai")))
    for _ in range(3):
        assert not walk.complete("isi", lagi=True).ended
    assert walk.complete("isi", lagi=False).ended


def test_what_was_removed_without_being_cancelled_neither_waits_nor_listens():
    inner = part(
        "tiap",
        start("a"),
        user("pendapat"),
        boundary("batas", "pendapat", timer("days(2)", "timeDuration")),
        boundary("dengar", "pendapat", message("kabar"), interrupting=False),
        end("z"),
        end("e1"),
        end("e2"),
        path("a", "pendapat", "z"),
        path("batas", "e1"),
        path("dengar", "e2"),
        for_each("mulai.dinas", "dinas"),
    )
    drawn = diagram(
        start(),
        inner,
        boundary("cukup", "tiap", message("cukup")),
        user("lanjut"),
        end(),
        end("e3"),
        path("mulai", "tiap", "selesai"),
        path("cukup", "lanjut", "e3"),
        messages=("kabar", "cukup"),
    )
    walk = Walk(drawn, mulai={"dinas": ["dpu", "dlh"]})
    assert walk.open == ["pendapat", "pendapat"]
    run = walk.run()
    run.deliver("cukup", {})
    outcome = run.outcome()

    assert [one.element for one in outcome.open] == ["lanjut"]
    assert [one.how for one in outcome.closed] == [Closing.CANCELLED, Closing.CANCELLED]
    assert (outcome.timers, outcome.waiting_messages) == ((), frozenset())
    with pytest.raises(MessageUnexpected):
        run.deliver("kabar", {})
