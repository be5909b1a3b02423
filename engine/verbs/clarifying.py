"""Asking the applicant late: the clerk's answers wait until a second person agrees. Meanwhile our clock runs on.

Whether a request is late is decided by `promises.lateness`. A request that is granted finishes the clerk's task with
what they wrote; one that is turned down leaves the task and their words with them.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.errors import AnswersRejected, NotFound, WindowClosed
from engine.forms import asked_for, effective
from engine.house import House
from engine.model import THE_CLOCK, Actor, ActorKind, Case, Decision, FieldProblem, Json, LateRequest, Task
from engine.promises import Late, lateness
from engine.verbs.deciding import require_decider
from engine.verbs.finishing import finish
from engine.verbs.step import Act, Step, complete

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.store import Transaction


def asks_late(step: Step, form: Form, kept: Json, known: Collection[str]) -> Late | None:
    """Why what the step's run has just done must wait; None on the common path. `known`: tasks open before."""
    facts = step.entry.definition.facts
    if not facts.clarifications:
        return None
    opened = [one.element for one in step.run.open() if one.id not in known]
    tasks = [task for rule in facts.clarifications for task in rule.tasks]
    items = asked_for(form.schema, kept)
    return lateness(facts, opened, items, step.run.said(tasks), step.ledger, step.calendar, step.now)


def ask_first(
    house: House,
    tx: Transaction,
    step: Step,
    task: Task,
    form: Form,
    late: Late,
    kept: Json,
    by: Actor,
    facts: Json,
) -> Case:
    """Keep the request for a second person in the place of the step, whose run is let go.

    The newest one counts: a clerk who mends their words replaces what still waited.
    """
    before = tx.late_request_of(task.id)
    if before and before.decision is Decision.WAITING:
        tx.drop_late_request(before.id)
    tx.add_late_request(
        LateRequest(
            id=uuid.uuid4().hex,
            case_id=task.case_id,
            task_id=task.id,
            promise=late.promise,
            why=late.why,
            items=asked_for(form.schema, kept),
            beyond=late.beyond,
            used=late.used,
            budget=late.budget,
            unit=task.unit or tx.last_units([task.case_id]).get(task.case_id),
            answers=kept,
            asked_by=by.id,
            asked_at=step.now,
        )
    )
    afresh = Step(house, tx, step.case, step.now, step.ledger)
    afresh.run.wake()
    afresh.request = Decision.WAITING
    return afresh.save(Act("ask_request", task.element, by, {"task": task.id, "why": list(late.why), **facts}))


class Clarifying:
    """Decides late requests. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def grant_request(self, request_id: str, reason: str, by: Actor, key: str) -> Case:
        """Let a late request go out: the clerk's task is finished with what they wrote. The same key changes nothing.

        Raises NotFound, NotYours unless one supervises and did not ask oneself, and WindowClosed with `decided`,
        `replaced` (its author wrote another one) or `gone` (the task is no longer open).
        """
        with self._house.store.write() as tx:
            asked, case, again = _to_decide(self._house, tx, request_id, by, key)
            if again:
                return case
            step = Step(self._house, tx, case, self._house.clock.now())
            step.run.wake()
            if asked.task_id in {one.id for one in step.run.open()}:
                after = _granted(self._house, tx, step, asked, by, reason.strip())
                tx.remember(f"{by.id}:{key}", "grant_request", {"case_id": case.id}, step.now)
                return after
            step.save(Act("wake", "", THE_CLOCK))
        raise WindowClosed("request", "gone")

    def refuse_request(self, request_id: str, reason: str, by: Actor, key: str) -> Case:
        """Turn it down with a sentence for the clerk, who keeps task and words. Raises as `grant_request`."""
        if not reason.strip():
            raise AnswersRejected([FieldProblem("answer", "order.missing")])
        with self._house.store.write() as tx:
            asked, case, again = _to_decide(self._house, tx, request_id, by, key)
            if again:
                return case
            now = self._house.clock.now()
            tx.decide_late_request(asked, Decision.REJECTED, by.id, now, reason.strip())
            tx.add_audit(case.id, now, by, "refuse_request", "", {"task": asked.task_id, "reason": reason.strip()})
            after = tx.save_case(case, replace(case, request=Decision.REJECTED))
            tx.remember(f"{by.id}:{key}", "refuse_request", {"case_id": case.id}, now)
            return after


def _granted(house: House, tx: Transaction, step: Step, asked: LateRequest, by: Actor, reason: str) -> Case:
    task = tx.task(asked.task_id)
    if task is None:
        raise NotFound
    data = step.run.data_at(task.id)
    form = effective(step.entry.form(task.element), data, step.entry.forms)
    clerk = Actor(ActorKind.STAFF, asked.asked_by)
    facts = {"task": task.id, "reason": reason, "to": asked.asked_by}
    tx.add_audit(step.case.id, step.now, by, "grant_request", "", facts)
    tx.decide_late_request(asked, Decision.APPROVED, by.id, step.now, reason)
    complete(step.run, step.entry, task.id, form, asked.answers)
    opened: dict[str, Any] = house.opened(tx, task.case_id, asked.answers)
    step.asked_late, step.request = True, None
    said = {"late": list(asked.why), **_for_whom(tx, task)}
    return finish(house, tx, step, task, form, asked.answers, clerk, opened, said)


def _for_whom(tx: Transaction, task: Task) -> dict[str, str]:
    """The absent colleague for whom the newest request of a task was made, as its own entry says."""
    made = [one for one in tx.audit(task.case_id) if one.verb == "ask_request" and one.facts.get("task") == task.id]
    return {name: who for name, who in made[-1].facts.items() if name == "for"} if made else {}


def _to_decide(house: House, tx: Transaction, request_id: str, by: Actor, key: str) -> tuple[LateRequest, Case, bool]:
    """The request and its case, locked; True when this very request was answered before."""
    asked = tx.late_request(request_id)
    if asked is None:
        raise WindowClosed("request", "replaced")
    case = tx.case_for_update(asked.case_id)
    asked = tx.late_request(request_id)  # while we waited for the case another may have decided or rewritten it
    if asked is None:
        raise WindowClosed("request", "replaced")
    require_decider(house, tx, case, asked.asked_by, by)
    if asked.decision is not Decision.WAITING:
        if tx.recall(f"{by.id}:{key}"):
            return asked, case, True
        raise WindowClosed("request", "decided")
    task = tx.task(asked.task_id)
    if task is None or task.closed_at is not None:
        raise WindowClosed("request", "gone")
    return asked, case, False
