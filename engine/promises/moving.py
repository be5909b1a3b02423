"""What an order of the office does to the promises of one case, as ledger lines. Pure: preview and act are this sum.

Every date that moves leaves a CALENDAR line that says from where, to where and by which paper. An outage also enters
its own OUTAGE and RESUME, both at once since its end is known: so the moved date is firm from the first hour on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.calendars import Calendar
from engine.model import Entry, LedgerEntry, Order, OrderKind, PromiseRule, PromiseStanding

from .counting import Account
from .standing import standing

_ARROW = " → "
_BECAUSE = " · "


@dataclass(frozen=True, slots=True)
class Moving:
    """One promise of a case under an order: the lines to enter, and how it stood before and stands after."""

    rule: PromiseRule
    lines: tuple[LedgerEntry, ...]
    before: PromiseStanding
    after: PromiseStanding

    @property
    def moves(self) -> bool:
        return self.before.due_at != self.after.due_at


def moved_by_order(
    order: Order,
    rules: Iterable[PromiseRule],
    entries: Sequence[LedgerEntry],
    service: str,
    before: Calendar,
    after: Calendar,
    now: datetime,
) -> tuple[Moving, ...]:
    """The open promises that an order touches. Empty: the case has nothing to enter."""
    found = (_moving(order, rule, entries, service, before, after, now) for rule in rules)
    return tuple(one for one in found if one is not None and one.lines)


def outage_lines(order: Order, account: Account, promise: str, by: str) -> tuple[LedgerEntry, ...]:
    """The lines by which a promise stands still while an outage lasts; none when it begins after the outage ends.

    A promise that begins within the outage stands still from its first instant on.
    """
    if account.started is None or order.from_at is None or order.to_at is None:
        return ()
    since = max(order.from_at, account.started.at)
    if since >= order.to_at:
        return ()
    return (
        LedgerEntry(promise, Entry.OUTAGE, since, by, reason=order.number),
        LedgerEntry(promise, Entry.RESUME, order.to_at, by, reason=order.number),
    )


def moved_line(before: PromiseStanding, after: PromiseStanding, now: datetime, by: str, why: str) -> LedgerEntry | None:
    """The line that records that a date moved; None when it did not. The derivation moves it, this lets a person see.

    A change of the closing hour alone is told by its day twice.
    """
    if before.due_at is None or after.due_at is None or before.due_at == after.due_at:
        return None
    reason = f"{_on(before)}{_ARROW}{_on(after)}{_BECAUSE}{why}"
    return LedgerEntry(after.rule.id, Entry.CALENDAR, now, by, reason=reason)


def _moving(
    order: Order,
    rule: PromiseRule,
    entries: Sequence[LedgerEntry],
    service: str,
    before: Calendar,
    after: Calendar,
    now: datetime,
) -> Moving | None:
    account = Account(rule.id, entries)
    if not account.open:
        return None
    by = order.decided_by or order.proposed_by
    lines = tuple(_stops(order, account, rule.id, by)) if order.concerns(service) else ()
    old = standing(rule, entries, before, now)
    new = standing(rule, (*entries, *lines), after, now)
    noted = moved_line(old, new, now, by, _paper(order))
    return Moving(rule, (*lines, noted) if noted else lines, old, new)


def _stops(order: Order, account: Account, promise: str, by: str) -> Iterator[LedgerEntry]:
    if order.kind is OrderKind.OUTAGE:
        yield from outage_lines(order, account, promise, by)
    elif order.kind is OrderKind.OUTAGE_END and order.to_at is not None:
        yield LedgerEntry(promise, Entry.RESUME, order.to_at, by, reason=order.number)


def _paper(order: Order) -> str:
    """The paper behind a move as a person reads it: what it is about, and its number."""
    about = order.reason.rstrip(".") if order.kind in (OrderKind.OUTAGE, OrderKind.OUTAGE_END) else order.name
    return f"{about} ({order.number})" if about else order.number


def _on(standing: PromiseStanding) -> str:
    return standing.days[-1].on.isoformat()
