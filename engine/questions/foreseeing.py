"""What finishing a task would lead to: the step is taken on a copy of the case in memory, and the copy is thrown away.

So the sentences beside a button come from the diagram itself and cannot say something else than what then happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.run import Run
from engine.bpmn.words import Words
from engine.errors import NotFound, StepFailed, TaskGone
from engine.forms import asked_for
from engine.model import Actor, Case, LedgerEntry, Outcome, PromiseStanding, PromiseState, Task, Timer
from engine.promises import Ledgers, entries_for, lateness, standing
from engine.questions.asking import Asking, Held
from engine.roles import APPLICANT
from engine.verbs.after import case_after, state_and_date
from engine.verbs.effects import concluded
from engine.verbs.news import answer_by
from engine.verbs.step import complete
from engine.views import Ahead, ClockTurn, Foreseen

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import Reads

_BEFORE_START = {PromiseState.NOT_STARTED: ClockTurn.WAITS, PromiseState.RUNNING: ClockTurn.STARTS}
_CLOSED = {
    PromiseState.KEPT: ClockTurn.KEPT,
    PromiseState.BROKEN: ClockTurn.BROKEN,
    PromiseState.CANCELLED: ClockTurn.LAPSES,
}
_MOVED = {
    (PromiseState.RUNNING, PromiseState.RUNNING): ClockTurn.RUNS,
    (PromiseState.RUNNING, PromiseState.PAUSED): ClockTurn.STOPS,
    (PromiseState.PAUSED, PromiseState.PAUSED): ClockTurn.STANDS,
    (PromiseState.PAUSED, PromiseState.RUNNING): ClockTurn.RESUMES,
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a step on the copy came to. `late`: asking the applicant like this needs a second person's word first."""

    outcome: Outcome
    ledger: tuple[LedgerEntry, ...]
    timers: tuple[Timer, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A copy of a case at one of its tasks, to be stepped from as often as one likes."""

    held: Held
    task: Task
    calendar: Calendar
    tokens: bytes
    now: datetime

    def data(self) -> dict[str, Any]:
        """The case data as the form of the task sees it, sealed."""
        run = Run(self.held.entry.definition, self._words(self.held.ledger), self.tokens)
        return dict(run.data_at(self.task.id))

    def step(self, answers: Mapping[str, Any], by: str) -> Tried:
        """What these answers make of the case.

        Raises TaskGone and StepFailed as the real step would, the latter also for answers that are not complete.
        """
        entry, ledger = self.held.entry, self.held.ledger
        definition, form = entry.definition, entry.form(self.task.element)
        run = Run(definition, self._words(ledger), self.tokens)
        complete(run, entry, self.task.id, form, dict(answers))
        outcome = run.outcome()
        asking = [task for rule in definition.facts.clarifications for task in rule.tasks]
        opened, items = [one.element for one in outcome.opened], asked_for(form.schema, answers)
        late = lateness(definition.facts, opened, items, run.said(asking), ledger, self.calendar, self.now)
        lines = entries_for(definition.facts, definition.elements, outcome, ledger, self.now, by)
        if lines:
            run.rearm(self._words((*ledger, *lines)))
        return Tried(outcome, (*ledger, *lines), run.timers(), late is not None)

    def foreseen(self, answers: Mapping[str, Any], by: str) -> Foreseen:
        """The same as a page tells it. Raises as `step`."""
        return self.told(self.step(answers, by))

    def after(self, tried: Tried) -> Case:
        """The case as the step would leave it."""
        elements = self.held.entry.definition.elements
        promise = state_and_date(self._promise(tried.ledger))
        return case_after(self.held.case, tried.outcome, promise, elements, self.now)

    def told(self, tried: Tried) -> Foreseen:
        """What a step comes to, as a page tells it."""
        elements, outcome = self.held.entry.definition.elements, tried.outcome
        promise = self._promise(tried.ledger)
        waiting = [one.element for one in outcome.opened if elements[one.element].role == APPLICANT]
        notices = [effect.arguments for effect in outcome.effects if effect.kind == "notify"]
        return Foreseen(
            opened=tuple(Ahead(one.element, elements[one.element].role or "", one.unit) for one in outcome.opened),
            clock=_turn(self.held.promise, promise),
            due_at=promise.due_at if promise and promise.closed_at is None else None,
            answer_by=answer_by(elements, waiting[0], tried.timers) if waiting else None,
            told=tuple(one["text"] for one in notices if one["to"] == APPLICANT),
            papers=tuple(effect.arguments["kind"] for effect in outcome.effects if effect.kind == "issue"),
            outcome=concluded(outcome),
            second_person=tried.late,
        )

    def _promise(self, ledger: tuple[LedgerEntry, ...]) -> PromiseStanding | None:
        rules = self.held.entry.definition.facts.promises
        return standing(rules[0], ledger, self.calendar, self.now) if rules else None

    def _words(self, ledger: tuple[LedgerEntry, ...]) -> Words:
        rules = self.held.entry.definition.facts.promises
        return Words(self.now, self.calendar, Ledgers(rules, ledger, self.calendar, self.now))


class ForeseeingQuestions(Asking):
    """Looks ahead. Changes nothing."""

    def foreseen(self, task_id: str, typed: Mapping[str, Any], actor: Actor) -> Mapping[str, Foreseen]:
        """What each choice of the deciding question leads to, under what is `typed` so far; under "" without one.

        A choice of which nothing can be said yet, because the diagram needs answers that are not there, is left out.
        Raises NotFound.
        """
        with self._house.store.read() as reads:
            trial = self.trial(reads, task_id, actor)
        form = trial.held.entry.form(trial.task.element)
        deciding, choices = form.choices
        found: dict[str, Foreseen] = {}
        for choice in choices or ("",):
            with suppress(StepFailed, TaskGone, TypeError, ValueError):  # what was typed may be anything
                answers = {**typed, deciding: choice} if choices else typed
                found[str(choice)] = trial.foreseen(answers, actor.id)
        return found

    def trial(self, reads: Reads, task_id: str, actor: Actor) -> Trial:
        """A copy of the case at one of its open tasks. Raises NotFound."""
        now = self._house.clock.now()
        task, held = self._task_at(reads, task_id, actor, now)
        if task.closed_at is not None:
            raise NotFound
        return Trial(held, task, self._house.calendar_of(reads, held.case), reads.tokens(held.case.id), now)


def _turn(before: PromiseStanding | None, after: PromiseStanding | None) -> ClockTurn:
    if before is None or after is None:
        return ClockTurn.NONE
    if before.closed_at is not None:
        return ClockTurn.OVER
    if after.state in _CLOSED:
        return _CLOSED[after.state]
    if before.state is PromiseState.NOT_STARTED:
        return _BEFORE_START.get(after.state, ClockTurn.STOPS)
    return _MOVED.get((before.state, after.state), ClockTurn.RUNS)
