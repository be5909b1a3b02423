"""When something came that is entered only now: never later than now, not too long ago, with a reason. Pure.

Its problems are said together with those of the form: a clerk sees all at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.model import Came, FieldProblem

if TYPE_CHECKING:
    from engine.city import City

DAY, WHY = "terima_pada", "terima_sebab"
"""The fields of the counter's page that these problems are about."""
NOON = time(12)
"""A day without an hour counts as received at noon: within the hours of an open day, else on the next one."""


def came_at(came: Came, city: City, now: datetime) -> tuple[datetime | None, list[FieldProblem]]:
    """The instant from which it counts, None: now; and everything that is wrong with what was said of it."""
    today = city.calendar.on(now)
    if came.on is None or came.on == today:
        return None, []
    if came.on > today:
        return None, [FieldProblem(DAY, "received.future")]
    problems = []
    if came.on < today - timedelta(days=city.back_days):
        problems.append(FieldProblem(DAY, "received.too_early", {"limit": city.back_days}))
    if not came.why.strip():
        problems.append(FieldProblem(WHY, "received.why"))
    return datetime.combine(came.on, NOON, city.zone).astimezone(UTC), problems
