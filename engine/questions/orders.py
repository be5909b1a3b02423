"""Questions about the calendar and about orders that move dates: the year, a preview, what if, what waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from engine.almanac import outages
from engine.errors import NotFound
from engine.model import OF_THE_CALENDAR, Actor, Case, DaySort, Decision, Entry, LedgerEntry, Move, Order, OrderKind
from engine.promises import standing
from engine.questions.asking import Asking
from engine.verbs.following import moves_of, tells, would_move
from engine.verbs.ordering import moved_cases
from engine.views import CalendarYear, DayOfYear, OrderPage, OutageNotice, WhatIf

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.store import Reads

FIRST_YEAR, LAST_YEAR = 2010, 2100
ANNOUNCED = timedelta(days=7)
"""How long before its beginning an outage is announced on every page."""


class OrderQuestions(Asking):
    """Answers for supervisors, and for everybody what the banner says."""

    def calendar_year(self, year: int, actor: Actor) -> CalendarYear:
        """A year of the running calendar with every change ever proposed. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotFound
        calendar = self._house.city.calendar
        first = date(year, 1, 1)
        every = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
        days = tuple(_day(on, calendar) for on in every)
        with self._house.store.read() as reads:
            orders = tuple(one for one in reads.orders() if one.kind in OF_THE_CALENDAR)
        return CalendarYear(
            year=year,
            days=days,
            working_days=sum(day.sort in (DaySort.OPEN, DaySort.HOURS) for day in days),
            decreed=year <= calendar.decreed_until,
            orders=orders,
            may_keep=self._marked(actor, "keeps_calendar"),
            edition=self._house.almanac.edition,
            today_on=calendar.on(self._house.clock.now()),
        )

    def order(self, order_id: str, actor: Actor) -> OrderPage:
        """An order with the dates it would move or has moved. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            order = reads.order(order_id)
            if order is None:
                raise NotFound
            in_force = reads.orders_in_force()
            moves, left = self._moves(reads, order, now)
            names = reads.names((order.proposed_by, order.decided_by))
            about = reads.order(order.about) if order.about else None
        running = next((one for one in outages(in_force) if one.id == order.id), None)
        revoked = any(one.about == order.id for one in in_force)
        return OrderPage(
            order=order,
            about=about,
            moves=moves,
            left=left,
            told=tells(moves, self._house.city.calendar),
            ends_at=running.to_at if running else order.to_at,
            names=names,
            as_of=now,
            **self._may(order, running, actor, now, revoked=revoked),
        )

    def what_if(self, service: str, at: datetime, actor: Actor) -> WhatIf:
        """The main promise of a service had it begun at an instant, also one to come. Raises NotFound."""
        self._require_staff(actor)
        with self._house.store.read() as reads:
            rule = self._in_force(reads, service).definition.facts.main
        if rule is None:
            raise NotFound
        calendar = self._house.city.calendar
        begun = (LedgerEntry(rule.id, Entry.START, at, actor.id),)
        return WhatIf(service, at, calendar.received_on(at), standing(rule, begun, calendar, at))

    def outages_now(self) -> tuple[OutageNotice, ...]:
        """Outages that last or begin soon, for the banner of every page. Costs no query."""
        now = self._house.clock.now()
        told = (_notice(one, now) for one in outages(self._house.almanac.orders))
        return tuple(one for one in told if one and one.from_at - ANNOUNCED <= now < one.to_at)

    def outages(self) -> tuple[OutageNotice, ...]:
        """Every outage that is or was in force, the newest first, with the days that it moved and no reference."""
        now, calendar = self._house.clock.now(), self._house.city.calendar
        with self._house.store.read() as reads:
            found = []
            for order in reversed(outages(reads.orders_in_force())):
                told = _notice(order, now, _by_day(reads.moves(order.id), calendar))
                if told is not None:
                    found.append(told)
            return tuple(found)

    def _moves(self, reads: Reads, order: Order, now: datetime) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
        """What an order moves, and what of it is still to come: before it is in force the one, then the other."""
        coming = (move for _, found in self._coming(reads, order, now) for move in found)
        ahead = tuple(sorted(coming, key=lambda move: move.reference))
        return (ahead, ()) if order.edition is None else (reads.moves(order.id), ahead)

    def _may(
        self, order: Order, running: Order | None, actor: Actor, now: datetime, *, revoked: bool
    ) -> dict[str, bool]:
        """What this supervisor may do about an order; `running`: the outage that it is, as it stands."""
        marked = self._marked(actor, "keeps_calendar" if order.kind in OF_THE_CALENDAR else "declares_outage")
        waiting = order.decision is Decision.WAITING
        return {
            "may_approve": marked and waiting and actor.id != order.proposed_by,
            "may_reject": marked and waiting,
            "may_revoke": marked and not revoked and self._may_be_revoked(order, now),
            "may_end": bool(marked and running and running.to_at and running.to_at > now),
        }

    def _coming(self, reads: Reads, order: Order, now: datetime) -> Iterator[tuple[Case, tuple[Move, ...]]]:
        """The moves still to come: of a proposal all, of an order in force those of cases that are behind it."""
        if order.decision is Decision.WAITING:
            for case, found in moved_cases(self._house, reads, order):
                yield case, moves_of(case, found)
        elif order.edition is not None and order.moved_at is None:
            behind = [one for one in reads.cases_behind(order.edition, 500) if one.calendar == order.edition - 1]
            for case, found in would_move(self._house, reads, behind, order, now):
                yield case, moves_of(case, found)

    def _may_be_revoked(self, order: Order, now: datetime) -> bool:
        changes = order.kind in OF_THE_CALENDAR - {OrderKind.REVOKED}
        ahead = order.last_on is not None and order.last_on >= self._house.city.calendar.on(now)
        return changes and ahead and order.edition is not None

    def _marked(self, actor: Actor, mark: str) -> bool:
        known = self._house.city.roles
        return any(getattr(known[role], mark) for role in actor.roles if role in known)


def _day(on: date, calendar: Calendar) -> DayOfYear:
    sort = calendar.sort_of(on)
    hours = _hours(calendar.hours(on)) if sort is DaySort.HOURS else ""
    return DayOfYear(on, sort, calendar.closed_because(on) or "", hours)


def _hours(hours: object) -> str:
    return f"{hours.opens:%H.%M}–{hours.closes:%H.%M}"  # type: ignore[attr-defined]


def _notice(order: Order, now: datetime, moved: tuple[tuple[date, date, int], ...] = ()) -> OutageNotice | None:
    """An outage as the public may know it; None for one that was called off before it began."""
    if order.from_at is None or order.to_at is None or order.to_at <= order.from_at:
        return None
    running = order.from_at <= now < order.to_at
    return OutageNotice(
        order.number, order.reason, order.services, order.from_at, order.to_at, running, moved, order.id
    )


def _by_day(moves: Iterable[Move], calendar: Calendar) -> tuple[tuple[date, date, int], ...]:
    days = Counter((calendar.on(move.from_at), calendar.on(move.to_at)) for move in moves)
    return tuple((from_on, to_on, count) for (from_on, to_on), count in sorted(days.items()) if from_on != to_on)
