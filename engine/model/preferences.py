"""What a member of staff has chosen for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Told(StrEnum):
    """How somebody is told by mail that work was given to them."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    """Once a day, as the office opens: all of one's work, by time left."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's choices. `keys`: single keys work on their pages; `weekly`: a supervisor's digest of the week.

    What climbs the ladder to somebody is no choice: an escalation is told in any case.
    """

    login: str
    told: Told = Told.AT_ONCE
    keys: bool = True
    weekly: bool = True
