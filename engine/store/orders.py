"""Orders that move dates, in which edition of the calendar they stand, and which dates they moved. Decides nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from engine.model import Case, Decision, LedgerEntry, Move, Order

from .base import Connected, columns, values
from .cases import CASE
from .prepared import Prepared
from .tables import cases, ledger, office_order, order_move

_ORDER = columns(office_order, Order)
_BY_ID = select(*_ORDER).where(office_order.c.id == bindparam("order_id"))
_LOCKED = _BY_ID.with_for_update()
_ALL = select(*_ORDER).order_by(office_order.c.proposed_at.desc(), office_order.c.id)
_APPROVED = select(*_ORDER).where(office_order.c.edition.is_not(None)).order_by(office_order.c.edition)
_WAITING = (
    select(*_ORDER)
    .where(office_order.c.decision == Decision.WAITING)
    .order_by(office_order.c.proposed_at, office_order.c.id)
)
_EDITION = Prepared(select(func.max(office_order.c.edition)))
_ADD = insert(office_order)
_SET = update(office_order).where(office_order.c.id == bindparam("of_order"))
_GOING = cases.c.ended_at.is_(None)
_BEHIND = (
    select(*CASE)
    .where(_GOING, cases.c.calendar < bindparam("edition"), cases.c.id.not_in(bindparam("skip", expanding=True)))
    .order_by(cases.c.calendar, cases.c.id)
    .limit(bindparam("most"))
)
_OPEN = select(*CASE).where(_GOING, cases.c.id > bindparam("after")).order_by(cases.c.id).limit(bindparam("most"))
_LEDGERS = (
    select(ledger.c.case_id, *columns(ledger, LedgerEntry))
    .where(ledger.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(ledger.c.line)
)
_FOLLOWED = Prepared(
    update(cases).where(cases.c.id == bindparam("of_case"), cases.c.revision == bindparam("seen_revision"))
)
_ADD_MOVE = insert(order_move)
_MOVE = (
    order_move.c.case_id,
    cases.c.reference,
    cases.c.service,
    order_move.c.promise,
    order_move.c.from_at,
    order_move.c.to_at,
)
_MOVES = (
    select(*_MOVE)
    .join(cases, cases.c.id == order_move.c.case_id)
    .where(order_move.c.order_id == bindparam("order_id"))
    .order_by(cases.c.reference, order_move.c.promise)
)


class OrderReads(Connected):
    """Questions about orders."""

    def order(self, order_id: str) -> Order | None:
        return _order(self._one(_BY_ID, order_id=order_id))

    def orders(self) -> tuple[Order, ...]:
        """Every order ever proposed, the newest first."""
        return tuple(_read(row) for row in self._all(_ALL))

    def orders_in_force(self) -> tuple[Order, ...]:
        """What was approved, by edition: read in this order it makes the running calendar."""
        return tuple(_read(row) for row in self._all(_APPROVED))

    def orders_waiting(self) -> tuple[Order, ...]:
        """What waits for a second person, the oldest first."""
        return tuple(_read(row) for row in self._all(_WAITING))

    def edition(self) -> int:
        """The last edition of the calendar; 0: the city's files alone."""
        return int(self._value(_EDITION) or 0)

    def cases_behind(self, edition: int, limit: int, skip: Collection[str] = ()) -> tuple[Case, ...]:
        """Open cases whose dates are still worked out by an earlier edition, the earliest first."""
        return tuple(Case(*row) for row in self._all(_BEHIND, edition=edition, most=limit, skip=list(skip)))

    def cases_from(self, after: str, limit: int) -> tuple[Case, ...]:
        """Open cases in order of their ids, beginning behind one of them."""
        return tuple(Case(*row) for row in self._all(_OPEN, after=after, most=limit))

    def ledgers(self, case_ids: Sequence[str]) -> Mapping[str, tuple[LedgerEntry, ...]]:
        """The ledgers of many cases at once; a case without a line is missing."""
        found: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
        for case_id, *line in self._all(_LEDGERS, ids=list(case_ids)) if case_ids else ():
            found[case_id].append(LedgerEntry(*line))
        return {case_id: tuple(lines) for case_id, lines in found.items()}

    def moves(self, order_id: str) -> tuple[Move, ...]:
        """The dates an order has moved so far, by reference."""
        return tuple(Move(*row) for row in self._all(_MOVES, order_id=order_id))


class OrderWrites(OrderReads):
    """Changing orders."""

    def order_for_update(self, order_id: str) -> Order | None:
        """The order, locked: of two who decide at once the second sees what the first decided."""
        return _order(self._one(_LOCKED, order_id=order_id))

    def add_order(self, order: Order) -> None:
        self._add(_ADD, [{**values(order), "services": list(order.services), "week": dict(order.week)}])

    def decide_order(
        self, order_id: str, decision: Decision, by: str, at: datetime, edition: int | None = None
    ) -> None:
        self._change(_SET, of_order=order_id, decision=decision, decided_by=by, decided_at=at, edition=edition)

    def order_followed(self, order_id: str, at: datetime) -> None:
        """Every open case has followed."""
        self._change(_SET, of_order=order_id, moved_at=at)

    def followed(self, seen: Iterable[Case], edition: int) -> None:
        """These cases stand by that edition now, unless they were written since they were seen."""
        for case in seen:
            self._change(_FOLLOWED, of_case=case.id, seen_revision=case.revision, calendar=edition)

    def add_move(self, order_id: str, move: Move) -> None:
        told = {"case_id": move.case_id, "promise": move.promise, "from_at": move.from_at, "to_at": move.to_at}
        self._add(_ADD_MOVE, [{"order_id": order_id, **told}])


def _order(row: Any) -> Order | None:
    return None if row is None else _read(row)


def _read(row: Any) -> Order:
    found = Order(*row)
    return replace(found, services=tuple(found.services))
