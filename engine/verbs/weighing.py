"""How much colleagues have to do and who is away, as fairness weighs it. Read only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.fairness import Candidate
from engine.model import Absence, Load

if TYPE_CHECKING:
    from engine.house import House
    from engine.store import Reads
    from engine.store.rows import User

SOON_WORKING_DAYS = 2
"""So near a due date a promise is at risk: the span in which an office can still act. So near an absence is as good as
begun."""


def candidates(house: House, reads: Reads, users: Iterable[User], now: datetime) -> list[Candidate]:
    """These colleagues as candidates. The tasks of whoever they stand in for today are theirs to do."""
    asked, calendar = [user for user in users if user.active], house.city.calendar
    today, soon_at = calendar.on(now), calendar.plus_working_days(now, SOON_WORKING_DAYS)
    absences = reads.absences(today)
    away = {one.login for one in absences if one.lasts_on(today)}
    leaves = {one.login for one in absences if one.first_on <= calendar.on(soon_at)}
    loads = reads.loads({user.login for user in asked} | away, now, soon_at)
    return [
        _candidate(user, [loads.get(login, Load()) for login in _whose(user, absences, today)], away, leaves)
        for user in asked
    ]


def _whose(user: User, absences: Iterable[Absence], today: date) -> list[str]:
    """Whose tasks somebody has to do today: their own first."""
    return [user.login, *(one.login for one in absences if user.login in one.substitutes and one.lasts_on(today))]


def _candidate(user: User, loads: list[Load], away: set[str], leaves: set[str]) -> Candidate:
    return Candidate(
        login=user.login,
        posts=user.posts,
        load=sum(load.open for load in loads),
        urgent=sum(load.late + load.soon for load in loads),
        next_due_at=min((load.next_due_at for load in loads if load.next_due_at), default=None),
        away=user.login in away,
        leaves=user.login in leaves,
        given_at=user.given_at,
    )
