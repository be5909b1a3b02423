"""Script tasks: lines of `name = expression` or `word(…)`. A word asks for an effect; it never performs one."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from textwrap import dedent
from typing import Any

from engine.model import Effect, PermitState

from .expressions import Evaluator, ExpressionFailed
from .grammar import ExpressionRefused, check
from .values import Allowance, copied

WORDS: Mapping[str, tuple[str, ...]] = {
    "notify": ("to", "text"),
    "issue": ("kind",),
    "conclude": ("outcome",),
    "permit_state": ("state",),
    "escalate": ("to",),
    "send": ("message", "reference"),
    "tell_merged": ("message",),
}
"""Words with what they need. Further arguments are given by name and recorded as they are."""

CARRIES_MORE = frozenset({"send", "tell_merged"})
"""Words whose further arguments go along with their message, under its name."""

MAX_SCRIPT = 20_000
"""Characters of one script."""

RESERVED = frozenset({"case"})
"""Names that the engine provides and no script may change."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: `name` takes the value of `tree`, or `word` is said with `arguments`."""

    number: int
    name: str = ""
    tree: ast.expr | None = None
    word: str = ""
    arguments: tuple[tuple[str, ast.expr], ...] = ()


@lru_cache(maxsize=1024)
def parse_script(text: str) -> tuple[Line, ...]:
    """The lines of a script, checked and kept. Raises ExpressionRefused."""
    if len(text) > MAX_SCRIPT:
        raise ExpressionRefused(f"the script is longer than {MAX_SCRIPT} characters; use a decision table")
    try:
        body = ast.parse(dedent(text.expandtabs()).strip()).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionRefused(f"the script cannot be read: {getattr(error, 'msg', error)}") from None
    return tuple(_line(statement) for statement in body)


def run_script(
    text: str, evaluator: Evaluator, data: dict[str, Any], allowance: Allowance | None = None
) -> list[Effect]:
    """Carry a script out on the case data and return what it asks for, in order.

    `allowance` is what all scripts of one run may write together.

    Raises ExpressionRefused for what is no script, ExpressionFailed naming the line that could not be carried out.
    """
    effects = []
    for line in parse_script(text):
        try:
            if line.tree is not None:
                data[line.name] = copied(evaluator.value_of(line.tree), line.name, allowance)
            else:
                effects.append(_effect(line, evaluator, allowance))
        except ExpressionFailed as error:
            raise ExpressionFailed(f"line {line.number}: {error}") from None
        except (TypeError, ValueError) as error:
            raise ExpressionFailed(f"line {line.number}: {error}") from None
    return effects


def _line(statement: ast.stmt) -> Line:
    if isinstance(statement, ast.Assign):
        return _assignment(statement)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return _said(statement.value)
    raise ExpressionRefused(f"line {statement.lineno} is neither name = expression nor one of the words {_listed()}")


def _assignment(statement: ast.Assign) -> Line:
    target = statement.targets[0]
    if len(statement.targets) != 1 or not isinstance(target, ast.Name):
        raise ExpressionRefused(f"line {statement.lineno} assigns to something that is not one plain name")
    if target.id in RESERVED or target.id.startswith("_"):
        raise ExpressionRefused(f"line {statement.lineno} assigns to {target.id}, which belongs to the engine")
    check(statement.value)
    return Line(statement.lineno, name=target.id, tree=statement.value)


def _said(call: ast.Call) -> Line:
    word = call.func.id if isinstance(call.func, ast.Name) else ""
    if word not in WORDS:
        raise ExpressionRefused(f"line {call.lineno} says {word or 'something'}; the words are {_listed()}")
    needed = WORDS[word]
    named = [(keyword.arg or "", keyword.value) for keyword in call.keywords]
    arguments = [*zip(needed, call.args, strict=False), *named]
    names = [name for name, _ in arguments]
    if len(call.args) > len(needed) or not set(needed) <= set(names) or len(set(names)) != len(names) or "" in names:
        raise ExpressionRefused(f"line {call.lineno}: {word} is said as {word}({', '.join(needed)})")
    for _, value in arguments:
        check(value)
    return Line(call.lineno, word=word, arguments=tuple(arguments))


def _effect(line: Line, evaluator: Evaluator, allowance: Allowance | None) -> Effect:
    arguments = {name: copied(evaluator.value_of(tree), name, allowance) for name, tree in line.arguments}
    for name in WORDS[line.word]:
        if not isinstance(arguments[name], str) or not arguments[name]:
            raise ValueError(f"{line.word} needs a text as {name}")
    if line.word == "permit_state" and arguments["state"] not in set(PermitState):
        raise ValueError(f"there is no permit state {arguments['state']}; the states are {', '.join(PermitState)}")
    return Effect(line.word, arguments)


def _listed() -> str:
    return ", ".join(WORDS)
