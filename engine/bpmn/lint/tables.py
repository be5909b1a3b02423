"""Rules for decision tables: one table a file, cells that our expressions can read, rows that can be hit."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.bpmn import xml as reading
from engine.bpmn.grammar import ExpressionRefused
from engine.bpmn.tables import INPUT, read_table
from engine.model import Problem

from .graph import text_of
from .language import Fault, read_expression
from .notes import Notes, shown
from .uses import paths_used

_DMN = re.compile(r"^https?://www\.omg\.org/spec/DMN/")
_ANY = ("", "-")
_QUESTION = re.compile(r"""\?(?=(?:[^'"]|'[^']*'|"[^"]*")*$)""")
_LONGEST = 1000
_COMPARED = re.compile(r"^(?:[<>]=?|[!=]=)")
_LISTED = Fault("table-list", 'is a list and never matches; write ? in ["a", "b"], or ? < 30 or ? > 100')
_RANGE = re.compile(r"^[\[(\]].*\.\..*[\])\[]$")


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table as far as it can be read: its id, the names of its outputs, the paths it reads."""

    id: str
    outputs: tuple[str, ...]
    paths: tuple[str, ...]


def table_of(xml: bytes) -> Table | None:
    """The decision in a file, None when there is none to be found."""
    try:
        root = reading.parse(xml)
    except reading.XmlRefused:
        return None
    decisions = _all(root, "decision")
    if not decisions:
        return None
    texts = [text_of(text) for wrapper in _all(root, "inputExpression") for text in _children(wrapper, "text")]
    paths = sorted({path for text in texts for path in paths_used(text)})
    outputs = tuple((output.get("name") or output.get("label") or "") for output in _all(decisions[0], "output"))
    return Table(decisions[0].get("id", ""), outputs, tuple(paths))


def lint_table(xml: bytes, file: str) -> list[Problem]:
    """All problems of one decision table, errors first."""
    notes = Notes(file)
    try:
        root = reading.parse(xml)
    except reading.XmlRefused as refused:
        notes.error(refused.code, None, refused.message)
        return notes.problems()
    if not _DMN.match(etree.QName(root).namespace or ""):
        notes.error("not-dmn", None, "this is not a DMN decision table; save it as DMN 1.3 XML")
        return notes.problems()
    decisions = _all(root, "decision")
    if len(decisions) != 1:
        notes.error("table-count", None, f"the file holds {len(decisions)} decisions; keep exactly one in each file")
    for decision in decisions:
        _decision(decision, notes)
    if not notes.has_errors:
        _ask_the_engine(xml, notes)
    return notes.problems()


def _ask_the_engine(xml: bytes, notes: Notes) -> None:
    try:
        read_table(xml)
    except (ExpressionRefused, reading.XmlRefused) as refused:
        notes.error("engine-refused", None, f"the engine does not take this table: {refused}")


def _decision(decision: Any, notes: Notes) -> None:
    tables = _children(decision, "decisionTable")
    if len(tables) != 1:
        notes.error("table-count", decision.get("id"), "the decision needs exactly one decision table")
    for needed in ("informationRequirement", "knowledgeRequirement"):
        if _children(decision, needed):
            notes.error("table-requires", decision.get("id"), "a table cannot ask another table; put the rows into one")
    for table in tables:
        _table(table, notes)


def _table(table: Any, notes: Notes) -> None:
    name = table.get("id") or table.getparent().get("id")
    policy = table.get("hitPolicy", "UNIQUE")
    if policy not in ("UNIQUE", "FIRST"):
        notes.error("hit-policy", name, f"the hit policy {policy} is not carried out here; choose UNIQUE or FIRST")
    inputs, outputs, rules = (_children(table, kind) for kind in ("input", "output", "rule"))
    _inputs(inputs, notes)
    _outputs(name, outputs, notes)
    if not rules:
        notes.error("table-empty", name, "the table has no rows; write at least one")
    for rule in rules:
        _rule(rule, len(inputs), len(outputs), notes)
    _hits(rules, notes)
    if policy == "UNIQUE":
        _overlap(rules, notes)


def _inputs(inputs: list[Any], notes: Notes) -> None:
    for column in inputs:
        texts = [text_of(t) for e in _children(column, "inputExpression") for t in _children(e, "text")]
        if not any(texts):
            notes.error(
                "table-input", column.get("id"), "this column does not say which value it looks at; write its path"
            )
        for text in texts:
            for fault in read_expression(text).faults if text else ():
                notes.error(fault.code, column.get("id"), f"the column's expression {fault.message}")


def _outputs(name: str, outputs: list[Any], notes: Notes) -> None:
    names = Counter((output.get("name") or output.get("label") or "") for output in outputs)
    if not outputs:
        notes.error("table-output", name, "the table has no output column; add one with a name")
    for output in outputs:
        if not (output.get("name") or output.get("label")):
            notes.error(
                "table-output", output.get("id"), "this output column has no name; write the name of the result"
            )
        elif names[(output.get("name") or output.get("label"))] > 1:
            notes.error(
                "table-output", output.get("id"), f"two output columns are called “{output.get('name')}”; rename one"
            )


def _rule(rule: Any, inputs: int, outputs: int, notes: Notes) -> None:
    entries, results = _children(rule, "inputEntry"), _children(rule, "outputEntry")
    if len(entries) != inputs or len(results) != outputs:
        notes.error(
            "table-row", rule.get("id"), f"this row needs {inputs} input and {outputs} output cells; complete it"
        )
    for entry in entries:
        for fault in _cell_faults(_cell(entry)):
            notes.error(fault.code, entry.get("id"), f"the cell “{shown(_cell(entry))}” {fault.message}")
    for result in results:
        for fault in _result_faults(_cell(result)):
            notes.error(fault.code, result.get("id"), f"the result “{shown(_cell(result))}” {fault.message}")


def _hits(rules: list[Any], notes: Notes) -> None:
    """Rows that can never decide: asked before in the same words, or below a row that takes every case."""
    seen: dict[tuple[str, ...], str] = {}
    for rule in rules:
        cells, here = _asked(rule), rule.get("id", "")
        catching = next((name for asked, name in seen.items() if not any(asked)), None)
        if cells in seen:
            notes.error("table-same-row", here, f"this row asks the same as “{seen[cells]}”; remove one of them")
        elif catching:
            notes.warn("table-shadowed", here, f"the row “{catching}” takes every case before this one; move it down")
        seen.setdefault(cells, here)


def _overlap(rules: list[Any], notes: Notes) -> None:
    for rule in rules:
        if len(rules) > 1 and not any(_asked(rule)):
            why = "this row takes every case and so overlaps the others; choose the hit policy FIRST"
            notes.error("table-overlap", rule.get("id"), why)


def _asked(rule: Any) -> tuple[str, ...]:
    return tuple("" if _cell(entry) in _ANY else _cell(entry) for entry in _children(rule, "inputEntry"))


def _cell_faults(text: str) -> Iterator[Fault]:
    if text in _ANY:
        return
    if len(text) > _LONGEST:
        yield Fault("expression-too-big", f"is longer than {_LONGEST} characters; split the row")
    elif _RANGE.match(text):
        yield Fault("table-range", "is a range of another language; write ? >= 10 and ? <= 50")
    elif re.match(r"^not\s*\(", text):
        yield Fault("table-not", "never matches as it stands; write ? != 20")
    elif _QUESTION.search(text):
        yield from read_expression(_QUESTION.sub(f" {INPUT} ", text)).faults
    else:
        yield from _compared(text)


def _compared(text: str) -> Iterator[Fault]:
    """A cell without `?`: an operator with its right-hand side, or a value to be equal to."""
    if _COMPARED.match(text):
        read = read_expression(f"{INPUT} {text}")
        listed = read.tree is None or isinstance(read.tree.body, ast.Tuple)
        yield from [_LISTED] if listed and "," in text else read.faults
    elif text.startswith("in "):
        yield Fault("table-cell", f"does not look at the column's value; write ? {text}")
    else:
        yield from _equal(text)


def _equal(text: str) -> Iterator[Fault]:
    read = read_expression(text)
    body = read.tree.body if read.tree else None
    if isinstance(body, ast.Tuple):
        yield _LISTED
    elif isinstance(body, ast.Name) and not read.faults:
        yield Fault("table-unquoted", f'is text without quotes; write "{shown(text)}"')
    elif isinstance(body, ast.Compare | ast.BoolOp):
        yield Fault("table-cell", "does not look at the column's value; write ? where that value belongs")
    else:
        yield from read.faults


def _result_faults(text: str) -> Iterator[Fault]:
    if not text:
        return
    read = read_expression(text)
    if read.tree is not None and isinstance(read.tree.body, ast.Name) and not read.faults:
        yield Fault("table-unquoted", f'is text without quotes; write "{shown(text)}"')
    yield from read.faults


def _cell(entry: Any) -> str:
    return next((text_of(text) for text in _children(entry, "text")), "")


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _local(child) == name]


def _all(root: Any, name: str) -> list[Any]:
    return [element for element in root.iter() if _local(element) == name]
