"""Where a diagram reaches into the case data, and what its scripts ask for, read from its expressions."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .graph import Node, Scope, tag, text_of
from .language import TIMER_WORDS, argument, calls_in, paths_in, read_expression, texts_in
from .scripts import read_script, scripts_of

_BY_PATH = ("given", "end_of")
"""Words that take a dotted path as text."""


def paths_of(nodes: Iterable[Node], scopes: Iterable[Scope]) -> Iterator[tuple[str, str]]:
    """Every dotted path used, with the id of the element that uses it."""
    for scope in scopes:
        for flow in scope.flows:
            yield from ((flow.id, path) for path in paths_used(flow.condition or ""))
    for node in nodes:
        for tree in _trees(node):
            yield from ((node.id, path) for path in _paths(tree))
        if unit := node.janji("unit"):
            yield node.id, unit
        yield from ((node.id, path) for path in (node.janji("brings") or "").split())


def terms_of(nodes: Iterable[Node]) -> Iterator[tuple[str, str, object]]:
    """The numbers that timers take from the case data: element, path, and the number where none stands there."""
    for node in nodes:
        for tree in _times(node):
            for word, call in calls_in(tree):
                path, otherwise = argument(call, 0, "path"), argument(call, 1, "otherwise")
                if word == "given" and isinstance(path, ast.Constant) and isinstance(otherwise, ast.Constant):
                    yield node.id, str(path.value), otherwise.value


def paths_used(text: str) -> set[str]:
    """The dotted paths in one expression, those given as text included; empty when it cannot be read."""
    tree = read_expression(text).tree if text else None
    return _paths(tree) if tree else set()


def _trees(node: Node) -> Iterator[ast.AST]:
    for text in scripts_of(node):
        for line in read_script(text).body:
            if isinstance(line, ast.Assign | ast.Expr):
                yield line.value
    yield from _times(node)


def _times(node: Node) -> Iterator[ast.AST]:
    for definition in node.definitions:
        for time in definition.element:
            if tag(time) in TIMER_WORDS and (tree := read_expression(text_of(time)).tree):
                yield tree


def _paths(tree: ast.AST) -> set[str]:
    as_text = {
        text
        for word, call in calls_in(tree)
        if word in _BY_PATH and (given := argument(call, 0, "path")) is not None
        for text in texts_in(given)
    }
    return paths_in(tree) | as_text
