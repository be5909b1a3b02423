"""One step of one case: load it, let its diagram decide, save everything or nothing.

Owns the order in which an outcome becomes rows: ledger, timers, tasks, stage, effects, audit. Deciding is the run's;
this module never looks into a diagram beyond what its elements declare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from engine.almanac import outages
from engine.bpmn.run import Run
from engine.bpmn.words import Words
from engine.forms import fallen_away
from engine.model import (
    THE_CLOCK,
    Actor,
    Case,
    Closing,
    Element,
    Entry,
    Json,
    LedgerEntry,
    Opened,
    Outcome,
    PromiseStanding,
    PromiseState,
    Task,
    Timer,
)
from engine.promises import Account, Ledgers, closed_promise, entries_for, outage_lines, pause_ends_at, standing
from engine.roles import APPLICANT
from engine.verbs import effects
from engine.verbs.after import case_after, stages_of, state_and_date
from engine.verbs.news import answer_by

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.forms import Form
    from engine.house import House
    from engine.library import Entry as Book
    from engine.store import Transaction


PAUSE = "pause"
"""Begins the id of a timer that no shape set: a pause has lasted as long as it may."""


def complete(run: Run, entry: Book, task_id: str, form: Form, answers: Json) -> None:
    """Finish a task of a run. A correction replaces what it corrects, and takes from there what no longer applies."""
    corrects = form.ui.get("x-corrects")
    standing = run.said([corrects]).get(corrects, {}) if corrects else {}
    run.complete(task_id, answers, merge_into=corrects, without=fallen_away(form, entry.forms, standing, answers))


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: the audit's verb, the element it was done to, who did it, and facts without personal data.

    `at`: when it is recorded, where that is later than the moment it counts from.
    """

    verb: str
    element: str
    by: Actor
    facts: Json = field(default_factory=dict)
    at: datetime | None = None


