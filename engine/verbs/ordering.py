"""Verbs of whoever keeps the calendar and orders outages: propose, approve, reject, declare, end. One transaction each.

An order moves nothing by itself: approval makes it the next edition of the calendar, and every open case then follows
in a transaction of its own (`following`). A second person approves what one alone must not do.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.almanac import calendar_of, outages
from engine.errors import AnswersRejected, NotFound, NotYours, WindowClosed
from engine.model import OF_THE_CALENDAR, Actor, Decision, FieldProblem, Order, OrderKind, OutageProposal, Proposal
from engine.promises.counting import first_turn_on
from engine.verbs.following import Following, would_move
from engine.verbs.proposals import outage_problems, proposal_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.house import House
    from engine.model import Case
    from engine.promises import Moving
    from engine.store import Reads, Transaction

FOUR_EYES = "four_eyes"
EDITIONS = "calendar-edition"
"""The series that numbers editions. Its row keeps two approvals in order: each waits for the one before to commit."""


class Ordering(Following):
    """Orders of the office. Part of the engine's front."""

    def propose(self, asked: Proposal, by: Actor, key: str) -> Order:
        """Propose a change of the calendar for a second person to approve; nothing moves yet.

        Raises NotFound unless the actor keeps the calendar, AnswersRejected with every problem.
        """
        self._require(by, "keeps_calendar")
        now = self._house.clock.now()
        problems = proposal_problems(asked, self._house.city.calendar, now)
        if problems:
            raise AnswersRejected(problems)
        order = replace(
            self._order(asked.kind, asked.number, asked.reason, by),
            name=asked.name,
            sort=asked.sort.value,
            first_on=asked.first_on,
            last_on=asked.last_on,
            week=dict(asked.week),
        )
        return self._proposed(order, by, key)

    def revoke(self, order_id: str, number: str, reason: str, by: Actor, key: str) -> Order:
        """Propose to take back what is still ahead of an earlier change. Raises as `propose`.

        WindowClosed: all of its days are over, or it was revoked already.
        """
        self._require(by, "keeps_calendar")
        if not number:
            raise AnswersRejected([FieldProblem("number", "order.missing")])
        with self._house.store.read() as reads:
            about = _of_the_calendar(reads.order(order_id))
            first_on = first_turn_on(self._house.clock.now(), self._house.city.calendar)
            gone = any(one.about == order_id for one in reads.orders_in_force())
        if about.edition is None or gone or about.last_on is None or about.last_on < first_on:
            raise WindowClosed("order", "passed")
        first_on = max(first_on, about.first_on or first_on)
        made = self._order(OrderKind.REVOKED, number, reason, by)
        order = replace(made, name=about.name, first_on=first_on, last_on=about.last_on, about=about.id)
        return self._proposed(order, by, key)

    def approve(self, order_id: str, by: Actor, key: str) -> Order:
        """Put an order in force as the second person; every open case follows in the background.

        Raises NotFound, NotYours (`four_eyes`) for whoever proposed it, and WindowClosed when it was decided meanwhile
        or its first day has come.
        """
        with self._house.store.write() as tx:
            order = self._order_to_decide(tx, order_id, by, key)
            if order.decision is not Decision.WAITING:
                return order
            if by.id == order.proposed_by:
                raise NotYours("", FOUR_EYES)
            self._require_ahead(order)
            self._put_in_force(tx, order, by)
            tx.remember(f"{by.id}:{key}", "approve", {"order": order_id}, self._house.clock.now())
        return self._as_it_is(order_id)

    def reject(self, order_id: str, by: Actor, key: str) -> Order:
        """Turn an order down, or take one's own proposal back. Raises NotFound, WindowClosed."""
        with self._house.store.write() as tx:
            order = self._order_to_decide(tx, order_id, by, key)
            if order.decision is Decision.WAITING:
                now = self._house.clock.now()
                tx.decide_order(order_id, Decision.REJECTED, by.id, now)
                tx.add_office_act(now, by, "reject", order_id, _facts(order))
                tx.remember(f"{by.id}:{key}", "reject", {"order": order_id}, now)
        return self._as_it_is(order_id)

    def declare_outage(self, asked: OutageProposal, by: Actor, key: str) -> Order:
        """Order that clocks stand still while a service is down. It is in force at once, unless a second person must
        agree: to lengthen an outage, and to reach back over a date that was missed already.

        Raises NotFound unless the actor may, AnswersRejected with every problem.
        """
        self._require(by, "declares_outage")
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return _there(tx.order(str(known[1]["order"])))
            taken = frozenset(one.number.casefold() for one in tx.orders() if one.kind is OrderKind.OUTAGE)
            problems = outage_problems(asked, now, self._house.city.outage_days, taken)
            if problems:
                raise AnswersRejected(problems)
            made = self._order(OrderKind.OUTAGE, asked.number, asked.reason, by)
            order = replace(
                made, services=asked.services, from_at=asked.from_at, to_at=asked.to_at, about=asked.lengthens
            )
            tx.add_order(order)
            tx.add_office_act(now, by, "declare_outage", order.id, _facts(order))
            if asked.lengthens is None and not self._mends(tx, order):
                self._put_in_force(tx, order, by)
            tx.remember(f"{by.id}:{key}", "declare_outage", {"order": order.id}, now)
        return self._as_it_is(order.id)

    def end_outage(self, order_id: str, by: Actor, key: str) -> Order:
        """End an outage early: clocks go on from this instant. Raises NotFound, WindowClosed once it is over."""
        self._require(by, "declares_outage")
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            outage = tx.order_for_update(order_id)
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return _there(tx.order(str(known[1]["order"])))
            running = {one.id: one for one in outages(tx.orders_in_force())}.get(order_id)
            if outage is None or outage.kind is not OrderKind.OUTAGE:
                raise NotFound
            if running is None or running.to_at is None or running.to_at <= now:
                raise WindowClosed("outage", "over")
            made = self._order(OrderKind.OUTAGE_END, outage.number, outage.reason, by)
            # One that has not begun ends where it would have begun: it never was.
            end_at = max(now, outage.from_at or now)
            order = replace(made, services=outage.services, from_at=outage.from_at, to_at=end_at, about=outage.id)
            tx.add_order(order)
            self._put_in_force(tx, order, by)
            tx.remember(f"{by.id}:{key}", "end_outage", {"order": order.id}, now)
        return self._as_it_is(order.id)

    def _proposed(self, order: Order, by: Actor, key: str) -> Order:
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return _there(tx.order(str(known[1]["order"])))
            tx.add_order(order)
            tx.add_office_act(now, by, "propose", order.id, _facts(order))
            tx.remember(f"{by.id}:{key}", "propose", {"order": order.id}, now)
        return order

    def _order(self, kind: OrderKind, number: str, reason: str, by: Actor) -> Order:
        return Order(uuid.uuid4().hex, kind, number.strip(), reason.strip(), by.id, self._house.clock.now())

    def _order_to_decide(self, tx: Transaction, order_id: str, by: Actor, key: str) -> Order:
        order = tx.order_for_update(order_id)
        if order is None:
            raise NotFound
        self._require(by, "keeps_calendar" if order.kind in OF_THE_CALENDAR else "declares_outage")
        if order.decision is not Decision.WAITING and not tx.recall(f"{by.id}:{key}"):
            raise WindowClosed("order", "decided")
        return order

    def _require_ahead(self, order: Order) -> None:
        """The days of a change must still be ahead when it is approved: what is over stays as it was."""
        now = self._house.clock.now()
        if order.first_on is not None and order.first_on < first_turn_on(now, self._house.city.calendar):
            raise WindowClosed("order", "passed")

    def _put_in_force(self, tx: Transaction, order: Order, by: Actor) -> None:
        now, edition = self._house.clock.now(), tx.next_number(EDITIONS)
        tx.decide_order(order.id, Decision.APPROVED, by.id, now, edition)
        tx.add_office_act(now, by, "approve", order.id, {**_facts(order), "edition": edition})

    def _mends(self, tx: Transaction, order: Order) -> bool:
        """Whether an outage would reach back over a date that was missed already."""
        now = self._house.clock.now()
        if order.from_at is None or order.from_at >= now:
            return False
        return any(
            one.before.overdue and one.moves for _, found in moved_cases(self._house, tx, order) for one in found
        )

    def _as_it_is(self, order_id: str) -> Order:
        with self._house.store.read() as reads:
            self._house.almanac.refresh(reads)
            return _there(reads.order(order_id))

    def _require(self, by: Actor, mark: str) -> None:
        known = self._house.city.roles
        if not any(getattr(known[role], mark) for role in by.roles if role in known):
            raise NotFound


def moved_cases(house: House, reads: Reads, order: Order) -> Iterator[tuple[Case, tuple[Moving, ...]]]:
    """Every open case with what an order not yet in force would enter into it; those it does not touch are left out."""
    now, last = house.clock.now(), ""
    calendar = calendar_of(house.almanac.base, (*reads.orders_in_force(), order))
    while cases := reads.cases_from(last, 500):
        last = cases[-1].id
        yield from ((case, found) for case, found in would_move(house, reads, cases, order, now, calendar) if found)


def _of_the_calendar(order: Order | None) -> Order:
    if order is None or order.kind not in OF_THE_CALENDAR or order.kind is OrderKind.REVOKED:
        raise NotFound
    return order


def _there(order: Order | None) -> Order:
    if order is None:
        raise NotFound
    return order


def _facts(order: Order) -> dict[str, object]:
    """What the office's record says of an order: the paper and the span."""
    span = [order.first_on, order.last_on, order.from_at, order.to_at]
    return {
        "kind": order.kind.value,
        "number": order.number,
        "name": order.name,
        "reason": order.reason,
        "span": [one.isoformat() for one in span if one is not None],
        "services": list(order.services),
        "about": order.about,
    }
