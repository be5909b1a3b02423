"""Which texts are expressions here. Reads and judges their trees; never evaluates one.

The checker judges the same texts before they are published; this is the second lock, for whatever comes past the first.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

MAX_LENGTH = 4_000


class ExpressionRefused(Exception):
    """The text is not an expression that is evaluated here. The message is a sentence for an analyst."""


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
    """The tree of one expression, checked and kept. Raises ExpressionRefused."""
    if len(text) > MAX_LENGTH:
        raise ExpressionRefused(f"longer than {MAX_LENGTH} characters; use a decision table")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionRefused(f"cannot be read: {getattr(error, 'msg', error)}") from None
    check(tree)
    return tree


def check(tree: ast.AST) -> None:
    """Raise ExpressionRefused for a tree that holds anything but what is evaluated here."""
    for node in ast.walk(tree):
        if type(node) not in _ALLOWED:
            raise ExpressionRefused(f"uses {type(node).__name__}, which is not evaluated here")
        reason = _CHECKS[type(node)](node) if type(node) in _CHECKS else None
        if reason:
            raise ExpressionRefused(reason)


def words_in(text: str) -> frozenset[str]:
    """The words that an expression calls."""
    calls = (node for node in ast.walk(parse(text)) if isinstance(node, ast.Call))
    return frozenset(call.func.id for call in calls if isinstance(call.func, ast.Name))


_OPERATORS_ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
)  # fmt: skip
_ALLOWED = frozenset(
    (
        ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Call, ast.keyword, ast.BinOp, ast.UnaryOp,
        ast.BoolOp, ast.Compare, ast.IfExp, ast.List, ast.Tuple, ast.Dict, *_OPERATORS_ALLOWED,
    )
)  # fmt: skip


def _constant(node: Any) -> str | None:
    kept = node.value is None or type(node.value) in (bool, int, float, str)
    return None if kept else "holds a value that is neither text, number, True, False nor None"


def _name(node: Any) -> str | None:
    return f"names {node.id}, which begins with an underscore" if node.id.startswith("_") else None


def _attribute(node: Any) -> str | None:
    return f"names {node.attr}, which begins with an underscore" if node.attr.startswith("_") else None


def _call(node: Any) -> str | None:
    if not isinstance(node.func, ast.Name):
        return "calls something that is not one of our words"
    return "spreads ** into a call" if any(keyword.arg is None for keyword in node.keywords) else None


def _dict(node: Any) -> str | None:
    return "spreads ** into an object" if None in node.keys else None


def _compare(node: Any) -> str | None:
    pairs = zip(node.ops, node.comparators, strict=True)
    identical = [right for sign, right in pairs if isinstance(sign, ast.Is | ast.IsNot)]
    only_none = all(isinstance(right, ast.Constant) and right.value is None for right in identical)
    return None if only_none else "compares with `is`, which only None allows; write =="


_CHECKS: Mapping[type[ast.AST], Callable[[Any], str | None]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Dict: _dict,
    ast.Compare: _compare,
}
