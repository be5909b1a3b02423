"""Verbs without a task: wake, deliver, withdraw, publish, and trying an incident again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.check import check
from engine.errors import FilesRefused, MessageUnexpected, NotFound, WindowClosed
from engine.house import House
from engine.incidents import STEP
from engine.library import read_version
from engine.model import THE_CLOCK, Actor, Case, Severity
from engine.verbs.step import PAUSE, Act, Step

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from engine.model import ProcessVersion, Timer
    from engine.store import Transaction

WITHDRAWAL = "penarikan"
"""Name of the message that the applicant's withdrawal sends into a diagram."""


class Tending:
    """Keeps cases going. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def wake(self, case_id: str, by: Actor = THE_CLOCK) -> bool:
        """Fire whatever is due in a case. False when nothing was: another worker had already done it."""
        with self._house.store.write() as tx:
            case = tx.case_if_free(case_id)
            if case is None:
                return False
            step = Step(self._house, tx, case, self._house.clock.now())
            step.run.wake()
            outcome = step.run.outcome()
            if not outcome.passed:
                stored = tx.timers(case.id)
                if not _pause_over(stored, step.now):
                    return False
                step.armed_as(stored)
            step.save(Act("wake", outcome.passed[0].element, by) if outcome.passed else Act("count_again", "", by))
            return True

    def deliver(self, reference: str, message: str, payload: Mapping[str, Any], by: Actor, key: str) -> Case:
        """Hand a BPMN message to a case that waits for it. Raises NotFound, MessageUnexpected. Idempotent by key."""
        with self._house.store.write() as tx:
            found = tx.case_of_reference_for_update(reference)
            if tx.recall(f"{by.id}:{key}"):
                return found
            after = self._deliver(tx, found, message, payload, by)
            tx.remember(f"{by.id}:{key}", "deliver", {"case_id": after.id}, self._house.clock.now())
            return after

    def withdraw(self, token: str, reason: str, key: str) -> Case:
        """Take back an application by its tracking token. Raises NotFound, WindowClosed when it is too late."""
        with self._house.store.write() as tx:
            by = tx.party_by_secret(keys.hashed(token)).actor
            found = tx.case_for_update(by.id)
            if tx.recall(f"{found.id}:{key}"):
                return found
            try:
                after = self._deliver(tx, found, WITHDRAWAL, {"alasan": reason}, by)
            except MessageUnexpected:
                raise WindowClosed("withdraw", "ended" if found.ended_at else "too_late") from None
            tx.remember(f"{found.id}:{key}", "withdraw", {"case_id": after.id}, self._house.clock.now())
            return after

    def publish(self, folder: Path, forms: Path, by: str, note: str = "") -> ProcessVersion:
        """Make a service's files the version under which new cases start. Running cases stay on theirs.

        Raises FilesRefused with everything `check` finds wrong; nothing is then changed.
        """
        wrong = [p for p in check(folder, forms, self._house.city) if p.severity is Severity.ERROR]
        if wrong:
            raise FilesRefused(wrong)
        version = read_version(folder, forms / folder.name)
        with self._house.store.write() as tx:
            now = self._house.clock.now()
            tx.add_version(replace(version, published_at=now, published_by=by, note=note))
            tx.make_current(version.service, version.id, now, by)
        return version

    def retry(self, incident_id: str, by: Actor) -> None:
        """Have an incident tried at once; one that only a person can try again is put away as seen.

        Raises NotFound for an unknown or resolved incident, and unless the actor operates.
        """
        now = self._house.clock.now()
        if not by.roles & self._house.city.operating:
            raise NotFound
        with self._house.store.write() as tx:
            found = next((one for one in tx.incidents() if one.id == incident_id), None)
            if found is None:
                raise NotFound
            if found.kind == STEP:
                tx.resolve_incident(found.case_id, STEP, now)
            else:
                tx.retry_incident(incident_id, now)
            tx.add_audit(found.case_id, now, by, "retry", found.element, {"kind": found.kind})

    def _deliver(self, tx: Transaction, found: Case, message: str, payload: Mapping[str, Any], by: Actor) -> Case:
        step = Step(self._house, tx, found, self._house.clock.now())
        step.run.wake()
        step.run.deliver(message, payload)
        return step.save(Act("deliver", message, by, {"message": message}))


def _pause_over(stored: Iterable[Timer], now: datetime) -> bool:
    """Whether a pause of any promise has lasted as long as it may and nobody has taken note of it yet.

    The stored rows tell: a pause that is over stays over, but its timer goes with the step that notes it.
    """
    due = (one for one in stored if one.due_at is not None and one.due_at <= now)
    return any(one.id.startswith(f"{PAUSE}:") for one in due)
