"""Putting complaints of one matter together, so that one answer reaches every reporter, and parting them again.

A carried case keeps its own promise, link and reporter; its diagram waits for the main one's answer. Chains do not
exist: what is merged into a carried case goes to whatever carries that one, and takes along what it carried itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine import roles
from engine.errors import AnswersRejected, CannotMerge, NotFound, NotYours, WindowClosed
from engine.house import House
from engine.model import MERGING, PARTING, UNDO_FOR, Actor, Case, FieldProblem, Merger, Notice
from engine.roles import APPLICANT
from engine.verbs.deciding import supervises
from engine.verbs.step import Act, Step

if TYPE_CHECKING:
    from engine.store import Reads, Transaction

MERGE, PART = "merge", "part"
"""The acts, as the record names them."""
TOLD = "digabung"
"""Notice to a reporter whose case another one carries now."""


def may_merge(house: House, reads: Reads, case: Case, actor: Actor) -> bool:
    """Whoever has or had work of it within their posts, or supervises an open one; never with an interest in it."""
    if actor.id in case.stood_aside:
        return False
    if any(roles.may_work(actor, task) for task in reads.tasks(case.id)):
        return True
    return not case.confidential and supervises(house, actor)


class Merging:
    """Merges and parts. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def merge(self, reference: str, into: str, reason: str, by: Actor, key: str) -> Case:
        """Have a case carried by another one from now on; one that is carried already changes its main case.

        Raises NotFound, NotYours, AnswersRejected without a reason, CannotMerge. The same key again changes nothing.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case, main = self._pair(tx, reference, into, by)
            if tx.recall(f"{by.id}:{key}"):
                return case
            self._require_may_merge(tx, case, by, reason)
            self._require_go_together(tx, case, main)
            if tx.part(case.id, now, by.id, ""):
                self._tell_moved(tx, case, main, by, now)
            else:
                self._send_merging(tx, case, Act(MERGE, MERGING, by, {"main": main.reference}), now)
            added = Merger(case.id, main.id, by.id, now, reason.strip())
            tx.add_merger(added)
            self._take_along(tx, added, main, by)
            tx.remember(f"{by.id}:{key}", MERGE, {"case_id": case.id}, now)
            return tx.case(case.id)

    def part(self, reference: str, reason: str, by: Actor, key: str) -> Case:
        """Let a carried case go by itself again; it goes on where it stood, by its own promise.

        Whoever merged it undoes that for ten minutes without a reason, and then it carries again what it brought along.
        Raises NotFound, NotYours, AnswersRejected without a reason, and
        WindowClosed when nothing carries it or it was answered.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_reference_for_update(reference)
            if tx.recall(f"{by.id}:{key}"):
                return case
            merger = tx.merger(case.id)
            if merger is None or PARTING not in tx.waiting_messages(case.id):
                raise WindowClosed(PART, "over")
            slip = merger.by == by.id and now < merger.at + UNDO_FOR
            self._require_may_merge(tx, case, by, reason or ("-" if slip else ""))
            self._part_from(tx, case, merger, reason.strip(), by, now)
            if slip:
                self._give_back(tx, merger, by, now)
            tx.remember(f"{by.id}:{key}", PART, {"case_id": case.id}, now)
            return tx.case(case.id)

    # ── who and what ──────────────────────────────────────────────────────────────────────────────────────────────

    def _pair(self, tx: Transaction, reference: str, into: str, by: Actor) -> tuple[Case, Case]:
        """The case and whatever will carry it, both locked, always in the same order so that two acts never wait
        for each other.
        """
        case, chosen = self._complaint(tx, reference), self._complaint(tx, into)
        if chosen.confidential and not may_merge(self._house, tx, chosen, by):
            raise NotFound
        carried = tx.merger(chosen.id)
        main_id = carried.main_id if carried else chosen.id
        if main_id == case.id:
            raise CannotMerge("same" if chosen.id == case.id else "circular")
        locked = {case_id: tx.case_for_update(case_id) for case_id in sorted({case.id, main_id})}
        return locked[case.id], locked[main_id]

    def _require_may_merge(self, tx: Transaction, case: Case, by: Actor, reason: str) -> None:
        if not may_merge(self._house, tx, case, by):
            raise NotYours("", "conflict" if by.id in case.stood_aside else "role")
        if not reason.strip():
            raise AnswersRejected([FieldProblem("alasan", "required")])

    def _require_go_together(self, tx: Transaction, case: Case, main: Case) -> None:
        if main.confidential:
            raise CannotMerge("confidential")
        if main.service != case.service:
            raise CannotMerge("service")
        if not {MERGING, PARTING} & tx.waiting_messages(case.id):
            raise CannotMerge("not_open")
        if MERGING not in tx.waiting_messages(main.id):
            raise CannotMerge("main_not_open")

    def _complaint(self, tx: Transaction, reference: str) -> Case:
        found = tx.case_by_reference(reference)
        if found is None:
            raise NotFound
        return found

    # ── what is done ──────────────────────────────────────────────────────────────────────────────────────────────

    def _send_merging(self, tx: Transaction, case: Case, act: Act, now: datetime) -> None:
        step = Step(self._house, tx, case, now)
        step.run.wake()
        step.run.deliver(act.element, {"induk": act.facts["main"]})
        step.save(act)

    def _tell_moved(self, tx: Transaction, case: Case, main: Case, by: Actor, now: datetime) -> None:
        """Another case carries it now: its diagram waits as before, its reporter and its record are told."""
        tx.add_audit(case.id, now, by, MERGE, MERGING, {"main": main.reference})
        notice = Notice(f"{TOLD}:{case.id}:{main.id}:{now.isoformat()}", APPLICANT, TOLD)
        tx.add_notices(case.id, [notice], now)

    def _take_along(self, tx: Transaction, added: Merger, main: Case, by: Actor) -> None:
        """What the case carried is carried by its main one from now on."""
        for child in sorted(tx.carried_by(added.case_id), key=lambda one: one.id):
            tx.part(child.id, added.at, by.id, "")
            self._tell_moved(tx, tx.case_for_update(child.id), main, by, added.at)
            tx.add_merger(replace(added, case_id=child.id, via=added.case_id))

    def _part_from(self, tx: Transaction, case: Case, merger: Merger, reason: str, by: Actor, now: datetime) -> None:
        tx.part(case.id, now, by.id, reason)
        facts = {"main": tx.case(merger.main_id).reference, **({"reason": reason} if reason else {})}
        self._send_merging(tx, case, Act(PART, PARTING, by, facts), now)

    def _give_back(self, tx: Transaction, merger: Merger, by: Actor, now: datetime) -> None:
        """What came along when the case was merged is carried by it again."""
        case = tx.case(merger.case_id)
        for one in tx.mergers_into(merger.main_id):
            if one.via == case.id and one.at == merger.at:
                tx.part(one.case_id, now, by.id, "")
                self._tell_moved(tx, tx.case_for_update(one.case_id), case, by, now)
                tx.add_merger(Merger(one.case_id, case.id, by.id, now, merger.reason))
