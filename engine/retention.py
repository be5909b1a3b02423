"""How long a case keeps who it was about, and from when it may be asked to forget. Pure; knows no store and no page."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.model import Permit, PermitState, Retention

IN_FORCE = (PermitState.ACTIVE, PermitState.EXPIRING, PermitState.SUSPENDED)
"""While a permit may be relied on, the city must be able to say whose it is."""


class Held(StrEnum):
    """Why identity is kept now."""

    OPEN = "berjalan"
    PERMIT = "izin"
    TERM = "masa_simpan"
    NO_RULE = "tanpa_aturan"
    NOTHING = "tidak_ada"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why identity is kept now; from which day it is erased when asked, and on which day without asking.

    None: no such day is known yet.
    """

    why: Held
    asked_from_on: date | None = None
    until_on: date | None = None

    def may_go(self, on: date) -> bool:
        """Whether it may be erased on that day because somebody asks."""
        return self.asked_from_on is not None and self.asked_from_on <= on


def keeping(rule: Retention | None, ended_on: date | None, permits: Iterable[Permit]) -> Keeping:
    """What holds for a case that ended on a day of the city (None: it runs) under its service's rule of today."""
    if ended_on is None:
        return Keeping(Held.OPEN)
    if any(permit.state in IN_FORCE for permit in permits):
        return Keeping(Held.PERMIT)
    if rule is None:
        return Keeping(Held.NO_RULE)
    return Keeping(Held.TERM, months_after(ended_on, rule.least_months), months_after(ended_on, rule.months))


def months_after(day: date, months: int) -> date:
    """The same day that many months on (or before, if negative); a day that month lacks becomes its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
