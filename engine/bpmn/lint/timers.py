"""Rules for timers: an expression of the right kind, in our words or in quoted ISO 8601 text."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from engine.bpmn.instants import span
from engine.bpmn.words import PROMISE_WORDS

from .graph import Definition, Node, tag, text_of
from .language import CYCLE_WORDS, SPAN_WORDS, TIMER_WORDS, argument, calls_in, read_expression, texts_in
from .notes import Notes, listed, meant, shown

_BARE_ISO = re.compile(r"^(?:P(?:\d|T\d)[\dA-Z.,]*|R\d*/\S+|\d{4}-(?:\d{2}|W\d{2}).*)$")
_CRON = re.compile(r"^@\w+$|^(?:[\d*?/,#LW-]+\s+){4,6}[\w*?/,#-]+$")
_MOST = 100_000
_KINDS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
_EXAMPLES = {
    "timeDate": "due(\"layanan\") or '2026-12-24T16:00:00+07:00'",
    "timeDuration": "working_days(3) or 'P3D'",
    "timeCycle": "every(working_days=1) or 'R3/P1D'",
}


def check_timer(node: Node, definition: Definition, promises: Collection[str], notes: Notes) -> None:
    """Everything wrong with one timer definition."""
    times = [child for child in definition.element if tag(child) in _KINDS]
    if not times:
        notes.error("timer-empty", node.id, "this timer says neither date, duration nor cycle; give it one")
    if len(times) > 1:
        notes.error("timer-several", node.id, "this timer says more than one of date, duration and cycle; keep one")
    for time in times:
        _time(node, time, promises, notes)


def _time(node: Node, time: Any, promises: Collection[str], notes: Notes) -> None:
    kind, text = tag(time), text_of(time)
    example = _EXAMPLES[kind]
    if not text:
        notes.error("timer-empty", node.id, f"this timer's {_KINDS[kind]} is empty; write for example {example}")
    elif _BARE_ISO.match(text):
        notes.error("timer-quotes", node.id, f"a time written out needs quotes; write '{shown(text)}' with the quotes")
    elif _CRON.match(text):
        notes.error("timer-cron", node.id, f"cron times are not known here; write for example {example}")
    else:
        _expression(node, kind, text, promises, notes)
    if kind == "timeCycle" and (node.kind != "boundaryEvent" or node.interrupts):
        notes.warn(
            "cycle-once", node.id, "a cycle only repeats on a non-interrupting boundary event; here it counts once"
        )


def _expression(node: Node, kind: str, text: str, promises: Collection[str], notes: Notes) -> None:
    read = read_expression(text)
    for fault in read.faults:
        notes.error(fault.code, node.id, f"the timer {fault.message}")
    if read.tree is None:
        return
    if isinstance(read.tree.body, ast.Constant):
        _written_out(node, kind, read.tree.body.value, notes)
    for word, call in calls_in(read.tree):
        _word(node, kind, word, call, promises, notes)


def _written_out(node: Node, kind: str, value: object, notes: Notes) -> None:
    fits = {"timeDate": _is_date, "timeDuration": _is_duration, "timeCycle": _is_cycle}[kind]
    if not isinstance(value, str) or not fits(value):
        notes.error(
            "timer-invalid",
            node.id,
            f"“{shown(str(value))}” is no {_KINDS[kind]}; write for example {_EXAMPLES[kind]}",
        )


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_duration(text: str) -> bool:
    try:
        span(text)
    except ValueError:
        return False
    return True


def _is_cycle(text: str) -> bool:
    """`R3/P1D`, `R/P1D` or `R3/<date>/P1D`, and not so short that it would never rest."""
    times, *rest = text.split("/")
    if not re.fullmatch(r"R\d{0,6}", times) or not 1 <= len(rest) <= 2:
        return False
    return all(_is_date(begin) for begin in rest[:-1]) and _is_duration(rest[-1]) and bool(span(rest[-1]))


def _word(node: Node, kind: str, word: str, call: ast.Call, promises: Collection[str], notes: Notes) -> None:
    owner = next((owner for owner, words in TIMER_WORDS.items() if word in words), kind)
    if owner != kind:
        # A date and a duration both come out as an instant; only a cycle is something else.
        tell = notes.error if "timeCycle" in (owner, kind) else notes.warn
        what = f"{word}(…) gives a {_KINDS[owner]}, but the timer is drawn as a {_KINDS[kind]}; change one of them"
        tell("timer-kind", node.id, what)
    if word in PROMISE_WORDS:
        _promise(node, word, call, promises, notes)
    if word in SPAN_WORDS | CYCLE_WORDS:
        for number in _numbers(call):
            if not isinstance(number, int) or not 1 <= number <= _MOST:
                notes.error("timer-invalid", node.id, f"{word}(…) is given {number}; write a whole number from 1")


def _promise(node: Node, word: str, call: ast.Call, promises: Collection[str], notes: Notes) -> None:
    given = argument(call, 0, "promise")
    if given is None:
        notes.error("word-arguments", node.id, f'{word}(…) needs the id of a promise; write {word}("layanan"…)')
        return
    for name in texts_in(given) - set(promises):
        known = f"; the promises are {listed(promises)}" if promises else "; declare it with janji:promise"
        notes.error(
            "unknown-promise",
            node.id,
            f"the timer asks for a promise “{shown(name)}” that is not declared{known}{meant(name, promises)}",
        )


def _numbers(call: ast.Call) -> list[float]:
    found = []
    for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
        minus = isinstance(given, ast.UnaryOp) and isinstance(given.op, ast.USub)
        value = given.operand if isinstance(given, ast.UnaryOp) else given
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
            found.append(-value.value if minus else value.value)
    return found
