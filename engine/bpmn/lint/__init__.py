"""Everything wrong with a diagram at once, before it is published. Owns the order of the rules; each rule has its room.

A file is material from strangers: whatever it holds becomes a Problem, never an exception and never a wait. The
engine's own parser is asked last and only when the rules found nothing that could make it hang.
"""

from __future__ import annotations

from engine.bpmn import xml as reading
from engine.model import Problem

from .asked import ask_the_engine
from .clarifying import check_clarifications
from .drawn import check_drawing
from .elements import check_data, check_element, decisions_in
from .events import Named, check_event
from .facts import Facts, facts_of
from .flows import check_ids, check_scope
from .graph import Diagram, Scope, diagram_of, is_executable, tag
from .joins import check_joins
from .language import read_expression
from .loops import check_loops
from .meaning import check_declarations, check_lanes, check_marks, check_words
from .names import check_names
from .notes import Notes
from .outline import Outline, outline
from .scripts import check_script
from .tables import Table, lint_table, table_of
from .tokens import work_for

__all__ = ["Outline", "Table", "lint", "lint_table", "outline", "table_of"]

_SHOWN = 20


def lint(xml: bytes, file: str) -> list[Problem]:
    """All problems of a diagram, errors first. Decision tables that it asks are taken for granted.

    What a service needs and a diagram alone need not have (roles, stages, a promise) is a warning here.
    """
    notes = Notes(file)
    try:
        root = reading.parse(xml)
    except reading.XmlRefused as refused:
        line = f" (line {refused.line})" if refused.line else ""
        notes.error(refused.code, None, f"{refused.message}{line}")
        return notes.problems()
    if tag(root) != "definitions":
        notes.error("not-bpmn", None, "this is XML but not a BPMN diagram; save it as BPMN 2.0 XML")
        return notes.problems()
    diagram = diagram_of(root)
    _rules(diagram, notes)
    if not notes.has_errors:
        ask_the_engine(xml, decisions_in(diagram), notes)
    return notes.problems()


def _rules(diagram: Diagram, notes: Notes) -> None:
    processes = _judged(diagram, notes)
    judged = [scope for process in processes for scope in diagram.inside[process]]
    check_ids(diagram, notes)
    check_words(diagram, notes)
    check_lanes(diagram, notes)
    if processes:
        _shapes(diagram, judged, facts_of(processes[0]), notes)
        check_declarations(processes[0], facts_of(processes[0]), notes)
    check_data(diagram, judged, notes)
    check_loops(diagram, judged, notes)
    check_drawing(diagram, notes)


def _judged(diagram: Diagram, notes: Notes) -> list[Scope]:
    """The processes that run, the main one first. A pool drawn only to show who else takes part is left alone."""
    drawn = [process for process in diagram.processes if process.nodes] or list(diagram.processes)
    running = [process for process in drawn if is_executable(process)]
    called = {node.get("calledElement") for node in diagram.nodes() if node.kind == "callActivity"}
    main = [process for process in running if process.id not in called]
    if not diagram.processes:
        notes.error("no-process", None, "the file holds no process; draw one")
    elif not running:
        notes.error(
            "not-executable", drawn[0].id, "no process is marked as executable; tick “Executable” in its properties"
        )
    if len(main) > 1:
        names = ", ".join(process.id for process in main[:_SHOWN])
        notes.error(
            "several-processes", main[1].id, f"several processes could run ({names}); mark only one as executable"
        )
    judged = running or drawn
    return sorted(judged, key=lambda process: process not in main)


def _shapes(diagram: Diagram, judged: list[Scope], facts: Facts, notes: Notes) -> None:
    nodes = [node for scope in judged for node in scope.nodes.values()]
    named = Named.of(diagram.root)
    callable_ = {process.id for process in diagram.processes if is_executable(process)}
    work = work_for(diagram)
    for scope in judged:
        check_scope(scope, notes)
        check_joins(scope, work, notes)
        _conditions(scope, notes)
    for node in nodes:
        check_element(node, callable_, notes)
        check_event(node, named, facts.promise_ids, notes)
        check_script(node, notes)
    check_marks(nodes, facts, notes)
    check_clarifications(judged[0], nodes, facts, notes)
    check_names(nodes, judged, named.by_kind["message"].values(), notes)


def _conditions(scope: Scope, notes: Notes) -> None:
    for flow in scope.flows:
        if flow.condition:
            for fault in read_expression(flow.condition).faults:
                notes.error(fault.code, flow.id, f"the condition {fault.message}")
