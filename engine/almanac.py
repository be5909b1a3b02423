"""The city's calendar by editions: edition 0 is the city's files, each approved order makes the next. Decides nothing.

A case names the edition that its dates are worked out by and keeps it until it is brought up to the next. So a process
that has not yet heard of an order works nothing out wrongly: it works by the case's own edition, and hears of the order
with its next beat (`Following.follow_orders`). New cases begin under the newest edition that this process knows; if it
was no longer the last, they are brought up like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engine.calendars import Amendment, Calendar, Hours, Period
from engine.model import DaySort, Order, OrderKind

if TYPE_CHECKING:
    from engine.city import City
    from engine.store import Reads


@dataclass(frozen=True, slots=True)
class _Known:
    """What this process knows, replaced as a whole: threads see either the old or the new."""

    orders: tuple[Order, ...]
    city: City

    @property
    def edition(self) -> int:
        return len(self.orders)


class Almanac:
    """All editions known to this process. Shared by threads."""

    def __init__(self, city: City) -> None:
        self._base = city
        self._known = _Known((), city)
        self._calendars: dict[int, Calendar] = {0: city.calendar}

    @property
    def city(self) -> City:
        """The city with its calendar of today."""
        return self._known.city

    @property
    def base(self) -> Calendar:
        """The calendar of the city's files alone."""
        return self._base.calendar

    @property
    def edition(self) -> int:
        return self._known.edition

    @property
    def orders(self) -> tuple[Order, ...]:
        """Every order in force, by edition."""
        return self._known.orders

    def calendar(self, reads: Reads, edition: int) -> Calendar:
        """The calendar of an edition; one that this process has not heard of is read."""
        if edition > self.edition:
            self.refresh(reads)
        found = self._calendars.get(edition)
        if found is None:
            found = self._calendars[edition] = calendar_of(self._base.calendar, self.orders[:edition])
        return found

    def next_order(self, edition: int) -> Order | None:
        """The order that makes the edition after this one; None: this is the last that is known."""
        return self.orders[edition] if edition < self.edition else None

    def refresh(self, reads: Reads) -> None:
        """Read what is in force."""
        orders = reads.orders_in_force()
        if orders != self.orders and len(orders) >= self.edition:
            calendar = self._calendars[len(orders)] = calendar_of(self._base.calendar, orders)
            self._known = _Known(orders, replace(self._base, calendar=calendar))


def calendar_of(base: Calendar, orders: Iterable[Order]) -> Calendar:
    """A calendar with orders over it, the later over the earlier. What revokes an order leaves its past days alone."""
    orders = tuple(orders)
    revoked = {one.about: one.first_on for one in orders if one.kind is OrderKind.REVOKED and one.first_on}
    days: dict[date, Amendment] = {}
    periods: list[Period] = []
    for order in orders:
        span = _days(order, revoked.get(order.id))
        if order.kind is OrderKind.HOURS and span:
            periods.insert(0, Period(span[0], span[-1], week_of(order), order.number))
        elif order.kind is OrderKind.CLOSED:
            days.update(dict.fromkeys(span, (order.name, DaySort(order.sort))))
        elif order.kind is OrderKind.OPEN:
            days.update(dict.fromkeys(span, (None, DaySort.OPEN)))
    return base.amended(days, tuple(periods)) if days or periods else base


def outages(orders: Iterable[Order]) -> tuple[Order, ...]:
    """The outages among orders in force, each with the end it really has: one may be ended early by hand."""
    orders = tuple(orders)
    ends = {one.about: one.to_at for one in orders if one.kind is OrderKind.OUTAGE_END}
    return tuple(replace(one, to_at=ends.get(one.id, one.to_at)) for one in orders if one.kind is OrderKind.OUTAGE)


def week_of(order: Order) -> dict[int, Hours]:
    """Other hours by weekday, as an order names them."""
    return {int(weekday): Hours.read(text) for weekday, text in order.week.items()}


def _days(order: Order, revoked_on: date | None) -> Sequence[date]:
    """The days of an order, up to the day on which it was revoked."""
    if order.first_on is None or order.last_on is None:
        return ()
    last_on = order.last_on if revoked_on is None else min(order.last_on, revoked_on - timedelta(days=1))
    return [order.first_on + timedelta(days=n) for n in range((last_on - order.first_on).days + 1)]
