"""What the city owes and by when: every date here is derived from a ledger, never stored. Knows no store, no diagram.

`standing` tells a person how things are, `Ledgers` tells timers when to ring; `entries_for` turns a step of a diagram
into ledger lines (see `entering`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from engine.calendars import Calendar
from engine.model import Entry, LedgerEntry, PromiseDates, PromiseRule, PromiseStanding, PromiseState, Unit

from .counting import Account, Count, count, latest


def standing(rule: PromiseRule, entries: Iterable[LedgerEntry], calendar: Calendar, now: datetime) -> PromiseStanding:
    """A promise at an instant, with every day of its sum from day 0 to the due day (days to come counted as ours).

    `entries` may hold other promises' lines too. `used` counts days whose close of office is over, so the due day
    itself is still left on its morning, and `left` falls below zero with the first day after a missed one.
    `due_at` is close of office of the due day; for calendar days that may be a closed day, and it does not roll: it
    is then the usual closing hour. While paused `due_at` is the date if the case went on now.
    """
    account = Account(rule.id, entries)
    if account.started is None:
        return _not_started(rule)
    at = account.closed.at if account.closed else now
    found = count(rule, account, account.started, calendar, at)
    due_at = calendar.closes_at(found.due_on)
    late = at > due_at
    return PromiseStanding(
        rule=rule,
        state=_state(rule, account, found, late),
        started_at=account.started.at,
        due_at=due_at,
        closed_at=account.closed.at if account.closed else None,
        used=found.used,
        left=found.budget - found.used,
        budget=found.budget,
        estimate=_is_estimate(rule, found, calendar),
        overdue=late and account.open,
        late=late,
        days=found.days,
        moves=account.moves,
        capped=account.open and account.capped(rule),
    )


def _not_started(rule: PromiseRule) -> PromiseStanding:
    return PromiseStanding(
        rule=rule,
        state=PromiseState.NOT_STARTED,
        started_at=None,
        due_at=None,
        closed_at=None,
        used=0,
        left=rule.budget,
        budget=rule.budget,
        estimate=False,
        overdue=False,
        late=False,
    )


def _state(rule: PromiseRule, account: Account, found: Count, late: bool) -> PromiseState:
    if account.closed is None:
        spent = account.capped(rule) and not account.outages and found.paused >= rule.pause_days
        return PromiseState.PAUSED if account.still and not spent else PromiseState.RUNNING
    if account.closed.kind is Entry.CANCEL:
        return PromiseState.CANCELLED
    return PromiseState.BROKEN if late else PromiseState.KEPT


def _is_estimate(rule: PromiseRule, found: Count, calendar: Calendar) -> bool:
    # No decree moves a calendar day; only the day of receipt hangs on which days are open.
    last_on = found.due_on if rule.unit is Unit.WORKING_DAYS else found.received_on
    return calendar.is_estimate(last_on, since=found.received_on)


class Ledgers(PromiseDates):
    """The instants that timers ask of a case's promises, worked out when asked and kept. All at close of office.

    None until a promise begins, while it stands still without a known end, and once it is over. While it stands still
    for so many days at most, the instants are the latest there can be. Raises LookupError for a promise that is none
    of the service's.
    """

    def __init__(
        self, rules: Iterable[PromiseRule], entries: Iterable[LedgerEntry], calendar: Calendar, now: datetime
    ) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._entries = tuple(entries)
        self._calendar = calendar
        self._now = now
        self._counts: dict[str, Count | None] = {}

    def due(self, promise: str) -> datetime | None:
        return self._close_of(promise, lambda found: found.due_on)

    def at_share(self, promise: str, percent: int) -> datetime | None:
        """When that share of the budget is used up, rounded up to a whole day. Raises ValueError outside 1 to 100."""
        if not 1 <= percent <= 100:
            raise ValueError(f"a share of a promise is 1 to 100 percent, not {percent}; after it comes after_due")
        return self._close_of(promise, lambda found: found.reaches(-(-found.budget * percent // 100)))

    def before_due(self, promise: str, working_days: int) -> datetime | None:
        """The n-th open day before the due day; may lie before the start when the budget is that short."""
        return self._close_of(promise, lambda found: self._days_from(found.due_on, -_at_least_one(working_days)))

    def after_due(self, promise: str, working_days: int) -> datetime | None:
        """The n-th open day after the due day."""
        return self._close_of(promise, lambda found: self._days_from(found.due_on, _at_least_one(working_days)))

    def _close_of(self, promise: str, day: Callable[[Count], date]) -> datetime | None:
        found = self._count(promise)
        return None if found is None else self._calendar.closes_at(day(found))

    def _days_from(self, on: date, working_days: int) -> date:
        step = self._calendar.next_open if working_days > 0 else self._calendar.previous_open
        for _ in range(abs(working_days)):
            on = step(on)
        return on

    def _count(self, promise: str) -> Count | None:
        if promise not in self._counts:
            self._counts[promise] = self._work_out(self._rule(promise))
        return self._counts[promise]

    def _work_out(self, rule: PromiseRule) -> Count | None:
        account = Account(rule.id, self._entries)
        if account.started is None or account.closed:
            return None
        if account.still:
            return latest(rule, account, account.started, self._calendar, self._now)
        return count(rule, account, account.started, self._calendar, self._now)

    def _rule(self, promise: str) -> PromiseRule:
        if promise not in self._rules:
            raise LookupError(f"no promise {promise!r}; this service promises {', '.join(self._rules) or 'nothing'}")
        return self._rules[promise]


def _at_least_one(working_days: int) -> int:
    if working_days < 1:
        raise ValueError(f"give at least 1 working day, not {working_days}; for the due day itself use due")
    return working_days
