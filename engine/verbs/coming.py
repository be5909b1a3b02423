"""When something came that is entered only now: never later than now, not too long ago, with a reason. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.errors import AnswersRejected
from engine.model import Came, FieldProblem

if TYPE_CHECKING:
    from engine.city import City

DAY, WHY = "terima_pada", "terima_sebab"
"""The fields of the counter's page that these problems are about."""
NOON = time(12)
"""A day without an hour counts as received at noon: within the hours of an open day, else on the next one."""


def came_at(came: Came, city: City, now: datetime) -> datetime | None:
    """The instant from which it counts; None: now. Raises AnswersRejected."""
    today = city.calendar.on(now)
    if came.on is None or came.on == today:
        return None
    if came.on > today:
        raise AnswersRejected([FieldProblem(DAY, "received.future")])
    if came.on < today - timedelta(days=city.back_days):
        raise AnswersRejected([FieldProblem(DAY, "received.too_early", {"limit": city.back_days})])
    if not came.why.strip():
        raise AnswersRejected([FieldProblem(WHY, "received.why")])
    return datetime.combine(came.on, NOON, city.zone).astimezone(UTC)
