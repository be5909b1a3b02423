"""Every move of a promised date, with its cause: the ledger read again line by line. Knows no store and no words.

A date that stands does not move by itself, so it is worked out again only where a line can have moved it: when the
applicant or an outage lets go of the case, and when days are added. A CALENDAR line names its two days itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from engine.calendars import Calendar
from engine.model import Cause, DateMove, Entry, LedgerEntry, PromiseRule, Spell

from .counting import Account, count

_MOVERS = frozenset({Entry.PAUSE, Entry.OUTAGE, Entry.EXTEND, Entry.CALENDAR})
_TOLD = re.compile(r"(\d{4}-\d{2}-\d{2}) → (\d{4}-\d{2}-\d{2})(?: · )?(.*)", re.DOTALL)


def moves(rule: PromiseRule, entries: Iterable[LedgerEntry], calendar: Calendar, now: datetime) -> tuple[DateMove, ...]:
    """The moves of a promise's due date in order of time; each begins on the day on which the one before ended.

    The last `to_on` is the due date as it stands now. While the case stands still the last move goes on.
    """
    lines = sorted((e for e in entries if e.promise == rule.id), key=lambda entry: entry.at)
    if not any(line.kind in _MOVERS for line in lines):
        return ()  # most cases, most of the time
    account = Account(rule.id, ())
    found: list[DateMove] = []
    due_on: date | None = None
    for place, line in enumerate(lines):
        holder, was_open = _holder(account), account.open
        account.enter(line)
        if account.started is None or (due_on is not None and not was_open):
            continue  # before it began, or after it was over
        if due_on is None:
            due_on = _due_on(rule, lines[: place + 1], calendar, line.at)
            continue
        if line.kind is Entry.CALENDAR:
            due_on = _by_paper(found, due_on, line, lines)
            continue
        for cause, by, to_on in _steps(rule, lines, place, holder, calendar):
            due_on = _moved(found, due_on, to_on, cause, by, line.at)
    holder = _holder(account)
    if holder and account.open and due_on is not None:
        _moved(found, due_on, _due_on(rule, lines, calendar, now), _cause(holder), holder, now, goes_on=True)
    return tuple(found)


def spells(promise: str, entries: Iterable[LedgerEntry]) -> tuple[Spell, ...]:
    """Every time in which a promise stood still, in order of their beginning; those that moved no date too."""
    account = Account(promise, ())
    begun: list[tuple[LedgerEntry, datetime | None]] = []
    for line in sorted((e for e in entries if e.promise == promise), key=lambda entry: entry.at):
        before = _standing(account)
        account.enter(line)
        after = _standing(account) if account.open else []
        begun = [(one, line.at if one in before and one not in after else until) for one, until in begun]
        begun += [(one, None) for one in after if one not in before]
    return tuple(Spell(_cause(one), one.at, until, one.by, one.element, one.reason) for one, until in begun)


def _standing(account: Account) -> list[LedgerEntry]:
    """The lines by which a promise stands still, that of the holder first."""
    return [*account.outages.values(), *([account.pause] if account.pause else [])]


def _holder(account: Account) -> LedgerEntry | None:
    return next(iter(_standing(account)), None)


def _steps(
    rule: PromiseRule, lines: Sequence[LedgerEntry], place: int, holder: LedgerEntry | None, calendar: Calendar
) -> Iterator[tuple[Cause, LedgerEntry, date]]:
    """What one line can have done to the date: first what the time since did under its holder, then the line itself."""
    line = lines[place]
    if holder is not None:
        yield _cause(holder), holder, _due_on(rule, lines[:place], calendar, line.at)
    if line.kind is Entry.EXTEND:
        yield Cause.EXTENSION, line, _due_on(rule, lines[: place + 1], calendar, line.at)


def _by_paper(found: list[DateMove], due_on: date, line: LedgerEntry, lines: Iterable[LedgerEntry]) -> date:
    """The move that a CALENDAR line names, unless the lines it records have told it already.

    What stood before it was told under the calendar of its time, so the move before it ended on that day.
    """
    told = _TOLD.match(line.reason)
    if told is None:
        return due_on
    from_on, to_on = date.fromisoformat(told[1]), date.fromisoformat(told[2])
    if found and (found[-1].from_on, found[-1].to_on) == (from_on, to_on):
        return to_on
    if found:
        found[-1] = replace(found[-1], to_on=from_on)
    dark = any(one.kind is Entry.OUTAGE and one.reason and one.reason in told[3] for one in lines)
    cause = Cause.OUTAGE if dark else Cause.CALENDAR
    return _moved(found, from_on, to_on, cause, replace(line, reason=told[3]), line.at)


def _moved(
    found: list[DateMove],
    due_on: date,
    to_on: date,
    cause: Cause,
    by: LedgerEntry,
    at: datetime,
    *,
    goes_on: bool = False,
) -> date:
    """Note the move if there was one, and return the day as it now stands."""
    if to_on != due_on:
        since = by.at if by.kind in (Entry.PAUSE, Entry.OUTAGE) else None
        found.append(DateMove(cause, at, due_on, to_on, by.by, since, by.element, by.reason, goes_on))
    return to_on


def _due_on(rule: PromiseRule, lines: Iterable[LedgerEntry], calendar: Calendar, at: datetime) -> date:
    account = Account(rule.id, lines)
    assert account.started is not None, "only a promise that has begun has a date"  # noqa: S101
    return count(rule, account, account.started, calendar, at).due_on


def _cause(holder: LedgerEntry) -> Cause:
    return Cause.OUTAGE if holder.kind is Entry.OUTAGE else Cause.APPLICANT
