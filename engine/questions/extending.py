"""Questions about extensions, and the decisions that wait for one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from engine.model import OF_THE_CALENDAR, Actor, Case, Decision, Extension, LateRequest, ProposedRelease
from engine.promises import Account
from engine.questions.orders import OrderQuestions
from engine.roles import may_work
from engine.verbs.extending import why_not
from engine.verbs.releasing import may_confirm
from engine.views import Decisions, ExtensionPage

if TYPE_CHECKING:
    from engine.store import Reads

MOST_WAITING = 50
Asked = TypeVar("Asked", Extension, LateRequest)


class ExtensionQuestions(OrderQuestions):
    """Answers for whoever works on a case, and for supervisors."""

    def extensions(self, reference: str, actor: Actor) -> ExtensionPage:
        """What may be extended in a case, and what was asked before. Raises NotFound as for the case file."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference), now)
            self._require_may_read(reads, held, actor)
            asked = reads.extensions(held.case.id)
            names = reads.names(login for one in asked for login in (one.asked_by, one.decided_by))
        promises = tuple(
            (one, why_not(one.rule, Account(one.rule.id, held.ledger), one.overdue)) for one in held.promises
        )
        return ExtensionPage(held.case, promises, asked, self._supervises(actor), names)

    def decisions(self, actor: Actor) -> Decisions:
        """What this person may decide now: never what they asked for themselves, no confidential case of others."""
        self._require_supervisor(actor)
        with self._house.store.read() as reads:
            extensions = tuple(self._readable(reads, reads.extensions_waiting(MOST_WAITING), actor))
            orders = tuple(
                one
                for one in reads.orders_waiting()
                if one.proposed_by != actor.id
                and self._marked(actor, "keeps_calendar" if one.kind in OF_THE_CALENDAR else "declares_outage")
            )
            requests = tuple(self._readable(reads, reads.late_requests_waiting(MOST_WAITING), actor))
            releases = tuple(self._releases(reads, Decision.WAITING, actor))
            returned = tuple(self._releases(reads, Decision.REJECTED, actor))
            logins = {one.asked_by for found in (extensions, requests, releases) for one, _ in found}
            logins |= {one.proposed_by for one in orders} | {one.decided_by for one, _ in returned}
            names = reads.names(logins)
        return Decisions(extensions, orders, names, requests, releases, returned)

    def _releases(self, reads: Reads, decision: Decision, actor: Actor) -> Iterator[tuple[ProposedRelease, Case]]:
        """Those of others that this person may let out; of those that were sent back, their own."""
        found = reads.proposed_releases(decision, MOST_WAITING)
        cases = {case.id: case for case in reads.cases([one.case_id for one in found])}
        for one in found:
            case = cases[one.case_id]
            own = one.asked_by == actor.id
            if own if decision is Decision.REJECTED else may_confirm(self._house, reads, case, one, actor):
                yield one, case

    def _readable(self, reads: Reads, asked: tuple[Asked, ...], actor: Actor) -> Iterator[tuple[Asked, Case]]:
        """Requests of others in cases that this person may read: a confidential one only for those who work on it."""
        cases = {case.id: case for case in reads.cases([one.case_id for one in asked])}
        for one in asked:
            case = cases[one.case_id]
            works = case.confidential and any(may_work(actor, task) for task in reads.tasks(case.id))
            if one.asked_by != actor.id and (works or not case.confidential):
                yield one, case
