"""Speaks for one run: SpiffWorkflow asks it for every condition, script and timer, and it answers from the case.

There is one body of data for a case, not one per token. A boundary event on the whole life of a case must see what
happened inside it, and two branches that meet must both be kept; the stock engine loses the one and the other.
What a token has for itself is only the item of a multi-instance step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.model import Effect

from . import instants
from .expressions import Evaluator, ExpressionFailed
from .scripts import run_script
from .values import Allowance, at_path
from .vocabulary import plain_words
from .words import Words


class Interpreter:
    """Evaluates over `data`, records effects. Belongs to one Run and one thread."""

    def __init__(self, words: Words, data: dict[str, Any]) -> None:
        self.data = data
        self.effects: list[Effect] = []
        self.allowance = Allowance()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """From now on answer with these words."""
        self.words = words
        functions = {**plain_words(self._names), **words.functions(self._lookup)}
        self._evaluator = Evaluator(functions, self.data)

    def names(self, own: Mapping[str, Any]) -> Mapping[str, Any]:
        """What an expression sees: the case data, under what the token has for itself."""
        return _Layers(self.data, own) if own else self.data

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        """The value of an expression for a task. The signature is SpiffWorkflow's."""
        return self.value(expression, {**task.data, **(external_context or {})})

    def value(self, expression: str, own: Mapping[str, Any]) -> Any:
        """The value of an expression that sees `own` over the case data."""
        self._evaluator.names = self.names(own)
        return self._evaluator.value(expression)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        """Carry out a script for a task. The signature is SpiffWorkflow's."""
        self._evaluator.names = self.names({**task.data, **(external_context or {})})
        self.effects += run_script(script or "", self._evaluator, self.data, self.allowance)
        return True

    def call_service(self, *_: Any, **__: Any) -> Any:
        """Refuse: diagrams ask for effects by word, they call no programs."""
        raise ExpressionFailed("a service task calls a program, and there is none here; use a script task")

    def date(self, expression: str, own: Mapping[str, Any]) -> datetime | None:
        """The instant of a timeDate. None: it has none yet."""
        found = self.value(expression, own)
        return None if found is None else self._instant(found)

    def duration(self, expression: str, own: Mapping[str, Any]) -> datetime | None:
        """The instant at which a timeDuration that begins now is over."""
        found = self.value(expression, own)
        if isinstance(found, str) and found.startswith("P"):
            return instants.plus(self.words.now, instants.span(found), self.words.calendar)
        return self._instant(found)

    def cycle(self, expression: str, own: Mapping[str, Any], base: datetime | None) -> tuple[datetime, int | None]:
        """The next occurrence of a timeCycle after `base` (None: it begins now) and how often it occurs in all."""
        found = self.value(expression, own)
        now, calendar = self.words.now, self.words.calendar
        if isinstance(found, dict):
            return self.words.next_in(found, base or now), None
        if not isinstance(found, str):
            raise ExpressionFailed("a cycle is written like every(days=7) or 'R3/P1D'")
        cycle = instants.cycle(found, calendar)
        start = base or cycle.start or instants.plus(now, cycle.every, calendar)
        return instants.next_after(start, cycle.every, now, calendar), cycle.times

    def _instant(self, found: Any) -> datetime:
        if not isinstance(found, str):
            raise ExpressionFailed("a time is a text such as '2026-12-24T16:00', or one of the timer words")
        return instants.instant(found, self.words.calendar).astimezone(UTC)

    def _names(self) -> Mapping[str, Any]:
        names: Mapping[str, Any] = self._evaluator.names
        return names

    def _lookup(self, path: str) -> Any:
        return at_path(self._evaluator.names, path)


class _Layers(dict[str, Any]):
    """The case data under a token's own names, where a script sees at once what its earlier lines assigned."""

    def __init__(self, data: Mapping[str, Any], own: Mapping[str, Any]) -> None:
        super().__init__(own)
        self._data = data

    def __missing__(self, name: str) -> Any:
        return self._data[name]

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default
