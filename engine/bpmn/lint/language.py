"""What an analyst may write in a condition, a timer, a table cell or a script, judged by its syntax tree alone.

Nothing is ever evaluated here. The vocabulary is the one of the run; a test holds the two together.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.bpmn.vocabulary import plain_words

from .notes import meant, shown

DATE_WORDS = frozenset({"due", "before_due", "after_due", "at_share", "end_of", "days_before"})
SPAN_WORDS = frozenset({"working_days", "days", "hours", "minutes"})
CYCLE_WORDS = frozenset({"every"})
TIMER_WORDS = {"timeDate": DATE_WORDS, "timeDuration": SPAN_WORDS, "timeCycle": CYCLE_WORDS}

FUNCTIONS = frozenset({*plain_words(dict), "today"}) | DATE_WORDS | SPAN_WORDS | CYCLE_WORDS
"""Known in every expression."""

_LONGEST = 4000
_LONGEST_TEXT = 1000
_GREATEST = 10**15
_DEEPEST = 60
"""The run evaluates by recursion; a long sum is as deep as it is long."""

_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd,
    ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
    ast.IfExp, ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Call, ast.keyword,
    ast.List, ast.Tuple, ast.Dict,
)  # fmt: skip

_PARTS = (ast.comprehension, ast.FormattedValue, ast.arguments, ast.arg, ast.Store)
"""Parts of what is refused as a whole."""

_INSTEAD = {
    ast.Lambda: "a lambda",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.JoinedStr: "an f-string",
    ast.Pow: "a power (**)",
    ast.NamedExpr: "an assignment",
    ast.Await: "await",
    ast.Yield: "yield",
    ast.Starred: "a star",
    ast.Slice: "a slice",
    ast.Set: "a set",
    ast.LShift: "a shift",
    ast.RShift: "a shift",
    ast.MatMult: "a matrix product",
    ast.BitAnd: "& (write `and`)",
    ast.BitOr: "| (write `or`)",
    ast.BitXor: "^",
    ast.Invert: "~",
}

_OTHER_LANGUAGES = {"true": "True", "false": "False", "null": "None", "none": "None", "undefined": "None"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a piece of text: a stable code and a sentence without a subject."""

    code: str
    message: str


TOO_DEEP = Fault("expression-too-big", f"is nested deeper than {_DEEPEST} levels; use a decision table")


@dataclass(frozen=True, slots=True)
class Read:
    """A piece of text as understood. `tree` is None when it could not be read at all."""

    tree: ast.Expression | None
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1024)
def read_expression(text: str, words: frozenset[str] = FUNCTIONS) -> Read:
    """Parse one expression and name everything in it that would not be evaluated."""
    if foreign := _foreign(text):
        return Read(None, (foreign,))
    if len(text) > _LONGEST:
        return Read(None, (Fault("expression-too-big", f"is longer than {_LONGEST} characters; use a decision table"),))
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (MemoryError, RecursionError):
        return Read(None, (TOO_DEEP,))
    except (SyntaxError, ValueError) as error:
        return Read(None, (_unreadable(text, error),))
    return Read(tree, tuple(dict.fromkeys(faults_in(tree, words))))


def faults_in(tree: ast.AST, words: frozenset[str]) -> Iterator[Fault]:
    """Everything in a tree that an expression may not hold."""
    if _too_deep(tree):
        yield TOO_DEEP
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call(node, words)
        elif type(node) in _CHECKS:
            yield from _CHECKS[type(node)](node)
        elif not isinstance(node, _ALLOWED) and not isinstance(node, _PARTS):
            what = _INSTEAD.get(type(node), f"“{type(node).__name__}”")
            yield Fault("expression-refused", f"uses {what}, which is not allowed in an expression")


def _too_deep(tree: ast.AST) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return bool(level)


def calls_in(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a plain word, with the word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def paths_in(tree: ast.AST) -> set[str]:
    """Dotted paths into the case data that an expression needs (`verifikasi.hasil`); those of `given` are optional."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {
        path
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in inner and id(node) not in called
        if (path := _path(node))
    }


def texts_in(argument: ast.expr) -> set[str]:
    """The literal texts an argument can be: itself, or either side of an `if … else`."""
    if isinstance(argument, ast.IfExp):
        return texts_in(argument.body) | texts_in(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return {argument.value}
    return set()


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument of a call by place or by name."""
    if position < len(call.args):
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _path(node: ast.expr) -> str:
    steps: list[str] = []
    while isinstance(node, ast.Attribute):
        steps.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(steps)]) if isinstance(node, ast.Name) else ""


