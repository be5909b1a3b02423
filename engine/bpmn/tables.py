"""Decision tables: DMN read with our own eyes and decided with our own expressions. Knows no case and no task."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from . import xml
from .expressions import ExpressionFailed
from .grammar import ExpressionRefused, parse

INPUT = "dmn_input"
"""The name under which a cell sees the value of its column."""

_COMPARED = re.compile(r"^(?:[<>]=?|[!=]=)")
_QUESTION = re.compile(r"""\?(?=(?:[^'"]|'[^']*'|"[^"]*")*$)""")

Ask = Callable[[str, Mapping[str, Any]], Any]
"""Evaluates an expression that sees the given names over the case data."""


@dataclass(frozen=True, slots=True)
class Row:
    """The tests of a row by column, None where anything goes, and its results by name."""

    tests: tuple[str | None, ...]
    results: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table. `first`: the first row that fits decides; otherwise only one row may fit."""

    id: str
    first: bool
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def decide(self, ask: Ask) -> dict[str, Any]:
        """The results of the row that fits. Raises ExpressionFailed naming the table when none or two do."""
        values = [self._asked("the input", ask, column, {}) for column in self.columns]
        hits = []
        for number, row in enumerate(self.rows, 1):
            if self._fits(number, row, values, ask):
                hits.append((number, row))
                if self.first:
                    break
        if not hits:
            raise ExpressionFailed(f"decision table {self.id}: no row fits; inputs are {', '.join(self.columns)}")
        if len(hits) > 1:
            raise ExpressionFailed(f"decision table {self.id}: rows {hits[0][0]} and {hits[1][0]} both fit")
        number, row = hits[0]
        return {name: self._result(number, text, ask) for name, text in row.results}

    def _fits(self, number: int, row: Row, values: list[Any], ask: Ask) -> bool:
        tests = ((test, value) for test, value in zip(row.tests, values, strict=True) if test is not None)
        return all(self._asked(f"row {number}", ask, test, {INPUT: value}) for test, value in tests)

    def _result(self, number: int, text: str | None, ask: Ask) -> Any:
        return None if text is None else self._asked(f"row {number}", ask, text, {})

    def _asked(self, where: str, ask: Ask, text: str, own: Mapping[str, Any]) -> Any:
        try:
            return ask(text, own)
        except ExpressionFailed as error:
            raise ExpressionFailed(f"decision table {self.id}, {where}: {error}") from None


def read_table(content: bytes) -> Table:
    """The decision table in a file. Raises XmlRefused, or ExpressionRefused naming what cannot be read."""
    root = xml.parse(content)
    decisions = list(_inside(root, "decision"))
    tables = list(_inside(decisions[0], "decisionTable")) if len(decisions) == 1 else []
    if len(tables) != 1:
        raise ExpressionRefused("the file must hold one decision with one decision table")
    table, name = tables[0], decisions[0].get("id", "")
    policy = table.get("hitPolicy", "UNIQUE")
    if policy not in ("UNIQUE", "FIRST"):
        raise ExpressionRefused(f"decision table {name}: hit policy {policy} is not carried out here")
    columns = tuple(_text(column) for column in _inside(table, "input"))
    outputs = tuple(output.get("name") or output.get("label") or "" for output in _inside(table, "output"))
    rows = tuple(_row(rule, len(columns), outputs, name) for rule in _inside(table, "rule"))
    for text in columns:
        parse(text)
    return Table(name, policy == "FIRST", columns, rows)


def _row(rule: Any, columns: int, outputs: tuple[str, ...], table: str) -> Row:
    tests = tuple(_test(_text(cell)) for cell in _inside(rule, "inputEntry"))
    results = tuple(_text(cell) or None for cell in _inside(rule, "outputEntry"))
    if len(tests) != columns or len(results) != len(outputs):
        raise ExpressionRefused(f"decision table {table}: a row has more or fewer cells than there are columns")
    for text in (*tests, *results):
        if text is not None:
            parse(text)
    return Row(tests, tuple(zip(outputs, results, strict=True)))


def _test(cell: str) -> str | None:
    """A cell as a full expression: a comparison, a condition on `?`, or the value to be equal to."""
    if cell in ("", "-"):
        return None
    asked, questions = _QUESTION.subn(f" {INPUT} ", cell)
    if questions:
        return asked.strip()
    return f"{INPUT} {cell}" if _COMPARED.match(cell) else f"{INPUT} == ({cell})"


def _text(element: Any) -> str:
    texts = [child for child in element.iter() if _name(child) == "text"]
    return (texts[0].text or "").strip() if texts else ""


def _inside(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _name(child) == name)


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
