"""One step of one case through its diagram: tokens in, outcome out. Touches nothing outside itself.

Give it the tokens, do one thing, take the outcome. After StepFailed throw it away; the case is as its tokens say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from SpiffWorkflow.bpmn.util.event import BpmnEvent

from engine.errors import MessageUnexpected, TaskGone
from engine.model import Closed, Closing, Json, Opened, Outcome, Passed, Timer

from . import codec, snapshot, waiting
from .events import MessageEvent
from .interpreter import Interpreter
from .mover import Mover
from .reader import Definition
from .steps import UNIT, instance_key
from .values import copied, duplicate
from .words import Words
from .workflow import CaseWorkflow


class Run:
    """A case in memory. `tokens` None: it has not begun. One thread, one step, then thrown away.

    Raises TokensUnreadable for tokens that are not of this diagram.
    """

    def __init__(self, definition: Definition, words: Words, tokens: bytes | None = None) -> None:
        self._begun = tokens is not None
        self._completed: set[str] = set()
        if tokens is None:
            self._workflow = CaseWorkflow(definition.spec, definition.parts, Interpreter(words, {}))
        else:
            self._workflow = snapshot.restored(codec.decode(tokens), definition.spec, definition.parts, words)
        self._mover = Mover(self._workflow, definition.facts.id)
        self._before = self.open()

    # ── verbs ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, data: Json) -> None:
        """Start the case with its first data, such as the accepted start form under its id. Once."""
        if self._begun:
            raise ValueError("this case has begun already")
        first = copied(data)
        with self._mover.step():
            self._begun = True
            self._data.update(first)
            self._mover.advance()

    def complete(
        self, task_id: str, answers: Json, merge_into: str | None = None, without: Collection[str] = ()
    ) -> None:
        """Finish a human task with accepted answers, after firing what is already due.

        The answers lie under the element's id and replace those of an earlier round; with `merge_into` each of them
        also replaces its like in an earlier form, from which those named in `without` go. Raises TaskGone when no such
        task waits (any more), TypeError or ValueError for answers that are not JSON, StepFailed when the diagram fails.
        """
        kept = copied(answers, "answers")
        with self._mover.step():
            self._mover.fire_due()
            task = self._open_task(task_id)
            self._keep(task, kept, merge_into, without)
            self._completed.add(task_id)
            self._mover.run(task)
            self._mover.advance()

    def wake(self) -> None:
        """Fire what is due, earliest first, each with everything it leads to before the next."""
        with self._mover.step():
            self._mover.fire_due()

    def deliver(self, message: str, payload: Json) -> None:
        """Hand a message to whoever waits for it, after firing what is due. The payload lies under its name.

        Raises MessageUnexpected when nobody waits for it, otherwise as `complete`.
        """
        kept = copied(payload, message)
        with self._mover.step():
            self._mover.fire_due()
            if not self.waits_for(message):
                raise MessageUnexpected(message)
            self._data[message] = kept
            self._workflow.send_event(BpmnEvent(MessageEvent(message)))
            self._mover.advance()

    def rearm(self, words: Words) -> None:
        """Ask the timers that follow a promise again, with the dates as they are now. Fires nothing."""
        with self._mover.step():
            self._workflow.interpreter.speak(words)
            for timer in waiting.timers(self._workflow):
                if timer.event.follows_promise:
                    self._mover.at = timer.event.name
                    timer.rearm()

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def waits_for(self, message: str) -> bool:
        """Whether something in the case waits for that message."""
        return message in waiting.messages(self._workflow)

    def open(self) -> tuple[Opened, ...]:
        """The human tasks that wait, oldest first."""
        return tuple(
            Opened(task.id.hex, task.task_spec.bpmn_id, task.internal_data.get(UNIT))
            for task in waiting.people(self._workflow)
        )

    def timers(self) -> tuple[Timer, ...]:
        """Every timer that waits, those without a date too."""
        return tuple(Timer(t.task.id.hex, t.event.name, t.at) for t in waiting.timers(self._workflow))

    def tokens(self) -> bytes:
        """The case as it is kept between two steps."""
        return codec.encode(snapshot.taken(self._workflow))

    def data_at(self, task_id: str) -> Json:
        """A copy of the case data as a human task sees it, its own item included. Raises TaskGone."""
        seen: dict[str, Any] = duplicate({**self._data, **self._open_task(task_id).data})
        return seen

    def said(self, elements: Iterable[str]) -> dict[str, Any]:
        """A copy of what lies under those elements that have been answered."""
        found: dict[str, Any] = duplicate({name: self._data[name] for name in elements if name in self._data})
        return found

    def outcome(self) -> Outcome:
        """What became of the case since this run was made. Raises StepFailed for what failed or grew too large."""
        with self._mover.step():
            data = duplicate(self._data)
        now_open = self.open()
        still = {one.id for one in now_open}
        known = {one.id for one in self._before}
        return Outcome(
            tokens=self.tokens(),
            open=now_open,
            opened=tuple(one for one in now_open if one.id not in known),
            closed=tuple(self._closed(one) for one in self._before if one.id not in still),
            passed=tuple(Passed(element) for element in self._workflow.passed),
            effects=tuple(self._workflow.interpreter.effects),
            timers=self.timers(),
            waiting_messages=waiting.messages(self._workflow),
            ended=self._workflow.completed,
            data=data,
        )

    # ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _data(self) -> dict[str, Any]:
        return self._workflow.interpreter.data

    def _open_task(self, task_id: str) -> Any:
        for task in waiting.people(self._workflow):
            if task.id.hex == task_id:
                return task
        raise TaskGone(task_id, None, None)

    def _keep(self, task: Any, answers: dict[str, Any], merge_into: str | None, without: Collection[str]) -> None:
        """Answers land under the element they answer and nowhere else: nobody sets what the diagram routes by."""
        element, key = task.task_spec.bpmn_id, instance_key(task)
        if key is None:
            self._data[element] = answers
        else:
            self._data[element][key] = answers
        if merge_into:
            earlier = self._data.get(merge_into)
            merged = {**(earlier if isinstance(earlier, dict) else {}), **copied(answers)}
            self._data[merge_into] = {name: value for name, value in merged.items() if name not in without}

    def _closed(self, one: Opened) -> Closed:
        how = Closing.COMPLETED if one.id in self._completed else Closing.CANCELLED
        return Closed(one.id, one.element, how)
