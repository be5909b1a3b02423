"""Who is told when a promise is missed, and who next: read from what a diagram's scripts say. Evaluates nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from engine.model import Element, Rung

from .scripts import Line, parse_script


def ladder_of(elements: Mapping[str, Element]) -> tuple[Rung, ...]:
    """The rungs of a diagram in the order in which they are drawn, each role once.

    A diagram may also escalate beside its ladder (a unit that does not answer in time). The ladder is the part of the
    diagram that escalates to most roles.
    """
    found: dict[str, dict[str, Rung]] = {}
    for scope, rung in _rungs(elements.values()):
        found.setdefault(scope, {}).setdefault(rung.role, rung)
    return tuple(max(found.values(), key=len, default={}).values())


def words_said(elements: Mapping[str, Element]) -> frozenset[str]:
    """Every word that some script of a diagram says, such as `issue`."""
    return frozenset(line.word for element in elements.values() for line in _lines(element) if line.word)


def _rungs(elements: Iterable[Element]) -> Iterator[tuple[str, Rung]]:
    for element in elements:
        for line in _lines(element):
            said = dict(line.arguments)
            to = said.get("to")
            if line.word == "escalate" and isinstance(to, ast.Constant):
                yield element.scope, Rung(str(to.value), ast.unparse(said["unit"]) if "unit" in said else "")


def _lines(element: Element) -> tuple[Line, ...]:
    return parse_script(element.script) if element.script else ()
