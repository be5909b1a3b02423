"""Walks a case through a small diagram, by a new run from stored tokens each time as the engine does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.bpmn.reader import Definition, read
from engine.bpmn.run import Run
from engine.bpmn.words import Words
from engine.calendars import Calendar, Hours
from engine.model import Outcome

JAKARTA = ZoneInfo("Asia/Jakarta")
CALENDAR = Calendar(JAKARTA, {day: Hours(time(8), time(16)) for day in range(5)}, {}, 2030)
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""09:00 in Jakarta on a day the office is open."""


class Dates:
    """A promise whose due day is simply told. Shares are counted from Monday morning."""

    def __init__(self, due_at: datetime | None = None) -> None:
        self.due_at = due_at

    def due(self, promise: str) -> datetime | None:
        return self.due_at

    def at_share(self, promise: str, percent: int) -> datetime | None:
        return self.due_at and MONDAY + (self.due_at - MONDAY) * percent / 100

    def before_due(self, promise: str, working_days: int) -> datetime | None:
        return self.due_at and self.due_at - timedelta(days=working_days)

    def after_due(self, promise: str, working_days: int) -> datetime | None:
        return self.due_at and self.due_at + timedelta(days=working_days)


def words(now: datetime = MONDAY, due_at: datetime | None = None) -> Words:
    return Words(now, CALENDAR, Dates(due_at))


class Walk:
    """A case. Every verb is one run from tokens to tokens; `last` is its outcome."""

    def __init__(self, drawn: bytes | Definition, tables: Mapping[str, bytes] | None = None, **first: Any) -> None:
        is_read = isinstance(drawn, Definition)
        self.definition = drawn if is_read else read({"process.bpmn": drawn, **(tables or {})})
        self.now = MONDAY
        self.due_at: datetime | None = None
        run = Run(self.definition, self.words())
        run.begin(first)
        self.last: Outcome = run.outcome()

    def words(self) -> Words:
        return words(self.now, self.due_at)

    def run(self) -> Run:
        return Run(self.definition, self.words(), self.last.tokens)

    def complete(self, element: str, merge_into: str | None = None, **answers: Any) -> Outcome:
        run = self.run()
        run.complete(self.task(element), answers, merge_into)
        self.last = run.outcome()
        return self.last

    def wake(self, **later: float) -> Outcome:
        self.now += timedelta(**later)
        run = self.run()
        run.wake()
        self.last = run.outcome()
        return self.last

    def deliver(self, message: str, **payload: Any) -> Outcome:
        run = self.run()
        run.deliver(message, payload)
        self.last = run.outcome()
        return self.last

    def rearm(self, due_at: datetime | None) -> Outcome:
        self.due_at = due_at
        run = self.run()
        run.rearm(self.words())
        self.last = run.outcome()
        return self.last

    def task(self, element: str) -> str:
        return next(one.id for one in self.last.open if one.element == element)

    @property
    def open(self) -> list[str]:
        return [one.element for one in self.last.open]

    @property
    def passed(self) -> list[str]:
        return [one.element for one in self.last.passed]

    @property
    def due(self) -> dict[str, datetime | None]:
        return {timer.element: timer.due_at for timer in self.last.timers}

    @property
    def said(self) -> list[Any]:
        return [effect.arguments.get("text") or effect.arguments.get("outcome") for effect in self.last.effects]
