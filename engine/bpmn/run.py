"""One step of one case through its diagram: tokens in, outcome out. Touches nothing outside itself.

Give it the tokens, do one thing, take the outcome. After StepFailed throw it away; the case is as its tokens say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent

from engine.errors import MessageUnexpected, Refusal, StepFailed, TaskGone
from engine.model import Closed, Closing, Json, Opened, Outcome, Passed, Timer

from . import codec, snapshot
from .events import MessageEvent
from .expressions import ExpressionFailed, ExpressionRefused
from .interpreter import Interpreter
from .reader import Definition
from .steps import UNIT, Part, instance_key
from .timers import Waiting, timers_of
from .tree import LIVE, compact
from .values import copied
from .words import Words
from .workflow import READY, CaseWorkflow, waiting_events

MAX_STEPS = 2_000
"""Steps that one run may take. A diagram that needs more goes round in circles without asking anybody."""

CROWDED = 300
"""Tasks in memory from which on the past is forgotten also within a run."""


class Run:
    """A case in memory. `tokens` None: it has not begun. One thread, one step, then thrown away."""

    def __init__(self, definition: Definition, words: Words, tokens: bytes | None = None) -> None:
        self._definition = definition
        self._failed: StepFailed | None = None
        self._at = definition.facts.id
        self._steps = 0
        self._completed: set[str] = set()
        self._begun = tokens is not None
        if tokens is None:
            self._workflow = CaseWorkflow(definition.spec, definition.parts, Interpreter(words, {}))
        else:
            self._workflow = snapshot.restored(codec.decode(tokens), definition.spec, definition.parts, words)
        self._before = self.open() if self._begun else ()

    # ── verbs ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, data: Json) -> None:
        """Start the case with its first data, such as the accepted start form under its id. Once."""
        if self._begun:
            raise ValueError("this case has begun already")
        first = copied(data)
        with self._step():
            self._begun = True
            self._data.update(first)
            self._advance()

    def complete(self, task_id: str, answers: Json, merge_into: str | None = None) -> None:
        """Finish a human task with accepted answers, after firing what is already due.

        The answers lie under the element's id and replace those of an earlier round; with `merge_into` each of them
        also replaces its like in an earlier form. Raises TaskGone when no such task waits (any more), TypeError or
        ValueError for answers that are not JSON, StepFailed when the diagram fails.
        """
        kept = copied(answers, "answers")
        with self._step():
            self._fire_due()
            task = self._open_task(task_id)
            element = self._element(task)
            self._keep(task, element, kept)
            if merge_into:
                earlier = self._data.get(merge_into)
                self._data[merge_into] = {**(earlier if isinstance(earlier, dict) else {}), **copied(kept)}
            self._completed.add(task_id)
            self._run(task)
            self._advance()

    def wake(self) -> None:
        """Fire what is due, earliest first, each with everything it leads to before the next."""
        with self._step():
            self._fire_due()

    def deliver(self, message: str, payload: Json) -> None:
        """Hand a message to whoever waits for it, after firing what is due. The payload lies under its name.

        Raises MessageUnexpected when nobody waits for it.
        """
        kept = copied(payload, message)
        with self._step():
            self._fire_due()
            if not self.waits_for(message):
                raise MessageUnexpected(message)
            self._data[message] = kept
            self._workflow.forget_ghosts()
            self._workflow.send_event(BpmnEvent(MessageEvent(message)))
            self._advance()

    def rearm(self, words: Words) -> None:
        """Ask the timers that follow a promise again, with the dates as they are now. Fires nothing."""
        with self._step():
            self._workflow.interpreter.speak(words)
            for timer in self._timers():
                if timer.event.follows_promise:
                    self._at = timer.event.name
                    timer.rearm()

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def waits_for(self, message: str) -> bool:
        """Whether something in the case waits for that message."""
        return message in self._waiting_messages()

    def open(self) -> tuple[Opened, ...]:
        """The human tasks that wait, oldest first."""
        if not self._begun or self._workflow.completed:
            return ()
        return tuple(
            Opened(task.id.hex, self._element(task), task.internal_data.get(UNIT)) for task in self._human_tasks()
        )

    def data_at(self, task_id: str) -> Json:
        """A copy of the case data as a human task sees it, its own item included. Raises TaskGone."""
        task = self._open_task(task_id)
        seen: dict[str, Any] = copied({**self._data, **task.data})
        return seen

    def outcome(self) -> Outcome:
        """What became of the case since this run was made. Raises StepFailed when a step failed before."""
        if self._failed:
            raise self._failed
        now_open = self.open()
        waiting = {one.id for one in now_open}
        known = {one.id for one in self._before}
        return Outcome(
            tokens=codec.encode(snapshot.taken(self._workflow)),
            open=now_open,
            opened=tuple(one for one in now_open if one.id not in known),
            closed=tuple(self._closed(one) for one in self._before if one.id not in waiting),
            passed=tuple(Passed(element) for element in self._workflow.passed),
            effects=tuple(self._workflow.interpreter.effects),
            timers=tuple(Timer(t.task.id.hex, t.event.name, t.at) for t in self._timers()),
            waiting_messages=self._waiting_messages(),
            ended=bool(self._workflow.completed),
            data=copied(self._data),
        )

    # ── how it moves ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _data(self) -> dict[str, Any]:
        return self._workflow.interpreter.data

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Turn whatever goes wrong in the diagram into StepFailed, after which this run is of no use."""
        if self._failed:
            raise self._failed
        try:
            yield
        except (TaskGone, MessageUnexpected):
            raise
        except (ExpressionFailed, ExpressionRefused) as error:
            raise self._fail(str(error)) from error
        except StepFailed as error:
            self._failed = error
            raise
        except Refusal:
            raise
        except Exception as error:
            raise self._fail(f"{type(error).__name__}: {error}") from error

    def _fail(self, message: str) -> StepFailed:
        self._failed = StepFailed(self._at, message)
        return self._failed

    def _advance(self) -> None:
        """Take every step that needs nobody."""
        while not self._workflow.completed and (task := self._workflow.next_step()) is not None:
            self._run(task)
            if sum(len(part.tasks) for part in self._workflow.running()) > CROWDED:
                for part in self._workflow.running():
                    compact(part)
        self._unheard()
        if not self._workflow.completed and not any(t._state & LIVE for t in self._workflow.tasks.values()):
            raise StepFailed(self._at, "the token is lost: nothing waits and the case has not ended")

    def _run(self, task: Any) -> None:
        element = task.task_spec.bpmn_id
        self._at = element or self._at
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise StepFailed(self._at, f"more than {MAX_STEPS} steps without a person: the diagram goes round in circles")
        if element and not isinstance(task.task_spec, Part) and not hasattr(task.task_spec, "task_spec"):
            self._workflow.pass_by(element)
        if task.run() is False:
            raise StepFailed(self._at, "the step reported that it failed")

    def _unheard(self) -> None:
        """An error that no boundary event caught must not vanish as SpiffWorkflow lets it."""
        for event in self._workflow.get_events():
            if isinstance(event.event_definition, ErrorEventDefinition):
                raise StepFailed(self._at, f"nothing catches the error {event.event_definition.name}")
            if isinstance(event.event_definition, MessageEventDefinition):
                name = event.event_definition.name
                raise StepFailed(self._at, f"nobody in this case waits for {name}; another case is told with send(…)")

    def _fire_due(self) -> None:
        now = self._workflow.interpreter.words.now
        while not self._workflow.completed:
            due = [timer for timer in self._timers() if timer.at is not None and timer.at <= now]
            if not due:
                return
            timer = min(due, key=_when)
            self._at = timer.event.name
            timer.fire()
            self._advance()

    # ── what waits ────────────────────────────────────────────────────────────────────────────────────────────────

    def _timers(self) -> list[Waiting]:
        return [timer for task in self._waiting_events() for timer in timers_of(task)]

    def _waiting_messages(self) -> frozenset[str]:
        definitions = [task.task_spec.event_definition for task in self._waiting_events()]
        return frozenset(
            one.name for definition in definitions for one in _each(definition) if isinstance(one, MessageEventDefinition)
        )

    def _waiting_events(self) -> list[Any]:
        if self._workflow.completed:
            return []
        return [task for part in self._workflow.running() for task in waiting_events(part)]

    def _human_tasks(self) -> Iterator[Any]:
        for part in self._workflow.running():
            yield from (task for task in part.tasks.values() if task._state == READY and task.task_spec.manual)

    def _open_task(self, task_id: str) -> Any:
        if self._begun and not self._workflow.completed:
            for task in self._human_tasks():
                if task.id.hex == task_id:
                    return task
        raise TaskGone(task_id, None, None)

    def _element(self, task: Any) -> str:
        return str(task.task_spec.bpmn_id)

    def _keep(self, task: Any, element: str, answers: dict[str, Any]) -> None:
        key = instance_key(task)
        if key is None:
            self._data[element] = answers
        else:
            self._data[element][key] = answers

    def _closed(self, one: Opened) -> Closed:
        how = Closing.COMPLETED if one.id in self._completed else Closing.CANCELLED
        return Closed(one.id, one.element, how)


def _when(timer: Waiting) -> Any:
    return timer.at


def _each(definition: Any) -> Iterator[Any]:
    if isinstance(definition, MultipleEventDefinition):
        yield from definition.event_definitions
    else:
        yield definition
