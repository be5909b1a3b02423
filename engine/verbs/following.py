"""Bringing cases up to the calendar: each order in force reaches every open case, one transaction each, once.

A case stands by an edition of the calendar; the order that makes the next one brings it there. Whoever dies in the
middle leaves cases that are still behind, and the next beat goes on with them: nothing else keeps count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from engine.errors import CaseMovedOn
from engine.house import House
from engine.incidents import CALENDAR, clear, note, waits
from engine.model import THE_CLOCK, Actor, Case, Move, Notice, Order, OrderKind
from engine.promises import Moving, moved_by_order
from engine.roles import APPLICANT
from engine.verbs.step import Act, Step

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import Reads, Transaction

BATCH = 200
MOVED, EARLIER, BY_OUTAGE = "tanggal_bergeser", "tanggal_lebih_awal", "tanggal_gangguan"
"""Notices of the city that tell an applicant of a date that moved (`[notices]` of city.toml)."""
_log = structlog.get_logger()


class Following:
    """Brings cases up to the calendar. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def follow(self, case_id: str, by: Actor = THE_CLOCK) -> bool:
        """Bring one case to the next edition. False when it has nothing to follow, or is busy just now."""
        with self._house.store.write() as tx:
            case = tx.case_if_free(case_id)
            order = self._house.almanac.next_order(case.calendar) if case and case.ended_at is None else None
            if case is None or order is None:
                return False
            step = Step(self._house, tx, case, self._house.clock.now())
            found = _moving(self._house, tx, step, order)
            step.follow(tuple(line for one in found for line in one.lines))
            moves = moves_of(case, found)
            step.save(Act(_verb(order), "", by, {"order": order.number, "moved": [_told(move) for move in moves]}))
            for move in moves:
                tx.add_move(order.id, move)
            tx.add_notices(case.id, _notices(order, case, found, step.calendar), step.now)
            return True

    def follow_orders(self) -> int:
        """Bring every open case up to the last edition; returns how many were touched. A failing one is an incident."""
        touched = 0
        skipped: set[str] = set()
        if self._behind(skipped):
            skipped |= waits(self._house.store, self._house.clock.now(), CALENDAR)
        while behind := self._behind(skipped):
            idle, concerned = self._parted(behind)
            if idle:
                self._pass_by(idle)
            for case in concerned:
                if self._followed(case.id):
                    touched += 1
                else:
                    skipped.add(case.id)
        self._tell_done()
        return touched

    def _behind(self, skipped: Collection[str]) -> tuple[Case, ...]:
        with self._house.store.read() as reads:
            if reads.edition() > self._house.almanac.edition:
                self._house.almanac.refresh(reads)
            return reads.cases_behind(self._house.almanac.edition, BATCH, skipped)

    def _parted(self, cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
        """Those whose next order says nothing to them, and the others."""
        by_edition: defaultdict[int, list[Case]] = defaultdict(list)
        for case in cases:
            by_edition[case.calendar].append(case)
        idle: list[Case] = []
        concerned: list[Case] = []
        with self._house.store.read() as reads:
            for edition, here in by_edition.items():
                order = self._house.almanac.next_order(edition)
                if order is not None:
                    for case, found in would_move(self._house, reads, here, order, self._house.clock.now()):
                        (concerned if found else idle).append(case)
        return idle, concerned

    def _pass_by(self, idle: Sequence[Case]) -> None:
        with self._house.store.write() as tx:
            for edition in sorted({case.calendar for case in idle}):
                tx.followed([case for case in idle if case.calendar == edition], edition + 1)

    def _followed(self, case_id: str) -> bool:
        try:
            if not self.follow(case_id):
                return False
        except CaseMovedOn:
            return False
        except Exception as broken:
            note(self._house.store, self._house.clock.now(), case_id, CALENDAR, "", type(broken).__name__)
            _log.error("case does not follow the calendar", case_id=case_id, why=type(broken).__name__)
            return False
        clear(self._house.store, self._house.clock.now(), case_id, CALENDAR)
        return True

    def _tell_done(self) -> None:
        """Write down which orders have reached every case, and which outages are over."""
        open_orders = [one for one in self._house.almanac.orders if one.moved_at is None]
        if not open_orders:
            return
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            for order in open_orders:
                seen = tx.order_for_update(order.id)
                if seen is None or seen.moved_at or tx.cases_behind(order.edition or 0, 1):
                    continue
                tx.order_followed(order.id, now)
                tx.add_office_act(now, THE_CLOCK, "followed", order.id, {"moved": len(tx.moves(order.id))})
            self._house.almanac.refresh(tx)


def would_move(
    house: House, reads: Reads, cases: Sequence[Case], order: Order, now: datetime, after: Calendar | None = None
) -> Iterator[tuple[Case, tuple[Moving, ...]]]:
    """Each case with what an order would enter into it. `after` None: the order is in force and its calendar known."""
    ledgers = reads.ledgers([case.id for case in cases])
    for case in cases:
        rules = house.entry(reads, case.version).definition.facts.promises
        before = house.calendar_of(reads, case)
        then = after or house.almanac.calendar(reads, case.calendar + 1)
        yield case, moved_by_order(order, rules, ledgers.get(case.id, ()), case.service, before, then, now)


def moves_of(case: Case, found: Sequence[Moving]) -> tuple[Move, ...]:
    """The dates that move, of what an order enters into a case."""
    return tuple(
        Move(case.id, case.reference, case.service, one.rule.id, one.before.due_at, one.after.due_at)
        for one in found
        if one.before.due_at and one.after.due_at and one.moves
    )


def tells(moves: Sequence[Move], calendar: Calendar) -> int:
    """How many applicants are told of moves: one for each case whose day moved."""
    return len({move.case_id for move in moves if calendar.on(move.from_at) != calendar.on(move.to_at)})


def _moving(house: House, tx: Transaction, step: Step, order: Order) -> tuple[Moving, ...]:
    after = house.almanac.calendar(tx, step.case.calendar + 1)
    rules = step.entry.definition.facts.promises
    return moved_by_order(order, rules, step.ledger, step.case.service, step.calendar, after, step.now)


def _verb(order: Order) -> str:
    return "outage" if order.kind in (OrderKind.OUTAGE, OrderKind.OUTAGE_END) else "calendar"


def _told(move: Move) -> list[str]:
    return [move.promise, move.from_at.isoformat(), move.to_at.isoformat()]


def _notices(order: Order, case: Case, found: Sequence[Moving], calendar: Calendar) -> list[Notice]:
    """One notice for the applicant, when the day of the first promise moved: an hour of it is no news."""
    moves = [move for move in moves_of(case, found[:1]) if calendar.on(move.from_at) != calendar.on(move.to_at)]
    later = BY_OUTAGE if order.kind is OrderKind.OUTAGE else MOVED
    return [Notice(f"{case.id}:{order.id}", APPLICANT, EARLIER if move.earlier else later) for move in moves]