def _foreign(text: str) -> Fault | None:
    bare = text.strip()
    if re.match(r"[$#]\{", bare):
        return Fault(
            "expression-foreign",
            'is JUEL (${…}) of another engine; write a plain expression such as form.field == "yes"',
        )
    if bare.startswith("=") and not bare.startswith("=="):
        return Fault(
            "expression-foreign",
            'is FEEL (it begins with =) of another engine; write a plain expression such as form.field == "yes"',
        )
    return None


def _unreadable(text: str, error: BaseException) -> Fault:
    if re.search(r"&&|\|\|", text):
        return Fault("expression-syntax", "cannot be read; write `and` and `or` instead of && and ||")
    if re.search(r"(?<![=!<>])=(?!=)", text):
        return Fault("expression-syntax", "cannot be read; write == to compare")
    return Fault("expression-syntax", f"cannot be read ({reason(error)}); check quotes and brackets")


def reason(error: BaseException) -> str:
    """The interpreter's own words, cut to something that can stand in a sentence."""
    said = getattr(error, "msg", None) or str(error) or type(error).__name__
    return shown(re.sub(r"\(.*\)", "", said).strip())


def _call(node: ast.Call, words: frozenset[str]) -> Iterator[Fault]:
    if not isinstance(node.func, ast.Name):
        what = f".{node.func.attr}(…)" if isinstance(node.func, ast.Attribute) else "something"
        yield Fault("expression-refused", f"calls {what}; only our own words can be called")
    elif node.func.id not in words:
        yield Fault(
            "unknown-word", f"calls “{shown(node.func.id)}”, which is not a word known here{meant(node.func.id, words)}"
        )
    if any(keyword.arg is None for keyword in node.keywords):
        yield Fault("expression-refused", "uses **, which is not allowed in a call")


def _attribute(node: ast.Attribute) -> Iterator[Fault]:
    if node.attr.startswith("_"):
        yield Fault("expression-refused", f"reaches for “{shown(node.attr)}”; names must not begin with an underscore")
    if not isinstance(node.value, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.IfExp):
        yield Fault("expression-refused", "uses a dot behind something that is not a name of the case data")


def _name(node: ast.Name) -> Iterator[Fault]:
    if node.id.startswith("_"):
        yield Fault("expression-refused", f"uses “{shown(node.id)}”; names must not begin with an underscore")
    elif node.id in _OTHER_LANGUAGES:
        yield Fault("expression-foreign", f"uses “{node.id}”; write {_OTHER_LANGUAGES[node.id]}")


def _constant(node: ast.Constant) -> Iterator[Fault]:
    value = node.value
    if isinstance(value, bytes | complex) or value is ...:
        yield Fault("expression-refused", "holds a value that is neither text, number, True, False nor None")
    elif isinstance(value, str) and len(value) > _LONGEST_TEXT:
        yield Fault("expression-too-big", f"holds a text of more than {_LONGEST_TEXT} characters")
    elif isinstance(value, int | float) and abs(value) > _GREATEST:
        yield Fault("expression-too-big", "holds a number larger than any this city needs")


def _compare(node: ast.Compare) -> Iterator[Fault]:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        none = isinstance(right, ast.Constant) and right.value is None
        if isinstance(operator, ast.Is | ast.IsNot) and not none:
            yield Fault("expression-refused", "compares with `is`, which only None allows; write ==")


def _arithmetic(node: ast.BinOp) -> Iterator[Fault]:
    """Text times number and text % values can fill the memory with a few letters."""
    sides = (node.left, node.right)
    if isinstance(node.op, ast.Mult) and any(_is_row(side) for side in sides):
        yield Fault("expression-too-big", "multiplies a text or list, which could fill the memory")
    if isinstance(node.op, ast.Mod) and _is_row(node.left):
        yield Fault("expression-too-big", "formats a text with %, which could fill the memory; join texts with +")


def _is_row(node: ast.expr) -> bool:
    literal = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return literal or isinstance(node, ast.List | ast.Tuple | ast.JoinedStr)


def _object(node: ast.Dict) -> Iterator[Fault]:
    if None in node.keys:
        yield Fault("expression-refused", "spreads ** into an object, which is not allowed")


_CHECKS: Mapping[type[ast.AST], Callable[[Any], Iterator[Fault]]] = {
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.Constant: _constant,
    ast.BinOp: _arithmetic,
    ast.Compare: _compare,
    ast.Dict: _object,
}
