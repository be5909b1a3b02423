"""On which day something sent now counts as received: day 0 of every promise. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Calendar(Protocol):
    """What is asked of the city's calendar here."""

    def on(self, at: datetime) -> date: ...

    def received_on(self, at: datetime) -> date: ...

    def next_open(self, on: date) -> date: ...

    def closes_at(self, on: date) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """`closes_at` is None when the office is closed now: then `on` is the next open day, else today.

    `later_on` is the day that counts for whoever sends after closing.
    """

    on: date
    closes_at: datetime | None
    later_on: date


def arrival(now: datetime, calendar: Calendar) -> Arrival:
    """How an act at this instant is received, and what changes at the close of office."""
    on = calendar.received_on(now)
    open_now = on == calendar.on(now)
    return Arrival(on, calendar.closes_at(on) if open_now else None, calendar.next_open(on) if open_now else on)
