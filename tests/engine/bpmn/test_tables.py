import pytest

from engine.bpmn.expressions import Evaluator, ExpressionFailed
from engine.bpmn.grammar import ExpressionRefused
from engine.bpmn.tables import read_table
from engine.bpmn.vocabulary import plain_words
from engine.bpmn.xml import XmlRefused

from .drawing import table

INPUTS, OUTPUTS = ("luas", "jenis"), ("biaya",)


def decide(content: bytes, **data: object) -> dict[str, object]:
    def ask(text: str, own: object) -> object:
        names = {**data, **own}
        return Evaluator(plain_words(lambda: names), names).value(text)

    return read_table(content).decide(ask)


@pytest.mark.parametrize(
    ("cell", "luas", "fits"),
    [
        ("10", 10, True),
        ("10", 11, False),
        (">= 10", 10, True),
        ("< 10", 10, False),
        ("!= 10", 11, True),
        ("== 10", 10, True),
        ("? >= 10 and ? < 50", 49, True),
        ("? >= 10 and ? < 50", 50, False),
        ("? in (10, 20)", 20, True),
        ("batas", 7, True),
        ("> batas", 8, True),
        ("-", None, True),
        ("", None, True),
        ('"a?b"', "a?b", True),
        ("? is None", None, True),
        ("1 == 1 if ? else False", 0, False),
    ],
)
def test_a_cell_is_a_value_a_comparison_or_a_condition(cell, luas, fits):
    content = table("t", ("luas",), OUTPUTS, (cell, "1"), ("-", "2"), policy="FIRST")

    assert decide(content, luas=luas, batas=7) == {"biaya": 1 if fits else 2}


def test_a_cell_that_is_an_or_of_values_is_compared_as_a_whole():
    assert decide(table("t", ("a",), ("x",), ("b or c", "1"), ("-", "2"), policy="FIRST"), a=5, b=0, c=5) == {"x": 1}


def test_results_are_expressions_and_an_empty_one_is_none():
    assert decide(table("t", INPUTS, ("a", "b"), ("-", "-", "luas * 2", "")), luas=3, jenis="x") == {"a": 6, "b": None}


def test_two_fitting_rows_of_a_unique_table_are_named():
    with pytest.raises(ExpressionFailed, match="decision table t: rows 1 and 3 both fit"):
        decide(table("t", ("luas",), OUTPUTS, ("> 1", "1"), ("9", "2"), ("> 2", "3")), luas=5)


def test_no_fitting_row_names_the_table_and_its_inputs_but_no_value():
    with pytest.raises(ExpressionFailed, match="decision table tarif: no row fits; inputs are luas, jenis") as failed:
        decide(table("tarif", INPUTS, OUTPUTS, ("1", '"a"', "1")), luas=1, jenis="Sari")
    assert "Sari" not in str(failed.value)


def test_a_cell_that_fails_names_table_and_row():
    with pytest.raises(ExpressionFailed, match="decision table t, row 2: "):
        decide(table("t", ("luas",), OUTPUTS, ("1", "1"), ("> batas", "1")), luas=5)
    with pytest.raises(ExpressionFailed, match="decision table t, the input: luas is not known yet"):
        decide(table("t", ("luas",), OUTPUTS, ("1", "1")))


@pytest.mark.parametrize(
    "content",
    [
        table("t", ("luas",), OUTPUTS, ("[10..50]", "1")),
        table("t", ("luas",), OUTPUTS, ("not(20)", "1")).replace(b"not(20)", b"luas.is_integer()"),
        table("t", ("luas",), OUTPUTS, ("1", "__import__('os')")).replace(b"__import__", b"a.b"),
        table("t", ("",), OUTPUTS, ("1", "1")),
        table("t", ("luas",), OUTPUTS, ("1", "1"), policy="COLLECT"),
        table("t", ("luas",), OUTPUTS, ("1", "1")).replace(b"<inputEntry", b"<x").replace(b"</inputEntry", b"</x"),
        b"<definitions/>",
    ],
)
def test_a_table_that_cannot_be_decided_is_refused_when_it_is_read(content):
    with pytest.raises(ExpressionRefused):
        read_table(content)


def test_a_table_that_is_no_xml_is_refused():
    with pytest.raises(XmlRefused):
        read_table(b"<!DOCTYPE x><x/>")