class Step:
    """A case held in a transaction while it is moved. Use once: after `save` or an exception, throw it away."""

    def __init__(
        self,
        house: House,
        tx: Transaction,
        case: Case,
        now: datetime,
        ledger: tuple[LedgerEntry, ...] | None = None,
        tokens: bytes | None = None,
    ) -> None:
        """`ledger` None: it is read; a case only now begun has an empty one. `tokens` None: those that are stored."""
        self.case = case
        self.now = now
        self.entry: Book = house.entry(tx, case.version)
        self._house = house
        self._tx = tx
        self._ledger: tuple[LedgerEntry, ...] = tx.ledger(case.id) if ledger is None else ledger
        self._edition = case.calendar
        self._calendar = house.calendar_of(tx, case)
        self.run = Run(self.entry.definition, self._words(), (tx.tokens(case.id) if tokens is None else tokens) or None)
        # The rows of a case's timers repeat its tokens, which we hold under lock: nobody needs to read them as well.
        self._armed = (*self.run.timers(), *self._pauses())
        self._closed: tuple[str, ...] = ()
        self._moved = False
        # What the case shall say of late requests once it is saved.
        self.asked_late, self.request = case.asked_late, case.request
        self.hold_until: datetime | None = None

    def save(self, act: Act) -> Case:
        """Store what the run made of the case and return it as it now is. Raises CaseMovedOn when it was overtaken."""
        outcome = self._promised(act.by)
        case = replace(self.case, calendar=self._edition, asked_late=self.asked_late, request=self.request)
        after = case_after(case, outcome, self._promise_after(), self._elements, self.now)
        # The audit comes first: its new head is then written with the case in one statement.
        told = self._facts(act, outcome, after)
        self._tx.add_audit(after.id, act.at or self.now, act.by, act.verb, act.element, told)
        after = self._tx.save_case(self.case, after, outcome.tokens, outcome.waiting_messages)
        self._store_tasks(outcome, after, act.by)
        self._tx.replace_timers(after.id, self.timers(), self._armed)
        self._enter_stages(outcome)
        self._close_promises()
        effects.store(self._house, self._tx, self.entry, self.case, after, outcome, self.now, self.hold_until)
        return after

    def standing(self) -> PromiseStanding | None:
        """The service's main promise after what has been entered so far; None when the service promises nothing."""
        promises = self.entry.definition.facts.promises
        if not promises:
            return None
        return standing(promises[0], self._ledger, self._calendar, self.now)

    def armed_as(self, stored: tuple[Timer, ...]) -> None:
        """These timers are stored. They differ from what the case means where it followed a calendar without a step."""
        self._armed = stored

    @property
    def fired(self) -> bool:
        """Whether something was due when the case was loaded: waking it has then moved it."""
        return any(timer.due_at is not None and timer.due_at <= self.now for timer in self._armed)

    def timers(self) -> tuple[Timer, ...]:
        """Every timer that the case wants now, those of its pauses too."""
        return (*self.run.timers(), *self._pauses_ahead())

    @property
    def ledger(self) -> tuple[LedgerEntry, ...]:
        return self._ledger

    @property
    def calendar(self) -> Calendar:
        """The calendar of the case's edition."""
        return self._calendar

    def enter(self, lines: tuple[LedgerEntry, ...]) -> None:
        """Enter lines that no shape of the diagram means, and ask the timers that follow a promise again."""
        if lines:
            self._moved = True
            self._tx.add_ledger(self.case.id, lines)
            self._ledger += lines
        self.run.rearm(self._words())

    def follow(self, lines: tuple[LedgerEntry, ...]) -> None:
        """Bring the case to the next edition of the calendar, with the ledger lines that this means."""
        self._edition += 1
        self._moved = True
        self._calendar = self._house.almanac.calendar(self._tx, self._edition)
        self.enter(lines)

    def _pauses(self) -> Iterator[Timer]:
        """When each pause that goes on will have lasted as long as it may: lists must learn of it without a shape."""
        for rule in self.entry.definition.facts.promises:
            account = Account(rule.id, self._ledger if rule.pause_days else ())
            if account.pause and (at := pause_ends_at(rule, account, self._calendar)):
                yield Timer(f"{PAUSE}:{self.case.id}:{rule.id}", account.pause.element, at)

    def _pauses_ahead(self) -> Iterator[Timer]:
        """Those of the pauses that have not lasted so long yet."""
        return (timer for timer in self._pauses() if timer.due_at is not None and timer.due_at > self.now)

    def _words(self) -> Words:
        ledgers = Ledgers(self.entry.definition.facts.promises, self._ledger, self._calendar, self.now)
        return Words(self.now, self._calendar, ledgers)

    def _promised(self, by: Actor) -> Outcome:
        """Enter what the passed elements mean for the promises, and re-arm the timers that follow them."""
        outcome = self.run.outcome()
        definition = self.entry.definition
        added = entries_for(definition.facts, definition.elements, outcome, self._ledger, self.now, by.id)
        if not added:
            return outcome
        self._closed = tuple(line.promise for line in added if line.kind in (Entry.KEEP, Entry.CANCEL))
        self.enter((*added, *self._stops(added, by)))
        return replace(outcome, timers=self.run.timers(), tokens=self.run.tokens())

    def _stops(self, added: tuple[LedgerEntry, ...], by: Actor) -> Iterator[LedgerEntry]:
        """What begins while an outage lasts stands still from its first instant on, as what ran already does."""
        begun = [line for line in added if line.kind is Entry.START]
        for order in outages(self._house.almanac.orders[: self._edition]) if begun else ():
            if order.concerns(self.case.service):
                for line in begun:
                    account = Account(line.promise, (*self._ledger, *added))
                    yield from outage_lines(order, account, line.promise, by.id)

    def _close_promises(self) -> None:
        """Keep what became of the promises that this step closed; most steps close none and ask nothing."""
        if not self._closed:
            return
        rules = {rule.id: rule for rule in self.entry.definition.facts.promises}
        shared = any(element.unit_from for element in self.entry.definition.elements.values())
        unit = self._tx.last_units([self.case.id]).get(self.case.id) if shared else None
        stands = (standing(rules[promise], self._ledger, self._calendar, self.now) for promise in self._closed)
        self._tx.add_closed_promises([closed_promise(self.case, one, unit, self._calendar) for one in stands])

    def _promise_after(self) -> tuple[PromiseState, datetime | None]:
        """How the main promise stands. One that runs and was not touched keeps its date: it never moves by itself."""
        if self.case.promise_state is PromiseState.RUNNING and not self._moved:
            return self.case.promise_state, self.case.due_at
        return state_and_date(self.standing())

    @property
    def _elements(self) -> Mapping[str, Element]:
        return self.entry.definition.elements

    def _enter_stages(self, outcome: Outcome) -> None:
        """Record every stage the step led through, also those without a task, such as the issuing itself."""
        now_in = self.case.stage
        for stage in stages_of(self._elements, outcome):
            if stage != now_in:
                enter = self._tx.enter_stage if now_in else self._tx.enter_first_stage
                enter(self.case.id, stage, self.now)
                now_in = stage

    def _store_tasks(self, outcome: Outcome, after: Case, by: Actor) -> None:
        for closed in outcome.closed:
            actor = by.id if closed.how is Closing.COMPLETED else THE_CLOCK.id
            self._tx.close_task(closed.id, self.now, actor, closed.how)
        self._tx.add_tasks([self._task(opened, outcome, after) for opened in outcome.opened])
        stayed = len(outcome.open) > len(outcome.opened)
        if stayed and after.due_at != self.case.due_at:
            self._tx.set_tasks_due(after.id, after.due_at, except_roles=(APPLICANT,))

    def _task(self, opened: Opened, outcome: Outcome, after: Case) -> Task:
        role = self._elements[opened.element].role or ""
        due_at = answer_by(self._elements, opened.element, outcome.timers) if role == APPLICANT else after.due_at
        return Task(opened.id, after.id, opened.element, role, opened.unit, None, self.now, due_at)

    def _facts(self, act: Act, outcome: Outcome, after: Case) -> dict[str, Any]:
        return {
            **act.facts,
            **({"party": act.by.party} if act.by.party else {}),
            "passed": [p.element for p in outcome.passed],
            "opened": [o.element for o in outcome.opened],
            "closed": [[c.element, c.how] for c in outcome.closed],
            "stage": after.stage,
            "outcome": after.outcome,
            "rungs": effects.rungs(outcome),
            "due": after.due_at.isoformat() if after.due_at else None,
        }


def fingerprint(answers: Mapping[str, Any]) -> str:
    """SHA-256 of answers in canonical JSON: proves in the audit what was said, without keeping it there."""
    return hashlib.sha256(orjson.dumps(dict(answers), option=orjson.OPT_SORT_KEYS)).hexdigest()
