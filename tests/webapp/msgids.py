"""Every Indonesian text the web may show, read from its sources: calls of `_` and `say`, and the tables of texts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

import webapp
from webapp.applying import received
from webapp.calendars import order_words
from webapp.casefile import guarding, merging, releasing, trail
from webapp.desk import outcomes
from webapp.drawings import months
from webapp.forms import problems, sketch, steps
from webapp.frame import demo, errors, lookups, telling
from webapp.people import absences, people
from webapp.public import figures, paper_words, reports, services, survey_words
from webapp.staff import counter
from webapp.tracking import acting, citizen, history, promised
from webapp.worklist import handover

HERE = Path(webapp.__file__).parent
SPEAKERS = frozenset({"_", "say", "_say"})
TABLES: tuple[Any, ...] = (
    services.BASIS,
    citizen.STAGE_WORDS,
    acting.CLOSED,
    history.LINES,
    promised.WORDS,
    promised.OTHER_WORDS,
    promised.LABELS,
    problems.SENTENCES,
    telling.NEWS,
    lookups.LOOKED,
    dict(guarding.REASONS),
    handover.TITLES,
    handover.WHY_NOT,
    merging.WHY_NOT,
    counter.PROBLEMS,
    releasing.KINDS,
    releasing.STATES,
    dict(trail.WORTH_SAYING),
    received.NO_DATE,
    steps.WORDS,
    dict(enumerate(sketch.WINDS)),
    trail.VERBS,
    demo.STEPS,
    months.SORTS,
    outcomes.CLOCK,
    order_words.KINDS,
    order_words.DECISIONS,
    order_words.ASKED,
    order_words.PROBLEMS,
    order_words.WHY_NOT,
    survey_words.QUESTIONS,
    survey_words.NAMES,
    survey_words.ANSWER_WORDS,
    survey_words.GRADES,
    figures.COLUMNS,
    figures.MEANINGS,
    figures.COUNTED_IN,
    reports.STATES,
    reports.ORDERS,
    people.KINDS,
    dict(people.PARTS),
    absences.PROBLEMS,
)
"""Tables whose values are texts that a page translates when it shows them."""


def used() -> dict[str, set[str]]:
    """Each text with the places where it is used."""
    found: dict[str, set[str]] = {}
    for where, text in (*_in_python(), *_in_templates(), *_in_tables()):
        found.setdefault(text, set()).add(where)
    return found


def _in_python() -> Iterator[tuple[str, str]]:
    for path in sorted(HERE.glob("**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in SPEAKERS:
                yield from ((path.name, text) for text in _python_texts(node.args[0]))


def _in_templates() -> Iterator[tuple[str, str]]:
    environment = Environment(autoescape=True)
    for path in sorted(HERE.glob("templates/**/*.html")):
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            name = getattr(call.node, "name", getattr(call.node, "attr", ""))
            if name in SPEAKERS and call.args:
                yield from ((path.name, text) for text in _template_texts(call.args[0]))


def _in_tables() -> Iterator[tuple[str, str]]:
    yield from (
        ("paper_words.py", text) for one in paper_words.OUTCOMES.values() for text in (one.word, one.title, one.text)
    )
    told = (errors.NOT_FOUND, errors.EXPIRED, errors.TOO_LARGE, errors.BROKEN, errors.UNFIT, *errors.REFUSALS.values())
    yield from (("errors.py", text) for one in told for text in (one.title, one.text))
    for table in TABLES:
        yield from (("a table", text) for text in table.values())


def _python_texts(node: ast.expr) -> Iterable[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.IfExp):
        return (*_python_texts(node.body), *_python_texts(node.orelse))
    return ()


def _template_texts(node: nodes.Expr) -> Iterable[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, nodes.CondExpr):
        return (*_template_texts(node.expr1), *(_template_texts(node.expr2) if node.expr2 else ()))
    return ()


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))
