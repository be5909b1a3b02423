"""Evaluates what analysts write in conditions, timers, table cells and scripts. Knows no case, no clock, no diagram.

simpleeval walks the tree; this module decides what an operator may do. A dot reaches into an object of the case data
and nowhere else: nothing here ever asks Python for an attribute.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from .grammar import parse

MAX_TEXT = 100_000
MAX_ITEMS = 10_000
MAX_NUMBER = 10**30


class ExpressionFailed(Exception):
    """The expression could not be evaluated. The message never holds a value, which may be about a person."""


def _numbers(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def of_numbers(left: Any, right: Any) -> Any:
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            raise TypeError("arithmetic needs numbers")
        return _bounded(apply(left, right))

    return of_numbers


_LIMITS: Mapping[type, int] = {str: MAX_TEXT, list: MAX_ITEMS}


def _add(left: Any, right: Any) -> Any:
    limit = _LIMITS.get(type(left))
    if limit and type(left) is type(right):
        if len(left) + len(right) > limit:
            raise ValueError(f"the result would be longer than {limit}")
        return left + right
    return _numbers(operator.add)(left, right)


def _bounded(value: Any) -> Any:
    if not math.isfinite(value) or abs(value) > MAX_NUMBER:
        raise ValueError("the number is too large")
    return value


_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _add,
    ast.Sub: _numbers(operator.sub),
    ast.Mult: _numbers(operator.mul),
    ast.Div: _numbers(operator.truediv),
    ast.FloorDiv: _numbers(operator.floordiv),
    ast.Mod: _numbers(operator.mod),
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, container: item in container,
    ast.NotIn: lambda item, container: item not in container,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


class Evaluator(SimpleEval):  # type: ignore[misc]
    """Evaluates checked trees over one mapping of names. One per thread; create it once and change `names`."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], names: Mapping[str, Any]) -> None:
        # The base class's own set-up silences warnings for the whole process on every call; a server has threads.
        self.operators = _OPERATORS
        self.functions = functions
        self.names = names
        self.expr = ""
        self.nodes = {
            ast.Constant: lambda node: node.value,
            ast.Name: self._eval_name,
            ast.Attribute: self._eval_attribute,
            ast.Subscript: self._eval_subscript,
            ast.Call: self._eval_call,
            ast.keyword: self._eval_keyword,
            ast.BinOp: self._eval_binop,
            ast.UnaryOp: self._eval_unaryop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.List: lambda node: [self._eval(item) for item in node.elts],
            ast.Tuple: lambda node: [self._eval(item) for item in node.elts],
            ast.Dict: self._eval_dict,
        }

    def value(self, text: str) -> Any:
        """The value of an expression. Raises ExpressionRefused or ExpressionFailed."""
        return self.value_of(parse(text))

    def value_of(self, tree: ast.expr) -> Any:
        """The value of a checked tree. Raises ExpressionFailed."""
        try:
            return self._eval(tree)
        except ExpressionFailed:
            raise
        except InvalidExpression as error:
            raise ExpressionFailed(_plain(error)) from None
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            raise ExpressionFailed(f"{_shown(tree)}: {_plain(error)}") from None

    def _eval(self, node: ast.AST) -> Any:
        return self.nodes[type(node)](node)

    def _eval_name(self, node: Any) -> Any:
        try:
            return self.names[node.id]
        except KeyError:
            raise _missing(node.id) from None

    def _eval_attribute(self, node: Any) -> Any:
        holder = self._eval(node.value)
        if not isinstance(holder, dict) or node.attr not in holder:
            raise _missing(_shown(node))
        return holder[node.attr]

    def _eval_subscript(self, node: Any) -> Any:
        holder, key = self._eval(node.value), self._eval(node.slice)
        if not isinstance(holder, dict | list | str):
            raise TypeError("only objects, lists and texts have parts")
        return holder[key]

    def _eval_dict(self, node: Any) -> dict[Any, Any]:
        return {self._eval(key): self._eval(item) for key, item in zip(node.keys, node.values, strict=True)}

    def _eval_unaryop(self, node: Any) -> Any:
        value = self._eval(node.operand)
        if not isinstance(node.op, ast.Not) and not isinstance(value, int | float):
            raise TypeError("a sign needs a number")
        return _OPERATORS[type(node.op)](value)


def _missing(path: str) -> ExpressionFailed:
    return ExpressionFailed(f'{path} is not known yet; use given("{path}") where it may be missing')


def _shown(tree: ast.AST) -> str:
    return ast.unparse(tree)[:200]


def _plain(error: Exception) -> str:
    """What went wrong without the value it went wrong with: a KeyError or ValueError may quote the data."""
    if isinstance(error, KeyError | IndexError):
        return "there is no such part"
    if isinstance(error, ZeroDivisionError):
        return "division by zero"
    return getattr(error, "message", None) or str(error) or type(error).__name__
