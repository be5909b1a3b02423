"""What somebody is told of the cases they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .shared import Event
from .work import CaseRow


@dataclass(frozen=True, slots=True)
class Watched:
    """One case that is followed, and what happened in it since it was last looked at, the newest first."""

    row: CaseRow
    news: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The cases one follows, those with news first. `lost`: ids of cases one may not read any more."""

    cases: tuple[Watched, ...]
    lost: tuple[str, ...]
    as_of: datetime
