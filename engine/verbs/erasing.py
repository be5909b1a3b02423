"""Verbs of forgetting: a person asks for it, or the term of the service is over. The case and its audit stay.

What was sealed cannot be opened any more, because its key is thrown away; papers go; the name in the office's lists
and in the register of permits becomes initials.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from engine import keys
from engine.disclosing import initials
from engine.errors import NotFound, WindowClosed
from engine.forms import personal
from engine.house import House
from engine.model import THE_CLOCK, Actor, ActorKind, Case, Retention
from engine.retention import Keeping, keeping, months_after

if TYPE_CHECKING:
    from engine.store import Reads, Transaction

AT_ONCE = 200
"""Cases forgotten in one round of one service: each is a transaction, and others wait for the writer."""


class Erasing:
    """Forgets people. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def ask_erasure(self, token: str, key: str) -> Case:
        """Erase who a case was about, at once where that is lawful already, else on the day when it will be.

        For the citizen whose tracking token this is. Raises NotFound; WindowClosed while the case still runs.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            found = tx.case_by_secret(keys.hashed(token))
            if found is None:
                raise NotFound
            case = tx.case_for_update(found.id)
            if case.erased_at or tx.recall(f"{case.id}:{key}"):
                return case
            if case.ended_at is None:
                raise WindowClosed("erase", "running")
            by = Actor(ActorKind.CITIZEN, case.id)
            after = case
            if keeping_of(self._house, tx, case).may_go(self._house.city.calendar.on(now)):
                after = self._erase(tx, case, by, now, "asked")
            elif tx.erasure_asked_at(case.id) is None:
                tx.ask_erasure(case.id, now)
                tx.add_audit(case.id, now, by, "erase_asked", "", {})
            tx.remember(f"{case.id}:{key}", "erase", {"case_id": case.id}, now)
        self.burn_waste()
        return after

    def note_export(self, token: str) -> None:
        """Record that somebody with link and code took the case's data. Raises NotFound."""
        with self._house.store.write() as tx:
            found = tx.case_by_secret(keys.hashed(token))
            if found is None:
                raise NotFound
            tx.add_audit(found.id, self._house.clock.now(), Actor(ActorKind.CITIZEN, found.id), "export", "", {})

    def forget_due(self) -> int:
        """Erase every case whose term is over, and those that were asked for and may go now. How many.

        The rule is the one in force today, not the one a case began under: a law on keeping binds old cases too.
        """
        forgotten = sum(self._forget(case_id, why) for case_id, why in self._due())
        self.burn_waste()
        return forgotten

    def burn_waste(self) -> int:
        """Remove the bytes that rows have let go of and that nobody else holds. How many."""
        burnt = 0
        with self._house.store.write() as tx:
            for sha256, held in tx.waste(AT_ONCE):
                if not held:
                    self._house.archive.remove(sha256)
                    burnt += 1
                tx.forget_waste(sha256)
        return burnt

    def _due(self) -> list[tuple[str, str]]:
        found: dict[str, str] = {}
        with self._house.store.read() as reads:
            for service in reads.services():
                rule = rule_today(self._house, reads, service)
                if rule is None:
                    continue
                over = reads.cases_to_forget(service, self._ended_before(rule.months), AT_ONCE)
                asked = reads.cases_asked_to_forget(service, self._ended_before(rule.least_months), AT_ONCE)
                found |= {**dict.fromkeys(asked, "asked"), **dict.fromkeys(over, "term")}
        return list(found.items())

    def _forget(self, case_id: str, why: str) -> bool:
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_if_free(case_id)
            if case is None or case.erased_at or case.ended_at is None:
                return False
            self._erase(tx, case, THE_CLOCK, now, why)
            return True

    def _erase(self, tx: Transaction, case: Case, by: Actor, now: datetime, why: str) -> Case:
        """Shred, and say so in the chain, whose hashes are those of sealed answers and so still hold."""
        for permit in tx.permits(case.id):
            holder = initials(str(self._house.opened(tx, case.id, permit.facts.get("holder", ""))))
            tx.set_permit_facts(permit.number, permit.version, {**permit.facts, "holder": holder})
        papers = tx.shred(case.id)
        tx.add_audit(case.id, now, by, "erase", "", {"why": why, "papers": papers})
        return tx.save_case(case, replace(case, subject=self._unnamed(tx, case), erased_at=now))

    def _unnamed(self, tx: Transaction, case: Case) -> str:
        """The subject of the lists: initials where it was a name, as it was where it was a matter."""
        entry = self._house.entry(tx, case.version)
        field = entry.definition.facts.subject.rpartition(".")[2]
        named = field in personal(entry.start_form.schema, entry.start_form.ui)
        return initials(case.subject) if named else case.subject

    def _ended_before(self, months: int) -> datetime:
        """Cases that ended before this instant are over their term today."""
        calendar = self._house.city.calendar
        day = months_after(calendar.on(self._house.clock.now()), -months)
        return datetime.combine(day, time(), self._house.city.zone).astimezone(UTC)


def keeping_of(house: House, reads: Reads, case: Case) -> Keeping:
    """Why a case still holds who it was about, by the rule its service has today."""
    ended_on = house.city.calendar.on(case.ended_at) if case.ended_at else None
    return keeping(rule_today(house, reads, case.service), ended_on, reads.permits(case.id))


def rule_today(house: House, reads: Reads, service: str) -> Retention | None:
    """How long the version of a service in force keeps identity; None where it does not say."""
    version = reads.current(service)
    return house.entry(reads, version).definition.facts.retention if version else None
