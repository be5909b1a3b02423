"""Verbs of people at work: complete, answer, attach. One transaction each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from engine import keys, roles
from engine.bringing import mark
from engine.errors import AnswersRejected, FactsMoved, NotFound, StepFailed, TaskGone
from engine.forms import effective
from engine.house import House
from engine.incidents import STEP, note
from engine.model import THE_CLOCK, UNDO_FOR, Actor, Case, FieldProblem, Task
from engine.store import KeyTaken
from engine.verbs.behalf import on_behalf, require_may_do
from engine.verbs.clarifying import ask_first, asks_late
from engine.verbs.evidence import stale
from engine.verbs.finishing import finish
from engine.verbs.papers import Intake, Papers, Uploads, with_uploads
from engine.verbs.sending_back import goes_back, keep
from engine.verbs.step import Act, Step, complete
from engine.verbs.task_drafts import Click, require_known
from engine.verbs.tray import papers_at_hand, take_in

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.store import Reads, Transaction


class Working:
    """Does tasks. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def complete(
        self,
        task_id: str,
        raw: Mapping[str, Any],
        uploads: Uploads,
        by: Actor,
        key: str,
        seen: int | None = None,
        brought: str = "",
    ) -> Case:
        """Finish a task with the answers of its form and let the case move on. The same key again changes nothing.

        `seen` is the version of the draft that this person knows, 0 for none; None: drafts do not matter to them.
        `brought` is the mark of what they took along (`FieldTask`): FactsMoved if the case says something else now.
        Raises TaskGone (who was first, or a timer that was due), NotYours, TaskHeld, DraftMovedOn when somebody saved
        another draft, AnswersRejected with every problem, StepFailed when the diagram could not go on, which is also
        an incident for the operator. In each of these the case is as it was, but for a timer that was due: it has then
        fired, because a late click must not beat an expired deadline.
        """
        try:
            taken, problems = self._take_in(task_id, uploads, by) if any(uploads.values()) else ({}, [])
            return self._complete(task_id, with_uploads(raw, taken), problems, taken, by, Click(key, seen, brought))
        except StepFailed as broken:
            with self._house.store.read() as reads:
                case_id = self._task(reads, task_id).case_id
            note(self._house.store, self._house.clock.now(), case_id, STEP, broken.element, broken.message)
            raise
        except KeyTaken:
            # The request did something else already; what it did here was rolled back.
            with self._house.store.read() as reads:
                return reads.case(self._task(reads, task_id).case_id)

    def _complete(
        self,
        task_id: str,
        raw: Mapping[str, Any],
        problems: list[FieldProblem],
        taken: Mapping[str, Any],
        by: Actor,
        click: Click,
    ) -> Case:
        key = f"{by.id}:{click.page}"
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            task = self._task(tx, task_id)
            # While the task is open no request can have finished it: only a closed one is worth asking about.
            if task.closed_at and tx.recall(key):
                return case
            roles.require_open(task)
            stand_in = require_may_do(self._house, tx, by, task, case)
            if task.drafted and click.seen is not None:
                require_known(self._house, tx, task, click)
            step = Step(self._house, tx, case, self._house.clock.now())
            step.run.wake()
            known = {opened.id for opened in step.run.open()}
            if task_id in known:
                _require_as_brought(step, task, click.brought)
                form = self._form(step, task)
                answers = self._accepted(tx, step, task, form, raw, by, problems, taken)
                facts = on_behalf(stand_in)
                after = self._finish(tx, step, task, form, answers, by, facts, known)
                tx.remember(key, "complete", {"case_id": after.id}, step.now)
                return after
            step.save(Act("wake", task.element, THE_CLOCK))
        raise TaskGone(task_id, None, step.now)

    def _take_in(self, task_id: str, uploads: Uploads, by: Actor) -> tuple[dict[str, Any], list[FieldProblem]]:
        """Take in the papers of a form on their own, before anything is decided about its answers."""
        with self._house.store.write() as tx:
            task = self._task(tx, task_id)
            if task.closed_at:
                return {}, []
            case = tx.case(task.case_id)
            require_may_do(self._house, tx, by, task, case)
            form = self._form(Step(self._house, tx, case, self._house.clock.now()), task)
            return take_in(self._house, tx, case, task_id, form, uploads, by)

    def answer(self, token: str, task_id: str, raw: Mapping[str, Any], uploads: Uploads, key: str) -> Case:
        """Finish the task that waits for the citizen whose tracking token this is. Raises as `complete`."""
        with self._house.store.read() as reads:
            by = reads.party_by_secret(keys.hashed(token)).actor
        return self.complete(task_id, raw, uploads, by, key)

    def attach(self, reference: str, name: str, content: bytes, by: Actor, key: str, field: str = "lampiran") -> str:
        """Add a paper to a case outside any form and return its id; the same key again gives the same paper.

        Raises NotFound, DocumentRefused.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_reference_for_update(reference)
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return str(known[1]["document"])
            taken = Intake(self._house, tx, {"case_id": case.id}, by.id, "staff", now).paper(field, name, content)
            tx.add_audit(case.id, now, by, "attach", "", {"document": taken})
            tx.remember(f"{by.id}:{key}", "attach", {"document": taken}, now)
            return taken

    def _form(self, step: Step, task: Task) -> Form:
        return effective(step.entry.form(task.element), step.run.data_at(task.id), step.entry.forms)

    def _finish(
        self,
        tx: Transaction,
        step: Step,
        task: Task,
        form: Form,
        answers: Mapping[str, Any],
        by: Actor,
        facts: Mapping[str, str],
        known: Collection[str],
    ) -> Case:
        kept = self._house.closed(form, answers, lambda: self._house.own_seal(tx, task.case_id))
        complete(step.run, step.entry, task.id, form, kept)
        late = asks_late(step, form, kept, known)
        if late is not None:
            return ask_first(self._house, tx, step, task, form, late, kept, by, facts)
        if step.case.request is not None and tx.late_request_of(task.id):
            step.request = None
        if not goes_back(step, known, task.element):
            return finish(self._house, tx, step, task, form, kept, by, answers, facts)
        before, tokens = step.case, tx.tokens(step.case.id)
        step.hold_until = step.now + UNDO_FOR
        after = finish(self._house, tx, step, task, form, kept, by, answers, facts)
        keep(tx, before, tokens, task.id, by, step)
        return after

    def _accepted(
        self,
        tx: Transaction,
        step: Step,
        task: Task,
        form: Form,
        raw: Mapping[str, Any],
        by: Actor,
        problems: list[FieldProblem],
        taken: Mapping[str, Any],
    ) -> dict[str, Any]:
        papers = Papers(lambda: papers_at_hand(tx, task, by.id))
        context = self._house.context(step.entry, step.run.data_at(task.id), papers)
        accepted: dict[str, Any] = {}
        found = list(problems)
        try:
            accepted = form.accept(raw, context)
            found.extend(stale(tx, step.case.id, form, accepted, papers))
        except AnswersRejected as refused:
            found.extend(refused.problems)
        if found:
            raise AnswersRejected(found, {name: raw[name] for name in taken})
        return accepted

    def _task(self, reads: Reads, task_id: str) -> Task:
        task = reads.task(task_id)
        if task is None:
            raise NotFound
        return task


def _require_as_brought(step: Step, task: Task, brought: str) -> None:
    brings = step.entry.definition.elements[task.element].brings
    if brought and brought != mark(brings, step.run.data_at(task.id)):
        raise FactsMoved
