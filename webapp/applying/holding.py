"""Who has a case now, as an office can be reached: never a person, never a private telephone."""

from __future__ import annotations

from typing import Any

from engine.views import Tracking
from webapp.drawings.hours import opening
from webapp.frame.access import janji


def holder(seen: Tracking) -> dict[str, Any]:
    """The unit that holds the case, else the service's office: its name, its telephone, and when it is open."""
    city = janji().city
    unit = city.units.get(seen.holder_unit or "")
    own_hours = unit.hours if unit else {}
    return {
        "role": seen.holder_role,
        "office": unit.name if unit else city.office.name,
        "phone": (unit.phone if unit else "") or city.office.phone,
        "hours": own_hours or city.calendar.week,
        "opening": opening(own_hours, city.calendar, seen.as_of),
    }
