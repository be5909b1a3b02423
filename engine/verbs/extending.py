"""Extending a promise: once, with a reason, never after it was missed. A clerk asks, a supervisor decides."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from engine.errors import AnswersRejected, NotFound, WindowClosed
from engine.house import House
from engine.model import (
    Actor,
    ActorKind,
    Case,
    Decision,
    Entry,
    Extension,
    FieldProblem,
    LedgerEntry,
    Notice,
    PromiseRule,
)
from engine.promises import Account, moved_line, standing
from engine.roles import APPLICANT
from engine.verbs.deciding import require_decider, require_no_interest, supervises, works_on
from engine.verbs.step import Act, Step

if TYPE_CHECKING:
    from engine.store import Transaction

EXTENDED = "tanggal_diperpanjang"
"""The notice of the city that tells an applicant of an extension."""


class Extending:
    """Extensions. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def extend(self, reference: str, promise: str, days: int, reason: str, by: Actor, key: str) -> Decision:
        """Extend a promise; asked by a clerk, it waits for a supervisor. The same key again changes nothing.

        Raises NotFound, NotYours for whoever stood aside, AnswersRejected, and WindowClosed with why it may not be:
        `not_allowed`, `not_running`, `too_late`, `twice`, `asked`.
        """
        with self._house.store.write() as tx:
            case = self._case_of(tx, reference, by)
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return Decision(str(known[1]["decision"]))
            now = self._house.clock.now()
            step = Step(self._house, tx, case, now)
            self._require_may(step, promise, days, reason)
            if any(one.decision is Decision.WAITING for one in tx.extensions(case.id) if one.promise == promise):
                raise WindowClosed("extend", "asked")
            asked = Extension(uuid.uuid4().hex, case.id, promise, days, reason.strip(), by.id, now)
            tx.add_extension(asked)
            decision = self._granted(tx, step, asked, by) if supervises(self._house, by) else self._asked(tx, asked, by)
            tx.remember(f"{by.id}:{key}", "extend", {"decision": decision.value}, now)
            return decision

    def grant_extension(self, extension_id: str, by: Actor, key: str) -> Case:
        """Grant what a clerk asked for. Raises as `extend`; NotYours unless one supervises, or asked oneself."""
        with self._house.store.write() as tx:
            asked, case = self._to_decide(tx, extension_id, by, key)
            if asked.decision is Decision.WAITING:
                step = Step(self._house, tx, case, self._house.clock.now())
                self._require_may(step, asked.promise, asked.days, asked.reason)
                self._granted(tx, step, asked, by)
                tx.remember(f"{by.id}:{key}", "grant_extension", {"case_id": case.id}, step.now)
            return case

    def refuse_extension(self, extension_id: str, answer: str, by: Actor, key: str) -> Case:
        """Turn a request down with a sentence for whoever asked. Raises as `grant_extension`."""
        if not answer.strip():
            raise AnswersRejected([FieldProblem("answer", "order.missing")])
        with self._house.store.write() as tx:
            asked, case = self._to_decide(tx, extension_id, by, key)
            if asked.decision is Decision.WAITING:
                now = self._house.clock.now()
                tx.decide_extension(asked.id, Decision.REJECTED, by.id, now, answer.strip())
                tx.add_audit(case.id, now, by, "refuse_extension", "", {"promise": asked.promise, "reason": answer})
                tx.remember(f"{by.id}:{key}", "refuse_extension", {"case_id": case.id}, now)
            return case

    def _asked(self, tx: Transaction, asked: Extension, by: Actor) -> Decision:
        facts = {"promise": asked.promise, "days": asked.days, "reason": asked.reason}
        tx.add_audit(asked.case_id, asked.asked_at, by, "ask_extension", "", facts)
        return Decision.WAITING

    def _granted(self, tx: Transaction, step: Step, asked: Extension, by: Actor) -> Decision:
        rule = _rule(step, asked.promise)
        line = LedgerEntry(rule.id, Entry.EXTEND, step.now, by.id, days=asked.days, reason=asked.reason)
        before = standing(rule, step.ledger, step.calendar, step.now)
        after = standing(rule, (*step.ledger, line), step.calendar, step.now)
        noted = moved_line(before, after, step.now, by.id, asked.reason)
        step.enter((line, noted) if noted else (line,))
        facts = {"promise": rule.id, "days": asked.days, "reason": asked.reason, "asked_by": asked.asked_by}
        step.save(Act("extend", "", by, facts))
        tx.decide_extension(asked.id, Decision.APPROVED, by.id, step.now, "")
        tx.add_notices(asked.case_id, [Notice(f"{asked.case_id}:{asked.id}", APPLICANT, EXTENDED)], step.now)
        return Decision.APPROVED

    def _to_decide(self, tx: Transaction, extension_id: str, by: Actor, key: str) -> tuple[Extension, Case]:
        asked = tx.extension(extension_id)
        if asked is None:
            raise NotFound
        case = tx.case_for_update(asked.case_id)
        asked = tx.extension(extension_id) or asked  # while we waited for the case another may have decided
        require_decider(self._house, tx, case, asked.asked_by, by)
        if asked.decision is not Decision.WAITING and not tx.recall(f"{by.id}:{key}"):
            raise WindowClosed("extend", "decided")
        return asked, case

    def _case_of(self, tx: Transaction, reference: str, by: Actor) -> Case:
        """The case, locked. Only its own people and, unless it is confidential, supervisors may extend it."""
        if by.kind is not ActorKind.STAFF:
            raise NotFound
        case = tx.case_of_reference_for_update(reference)
        if not works_on(tx, case, by) and (case.confidential or not supervises(self._house, by)):
            raise NotFound
        require_no_interest(case, by)
        return case

    def _require_may(self, step: Step, promise: str, days: int, reason: str) -> None:
        rule = _rule(step, promise)
        _require_open(step, rule)
        problems = []
        if not 1 <= days <= rule.extend_days:
            problems.append(FieldProblem("days", "order.days", {"days": rule.extend_days}))
        if not reason.strip():
            problems.append(FieldProblem("reason", "order.missing"))
        if problems:
            raise AnswersRejected(problems)


def why_not(rule: PromiseRule, account: Account, overdue: bool) -> str:
    """Why a promise may not be extended, as a word; empty when it may be."""
    if not rule.extend_days:
        return "not_allowed"
    if not account.open:
        return "not_running"
    if overdue:
        return "too_late"
    return "twice" if account.extensions else ""


def _require_open(step: Step, rule: PromiseRule) -> None:
    account = Account(rule.id, step.ledger)
    why = why_not(rule, account, standing(rule, step.ledger, step.calendar, step.now).overdue)
    if why:
        raise WindowClosed("extend", why)


def _rule(step: Step, promise: str) -> PromiseRule:
    found = next((rule for rule in step.entry.definition.facts.promises if rule.id == promise), None)
    if found is None:
        raise NotFound
    return found
