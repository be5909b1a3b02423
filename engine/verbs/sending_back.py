"""Sending a case back to an earlier desk, and undoing that for ten minutes.

Undoing is an event of its own that brings the case back to what it was: tokens, task and holder, timers, stage. It is
possible while nobody has touched what the send-back opened and no timer fired; mails about it are held so long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import NotFound, WindowClosed
from engine.house import House
from engine.model import UNDO_FOR, Actor, AuditEntry, Case, SendBack, TaskDraft
from engine.promises import entries_for
from engine.roles import APPLICANT
from engine.verbs.step import Step
from engine.verbs.task_drafts import keep_sealed

if TYPE_CHECKING:
    from engine.bpmn.reader import Definition
    from engine.store import Transaction

_TELLS_ONLY = frozenset({"notify"})
"""What a send-back may ask for and still be undone: mails are held, everything else would be out."""
_HARMLESS = frozenset({"comment", "attach", "unmask"})
"""What may have been done to the case since: it touches no task."""


def goes_back(step: Step, known: Collection[str], finished: str) -> bool:
    """Whether finishing a shape has only led back to desks of ours that every way to it comes by.

    Asks the store nothing: whether a desk had the case is told by the answers that lie under its name.
    """
    definition = step.entry.definition
    elements = definition.elements
    opened = {one.element for one in step.run.open() if one.id not in known}
    if not opened or len(step.run.said(opened)) != len(opened) or step.fired:
        return False
    if any(elements[one].role == APPLICANT or not comes_by(definition, finished, one) for one in opened):
        return False
    outcome = step.run.outcome()
    moved = entries_for(definition.facts, elements, outcome, step.ledger, step.now, "")
    return not (moved or outcome.ended or any(one.kind not in _TELLS_ONLY for one in outcome.effects))


def comes_by(definition: Definition, shape: str, other: str) -> bool:
    """Whether every way through a scope to `shape` comes by `other`: then going there is going back."""
    elements = definition.elements
    scope = elements[shape].scope
    if shape == other or elements[other].scope != scope:
        return False
    ways = defaultdict(list)
    for flow in definition.flows:
        ways[flow.source].append(flow.target)
    for one in elements.values():
        if one.attached_to:
            ways[one.attached_to].append(one.id)
    waiting = [one.id for one in elements.values() if one.kind == "startEvent" and one.scope == scope]
    seen = {other}
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting += ways[at]
    return shape not in seen


def keep(tx: Transaction, before: Case, tokens: bytes, task_id: str, by: Actor, step: Step) -> None:
    """Keep what undoing needs, once the step is saved."""
    seq = tx.head(before.id).seq
    tx.forget_send_backs(step.now - UNDO_FOR)
    tx.add_send_back(SendBack(task_id, before.id, by.id, step.now, seq, before.stage, tokens))


class SendingBack:
    """Undoes send-backs. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def undo_send_back(self, task_id: str, by: Actor) -> Case:
        """Bring the case back to one's own desk, with what one had typed as a draft. Again changes nothing.

        Raises NotFound for the send-back of another, and WindowClosed with `over` (too long ago) or `touched` (somebody
        took, finished or began to write in what it opened, or a timer fired).
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            task, sent = tx.task(task_id), tx.send_back(task_id)
            if task is None or (sent is not None and sent.by != by.id):
                raise NotFound
            if sent is None or now >= sent.at + UNDO_FOR:
                if task.closed_at is None:
                    return case
                raise WindowClosed("send_back", "over")
            if _touched(tx, sent):
                raise WindowClosed("send_back", "touched")
            self._keep_typed(tx, sent, by)
            tx.take_back_send_back(sent)
            tx.add_audit(case.id, now, by, "undo", task.element, {"what": "send_back", "task": task_id})
            return self._restored(tx, case, sent)

    def _restored(self, tx: Transaction, case: Case, sent: SendBack) -> Case:
        known = tx.timers(case.id)
        former = Step(self._house, tx, case, self._house.clock.now(), tokens=sent.tokens)
        after = tx.save_case(case, replace(case, stage=sent.stage), sent.tokens, former.run.outcome().waiting_messages)
        tx.replace_timers(case.id, former.timers(), known)
        return after

    def _keep_typed(self, tx: Transaction, sent: SendBack, by: Actor) -> None:
        given = [row for row in tx.answers(sent.case_id) if row.task_id == sent.task_id]
        task = tx.task(sent.task_id)
        if not given or task is None:
            return
        typed = self._house.opened(tx, sent.case_id, given[-1].answers)
        now = self._house.clock.now()
        keep_sealed(self._house, tx, TaskDraft(task.id, sent.case_id, task.drafted + 1, "", by.id, now, typed))


def _touched(tx: Transaction, sent: SendBack) -> bool:
    """Whether somebody went on from there; a draft of a task that nobody holds is in no trail."""
    if any(entry.seq > sent.seq and _touches(entry) for entry in tx.audit(sent.case_id)):
        return True
    return any(task.drafted for task in tx.open_tasks(sent.case_id) if task.opened_at == sent.at)


def _touches(entry: AuditEntry) -> bool:
    return entry.verb not in _HARMLESS and not (entry.verb == "undo" and entry.facts.get("what") == "comment")
