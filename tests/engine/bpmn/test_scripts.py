import pytest

from engine.bpmn.expressions import Evaluator, ExpressionFailed
from engine.bpmn.grammar import ExpressionRefused
from engine.bpmn.scripts import parse_script, run_script
from engine.bpmn.vocabulary import plain_words
from engine.model import Effect


def say(text: str, **data: object) -> tuple[list[Effect], dict[str, object]]:
    effects = run_script(text, Evaluator(plain_words(lambda: data), data), data)
    return effects, data


def test_lines_are_carried_out_one_after_another():
    effects, data = say(
        """
            # biaya menurut luas
            biaya = luas * 2
            jenis = "besar" if biaya > 100 else "kecil"
            notify("pemohon", "biaya_" + jenis,
                   unit=given("unit"))
            conclude(jenis)
        """,
        luas=60,
    )
    assert (data["biaya"], data["jenis"]) == (120, "besar")
    assert effects == [
        Effect("notify", {"to": "pemohon", "text": "biaya_besar", "unit": None}),
        Effect("conclude", {"outcome": "besar"}),
    ]


def test_words_take_their_arguments_by_place_or_by_name():
    assert say('issue(kind="krk", months=6)')[0] == [Effect("issue", {"kind": "krk", "months": 6})]
    assert say('escalate("kabid", text="lewat")')[0] == [Effect("escalate", {"to": "kabid", "text": "lewat"})]
    assert say('send("selesai", "KRK-1")')[0] == [Effect("send", {"message": "selesai", "reference": "KRK-1"})]
    assert say('permit_state("dicabut")')[0] == [Effect("permit_state", {"state": "dicabut"})]


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "x = y = 1",
        "a, b = 1, 2",
        "a.b = 1",
        "a['b'] = 1",
        "x += 1",
        "x: int = 1",
        "del x",
        "for x in y: z = 1",
        "while True: x = 1",
        "if x: y = 1",
        "def f(): x = 1",
        "x = (lambda: 1)()",
        "case = {}",
        "_x = 1",
        "hapus('semua')",
        "notify('pemohon')",
        "notify('pemohon', 'teks', 'lagi')",
        "notify('pemohon', 'teks', to='x')",
        "notify(*x)",
        "notify('a', 'b', **x)",
        "notify('a', x.y())",
        "x.notify('a', 'b')",
        "1 + 1",
        "x",
        "x = notify2",
        "x = 'a",
        "print('x')",
    ],
)
def test_anything_else_is_refused_or_fails_and_asks_for_nothing(text):
    data: dict[str, object] = {"y": [1]}
    with pytest.raises((ExpressionRefused, ExpressionFailed)):
        run_script(text, Evaluator(plain_words(lambda: data), data), data)


def test_a_script_that_cannot_be_read_is_refused_before_its_first_line_runs():
    with pytest.raises(ExpressionRefused, match="line 2"):
        parse_script("x = 1\nimport os")


def test_a_word_needs_texts_and_a_known_state():
    with pytest.raises(ExpressionFailed, match="notify needs a text as text"):
        say("notify('pemohon', 7)")
    with pytest.raises(ExpressionFailed, match="line 1: there is no permit state beku"):
        say("permit_state('beku')")


def test_a_failing_line_is_named():
    with pytest.raises(ExpressionFailed, match="line 3: tidak_ada is not known yet"):
        say("x = 1\n# dua\ny = tidak_ada")


def test_what_is_assigned_is_a_copy():
    _, data = say("b = a\nc = [a, a]", a={"x": [1]})
    data["a"]["x"].append(2)
    data["c"][0]["x"].append(3)

    assert data["b"] == {"x": [1]}
    assert data["c"] == [{"x": [1, 3]}, {"x": [1]}]
