import pytest

from engine.bpmn.run import Run
from engine.errors import MessageUnexpected, TaskGone
from engine.model import Closing, Effect

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


def test_what_a_correction_makes_pointless_goes_from_what_it_corrects():
    walk = Walk(TWO_STEPS, mulai={"dikuasakan": "ya", "nama_kuasa": "Budi"})
    run = walk.run()
    run.complete(walk.task("periksa"), {"dikuasakan": "tidak"}, merge_into="mulai", without={"nama_kuasa"})

    assert run.outcome().data["mulai"] == {"dikuasakan": "tidak"}


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


def test_a_case_begins_once():
    run = Run(Walk(TWO_STEPS).definition, words())
    assert run.open() == ()
    run.begin({})
    with pytest.raises(ValueError, match="begun already"):
        run.begin({})
