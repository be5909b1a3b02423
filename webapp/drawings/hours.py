"""Whether an office is open at an instant, and when that changes. Pure: hours and days in, one answer out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

FURTHEST = 60
"""Days looked ahead for the next open one: longer than any run of holidays."""


class Calendar(Protocol):
    """What is asked of the city's calendar here."""

    zone: ZoneInfo

    def on(self, at: datetime) -> date: ...

    def is_open(self, on: date) -> bool: ...

    def hours(self, on: date) -> Any: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """`at` is when it closes today while it is `open`, else when it opens next."""

    open: bool
    at: datetime


def opening(week: Mapping[int, Any], calendar: Calendar, now: datetime) -> Opening | None:
    """Hours of `week`, or the city's own where it is empty. None when no open day is in sight.

    The city's holidays close every office; a weekday that is missing in `week` closes this one.
    """
    for ahead in range(FURTHEST):
        on = calendar.on(now) + timedelta(days=ahead)
        hours = (week.get(on.weekday()) if week else calendar.hours(on)) if calendar.is_open(on) else None
        if hours is None:
            continue
        opens, closes = (datetime.combine(on, at, calendar.zone) for at in (hours.opens, hours.closes))
        if now < opens:
            return Opening(False, opens)
        if now < closes:
            return Opening(True, closes)
    return None
