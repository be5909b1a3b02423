"""The sum behind a promised date: a ledger read in order, then one day after the other. Knows no clock and no case.

The rule, which a person can redo by hand: the day of receipt is day 0. After that every counted day belongs to whoever
holds the case at the close of office that day; ours use the budget, the applicant's and those of an outage do not. Of
the applicant's only so many as the promise may stand still for: the rest are ours again, though they are still asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from engine.calendars import ONE_DAY, Calendar
from engine.model import CountedDay, DayKind, Entry, LedgerEntry, PromiseRule, Unit


class Turn(NamedTuple):
    """From when on a case is whose. `name` is the shape or the order that holds it, `nth` the how-manieth time."""

    since: datetime
    kind: DayKind
    name: str = ""
    nth: int = 0


class Account:
    """What one promise's ledger says, read in order of time; lines of the same instant keep the ledger's order.

    The first START counts and no later one: a promise never resets. What comes before it, or after the promise was
    closed, changes nothing. A second PAUSE or RESUME changes nothing either. Several outages may stand at once: each is
    known by the number of its order, and ends with the RESUME that names it.
    """

    __slots__ = ("closed", "extensions", "moves", "outages", "pause", "pauses", "started", "turns")

    def __init__(self, promise: str, entries: Iterable[LedgerEntry]) -> None:
        self.moves = 0
        self.started: LedgerEntry | None = None
        self.closed: LedgerEntry | None = None
        self.pause: LedgerEntry | None = None
        self.outages: dict[str, LedgerEntry] = {}
        self.pauses: Counter[str] = Counter()
        self.turns: list[Turn] = []
        self.extensions: list[tuple[datetime, int]] = []
        for entry in sorted((e for e in entries if e.promise == promise), key=lambda e: e.at):
            self.enter(entry)

    @property
    def open(self) -> bool:
        return self.started is not None and self.closed is None

    @property
    def still(self) -> bool:
        """Whether no day of ours is being used: the applicant holds the case, or an outage stands."""
        return self.pause is not None or bool(self.outages)

    def enter(self, entry: LedgerEntry) -> None:
        """Read one more line. A CALENDAR line records that a date moved; the days themselves already say so."""
        if entry.kind is Entry.START:
            self.started = self.started or entry
        elif not self.open:
            return
        elif entry.kind in (Entry.KEEP, Entry.CANCEL):
            self.closed = entry
        else:
            self._move(entry)

    def _move(self, entry: LedgerEntry) -> None:
        self.moves += 1
        if entry.kind is Entry.EXTEND:
            self.extensions.append((entry.at, max(entry.days, 0)))
        elif entry.kind in (Entry.PAUSE, Entry.RESUME, Entry.OUTAGE):
            self._turn(entry)

    def _turn(self, entry: LedgerEntry) -> None:
        if entry.kind is Entry.PAUSE:
            self.pauses[entry.element] += self.pause is None
            self.pause = self.pause or entry
        elif entry.kind is Entry.OUTAGE:
            self.outages.setdefault(entry.reason, entry)
        elif self.pause and (entry.element or not (self.outages or entry.reason)):
            self.pause = None
        elif entry.reason:
            # An outage is declared and ended by a person, never by a shape: that tells its RESUME from the other.
            self.outages.pop(entry.reason, None)
        else:
            self.outages.clear()
        self.turns.append(self._turn_at(entry.at))

    def capped(self, rule: PromiseRule) -> bool:
        """Whether the pause that goes on counts towards the most days that a promise may stand still for."""
        return self.pause is not None and rule.caps(self.pause.element, self.pauses[self.pause.element])

    def _turn_at(self, since: datetime) -> Turn:
        if self.outages:
            return Turn(since, DayKind.OUTAGE, next(iter(self.outages)))
        if self.pause:
            name = self.pause.reason or self.pause.element
            return Turn(since, DayKind.APPLICANT, name, self.pauses[self.pause.element])
        return Turn(since, DayKind.COUNTED)


@dataclass(frozen=True, slots=True)
class Count:
    """The sum of a promise at an instant. `days` run from day 0 to the due day; `used` are the days that are over.

    `paused` are those on which the applicant was asked for more, as far as they were theirs.
    """

    days: tuple[CountedDay, ...]
    budget: int
    used: int
    paused: int

    @property
    def received_on(self) -> date:
        return self.days[0].on

    @property
    def due_on(self) -> date:
        return self.days[-1].on

    def reaches(self, used: int) -> date:
        """The day on which that many days are used up; day 0 for none."""
        return next(day.on for day in self.days if day.used >= used)


def count(rule: PromiseRule, account: Account, started: LedgerEntry, calendar: Calendar, at: datetime) -> Count:
    """Work the sum out as things stand at an instant; the days to come are counted as ours.

    While the case stands still that means: the date we would keep if it went on at this instant. Days that are over
    stay whose they were. An extension adds days only while the budget is not yet used up: a date that was missed is
    not mended by moving it.
    """
    turns = _turns(account, calendar)
    if account.still:
        turns.append((first_turn_on(at, calendar), Turn(at, DayKind.COUNTED)))
    return _sum(rule, account, turns, started, calendar, at)


def latest(rule: PromiseRule, account: Account, started: LedgerEntry, calendar: Calendar, at: datetime) -> Count | None:
    """The same while the applicant is asked, if they never answered: the latest date there can be.

    None where no such date is known: the rule sets no end to a pause, or an outage stands.
    """
    if account.outages or not account.capped(rule):
        return None
    return _sum(rule, account, _turns(account, calendar), started, calendar, at)


def pause_ends_at(rule: PromiseRule, account: Account, calendar: Calendar) -> datetime | None:
    """When a pause that goes on will have lasted as long as it may. None when none goes on, or none ends by itself."""
    if account.started is None or account.outages or not account.open or not account.capped(rule):
        return None
    for day, paused in walk(calendar.received_on(account.started.at), _turns(account, calendar), rule, calendar):
        if paused >= rule.pause_days:
            return calendar.closes_at(day.on)
    raise AssertionError("the days have no end")


def _turns(account: Account, calendar: Calendar) -> list[tuple[date, Turn]]:
    return [(first_turn_on(turn.since, calendar), turn) for turn in account.turns]


def _sum(
    rule: PromiseRule,
    account: Account,
    turns: list[tuple[date, Turn]],
    started: LedgerEntry,
    calendar: Calendar,
    at: datetime,
) -> Count:
    settled_on = first_turn_on(at, calendar) - ONE_DAY
    extensions = [(first_turn_on(since, calendar), days) for since, days in account.extensions]
    days: list[CountedDay] = []
    budget, used, theirs, due = rule.budget, 0, 0, False
    for day, paused in walk(calendar.received_on(started.at), turns, rule, calendar):
        if not due:
            days.append(day)
            budget = rule.budget + sum(extra for since, extra in extensions if since <= day.on)
            due = day.used >= budget
        if day.on <= settled_on:
            used, theirs = day.used, paused
        if due and day.on >= settled_on:
            break
    return Count(tuple(days), budget, used, theirs)


def walk(
    received_on: date, turns: list[tuple[date, Turn]], rule: PromiseRule, calendar: Calendar
) -> Iterator[tuple[CountedDay, int]]:
    """Every day from day 0 on, without end, and how many days so far the applicant was asked for more.

    `turns` say from which day on whose the days are, and why.
    """
    yield CountedDay(received_on, DayKind.RECEIVED, "", 0), 0
    on, used, paused, passed = received_on, 0, 0, 0
    turn = Turn(calendar.closes_at(received_on), DayKind.COUNTED)
    while True:
        on += ONE_DAY
        while passed < len(turns) and turns[passed][0] <= on:
            turn = turns[passed][1]
            passed += 1
        closed = calendar.closed_because(on) if rule.unit is Unit.WORKING_DAYS else None
        if closed:
            yield CountedDay(on, DayKind.CLOSED, closed, used), paused
            continue
        asked = turn.kind is DayKind.APPLICANT and rule.caps(turn.name, turn.nth)
        ours = turn.kind is DayKind.COUNTED or (asked and paused >= rule.pause_days)
        paused, used = paused + (asked and not ours), used + ours
        yield CountedDay(on, DayKind.COUNTED if ours else turn.kind, turn.name, used), paused


def first_turn_on(at: datetime, calendar: Calendar) -> date:
    """The first day whose close of office still lies ahead at an instant: what changes then changes from that day on.

    At the stroke of closing the day is settled, so that a timer due at that stroke sees it as it was.
    """
    on = calendar.on(at)
    return on if at < calendar.closes_at(on) else on + timedelta(days=1)
