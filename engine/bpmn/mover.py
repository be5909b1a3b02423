"""Moves a case: takes the steps that need nobody, fires what is due, and stops a diagram that goes round in circles.

Remembers at which element it is, so that whatever goes wrong can be told to an analyst by the name of a shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

from engine.errors import Refusal, StepFailed

from . import waiting
from .expressions import ExpressionFailed
from .grammar import ExpressionRefused
from .steps import Called, Part
from .timers import Armed
from .tree import LIVE, compact, predict_event
from .workflow import CaseWorkflow

MAX_STEPS = 2_000
"""Steps that one run may take without a person."""

CROWDED = 300
"""Tasks in memory from which on the past is forgotten also within a run."""


class Mover:
    """Takes one case on. After StepFailed it refuses to do anything more."""

    def __init__(self, workflow: CaseWorkflow, at: str) -> None:
        self.at = at
        self.failed: StepFailed | None = None
        self._workflow = workflow
        self._steps = 0

    @contextmanager
    def step(self) -> Iterator[None]:
        """Turns whatever goes wrong in the diagram into StepFailed. Other refusals pass and do no harm."""
        self.check()
        try:
            yield
        except StepFailed as error:
            self.failed = error
            raise
        except Refusal:
            raise
        except (ExpressionFailed, ExpressionRefused) as error:
            raise self._fail(str(error)) from error
        except Exception as error:
            raise self._fail(f"{type(error).__name__}: {error}") from error

    def check(self) -> None:
        """Raise what went wrong before, if anything did: half a step must not be stored."""
        if self.failed:
            raise self.failed

    def fire_due(self) -> None:
        """Fire what is due, earliest first, each with everything it leads to before the next."""
        now = self._workflow.interpreter.words.now
        while due := [timer for timer in waiting.timers(self._workflow) if timer.at and timer.at <= now]:
            timer = min(due, key=_when)
            self.at = timer.event.name
            timer.fire()
            self.advance()

    def advance(self) -> None:
        """Take every step that needs nobody."""
        while not self._workflow.completed and (task := self._workflow.next_step()) is not None:
            self.run(task)
            self._forget()
        self._unheard()
        if not self._workflow.completed and not any(task._state & LIVE for task in self._workflow.tasks.values()):
            raise StepFailed(self.at, "the token is lost: nothing waits and the case has not ended")

    def run(self, task: Any) -> None:
        """Take one step."""
        element = task.task_spec.bpmn_id
        self.at = element or self.at
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise StepFailed(self.at, f"over {MAX_STEPS} steps without a person: the diagram goes round in circles")
        # A sub-process and a multi-instance step are remembered when they are entered, not when they are left.
        if element and not isinstance(task.task_spec, Part | Called | LoopTask):
            self._workflow.pass_by(element)
        predict_event(task)
        if task.run() is False:
            raise StepFailed(self.at, "the step reported that it failed")

    def _forget(self) -> None:
        parts = self._workflow.running()
        if sum(len(part.tasks) for part in parts) > CROWDED:
            for part in parts:
                compact(part)

    def _unheard(self) -> None:
        """An error that nothing catches must not vanish as SpiffWorkflow lets it, nor a message to nobody."""
        for event in self._workflow.get_events():
            name = event.event_definition.name
            if isinstance(event.event_definition, ErrorEventDefinition):
                raise StepFailed(self.at, f"nothing catches the error {name}")
            if isinstance(event.event_definition, MessageEventDefinition):
                raise StepFailed(self.at, f"nobody in this case waits for {name}; another case is told with send(…)")

    def _fail(self, message: str) -> StepFailed:
        self.failed = StepFailed(self.at, message)
        return self.failed


def _when(timer: Armed) -> Any:
    return timer.at
