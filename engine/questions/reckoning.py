"""What a forecast is reckoned from: how long stages took lately, and which stages a case still has before it.

The warnings of single cases and the forecast of a whole queue both reckon from here, so that they cannot differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.model import Stage
from engine.promises.forecast import usual_days
from engine.questions.staging import plan_of

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.library import Entry
    from engine.store import EndedVisit

HORIZON_WORKING_DAYS = 5
"""How far ahead a due date is looked at: an estimate for longer would be guessing."""
MEMORY = timedelta(days=180)
MOST_VISITS = 5000


def ahead(entry: Entry, present: str) -> list[Stage]:
    """The stages from the present one up to that in which the promise is kept; that one itself takes no time."""
    plan = plan_of(entry.definition.facts, entry.definition.elements)
    places = {stage.id: place for place, stage in enumerate(plan.stages)}
    last = len(plan.stages) if plan.kept_in is None else plan.kept_in
    return list(plan.stages[places.get(present, 0) : last])


def usual_lengths(visits: Iterable[EndedVisit], calendar: Calendar) -> dict[str, dict[str, int]]:
    """By service and stage how long four of five visits took."""
    lengths: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in visits:
        days = calendar.working_days_between(calendar.on(one.began_at), calendar.on(one.ended_at))
        lengths[one.service][one.stage].append(days)
    return {service: usual_days(stages) for service, stages in lengths.items()}
