import pytest

from engine.errors import MessageUnexpected, StepFailed
from engine.model import Closing, Effect

from .drawing import (
    boundary,
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
    timer,
    user,
)
from .walking import Walk


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


def test_a_called_process_is_entered_once_and_its_steps_are_known():
    body = start("b") + user("cek", role="kepala") + end("y") + path("b", "cek", "y")
    called = f'<bpmn:process id="lain" isExecutable="true">{body}</bpmn:process>'
    drawn = diagram(
        start(), '<bpmn:callActivity id="panggil" calledElement="lain"/>', end(), path("mulai", "panggil", "selesai")
    ).replace(b"</bpmn:definitions>", called.encode() + b"</bpmn:definitions>")
    walk = Walk(drawn)
    assert walk.passed == ["mulai", "panggil", "b"]
    assert walk.definition.elements["cek"].role == "kepala"
    assert walk.complete("cek", ok=True).ended
    assert walk.last.data == {"cek": {"ok": True}}


def test_a_step_repeated_while_a_condition_holds_is_asked_again():
    condition = "<bpmn:loopCondition>isi.lagi</bpmn:loopCondition>"
    again = f"<bpmn:standardLoopCharacteristics>{condition}</bpmn:standardLoopCharacteristics>"
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
