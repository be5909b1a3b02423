"""Spans of time as people of the office write them: `+3wd`, `+10d`, `+4h`, `+30m`, or a local instant."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.calendars import Calendar

_SPAN = re.compile(r"\+(\d{1,5})(wd|d|h|m)$")


def moved(at: datetime, span: str, calendar: Calendar) -> datetime:
    """The instant a span after `at`, in UTC.

    `+3wd` is the same time of day on the third open day from now; `2026-12-24T16:59` is local time of the city.
    Raises ValueError with a sentence for anything else.
    """
    found = _SPAN.match(span.strip())
    if not found:
        return _instant(span, calendar)
    count, unit = int(found[1]), found[2]
    if unit == "wd":
        return _working_days(at, count, calendar)
    return at + {"d": timedelta(days=count), "h": timedelta(hours=count), "m": timedelta(minutes=count)}[unit]


def _working_days(at: datetime, count: int, calendar: Calendar) -> datetime:
    local = at.astimezone(calendar.zone)
    on = calendar.on(at)
    for _ in range(count):
        on = calendar.next_open(on)
    return datetime.combine(on, local.timetz()).astimezone(at.tzinfo)


def _instant(text: str, calendar: Calendar) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"{text!r} is neither a span (+3wd, +10d, +4h, +30m) nor an instant (2026-12-24T16:59)"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=calendar.zone)
