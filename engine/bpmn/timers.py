"""Timer events with our own clock: they say when they are due, and fire only when they are told to.

The stock timers look at the wall clock whenever they are looked at, in whatever order, and a late click can beat them.
Here the run fires what is due, earliest first, each with everything it leads to before the next.
An armed timer is `{"at": iso or None, "word": expression}`; `left` counts what remains of a cycle that ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from .grammar import words_in
from .words import PROMISE_WORDS

TIMERS = "timers"
FIRED = "fired"


class TimerEvent(TimerEventDefinition):  # type: ignore[misc]
    """A timer by the id of its element. `kind` is `timeDate`, `timeDuration` or `timeCycle`."""

    def __init__(self, element: str, kind: str, expression: str) -> None:
        super().__init__(name=element, expression=expression)
        self.kind = kind
        self.follows_promise = bool(words_in(expression) & PROMISE_WORDS)

    def has_fired(self, my_task: Any) -> bool:
        """Whether it was told to fire. Arms it when it is looked at for the first time."""
        armed = my_task.internal_data.setdefault(TIMERS, {})
        if self.name not in armed:
            armed[self.name] = self.arm(my_task)
        return bool(my_task.internal_data.get(FIRED) == self.name)

    def arm(self, my_task: Any) -> dict[str, Any]:
        """The timer as it stands when it begins now."""
        speaker = my_task.workflow.script_engine
        if self.kind == "timeCycle":
            at, times = speaker.cycle(self.expression, my_task.data, None)
            return self._armed(at if times != 0 else None, times)
        ask = speaker.date if self.kind == "timeDate" else speaker.duration
        return self._armed(ask(self.expression, my_task.data), None)

    def again(self, my_task: Any) -> dict[str, Any] | None:
        """The next occurrence after the one that just fired. None: there is none.

        Occurrences that passed while nobody woke the case are skipped: a reminder missed ten times is sent once.
        """
        armed = my_task.internal_data[TIMERS][self.name]
        left = armed.get("left")
        if self.kind != "timeCycle" or left == 1:
            return None
        base = datetime.fromisoformat(armed["at"])
        at, _ = my_task.workflow.script_engine.cycle(self.expression, my_task.data, base)
        return self._armed(at, left - 1 if left else None)

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop(FIRED, None)

    def _armed(self, at: datetime | None, left: int | None) -> dict[str, Any]:
        armed = {"at": at.isoformat() if at else None, "word": self.expression}
        return armed if left is None else {**armed, "left": left}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimerEvent) and self.name == other.name

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Armed:
    """One armed timer of a waiting task. `at` None: nobody knows when."""

    task: Any
    event: TimerEvent
    at: datetime | None

    def fire(self) -> None:
        """Let it happen, whatever time it is. What it leads to is left ready."""
        self.task.internal_data[FIRED] = self.event.name
        self.task.task_spec._update(self.task)

    def rearm(self) -> None:
        """Ask its words again."""
        self.task.internal_data[TIMERS][self.event.name] = self.event.arm(self.task)


def timers_of(task: Any) -> Iterator[Armed]:
    """The armed timers of a waiting task: one, or several behind an event gateway."""
    armed = task.internal_data.get(TIMERS)
    if not armed:
        return
    definition = task.task_spec.event_definition
    events = definition.event_definitions if isinstance(definition, MultipleEventDefinition) else (definition,)
    for event in events:
        if isinstance(event, TimerEvent) and event.name in armed:
            at = armed[event.name]["at"]
            yield Armed(task, event, datetime.fromisoformat(at) if at else None)
