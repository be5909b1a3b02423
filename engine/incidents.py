"""Incidents: what failed for one case, how often, and when it is tried again. Never says anything of a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store import Store

RETRY_AFTER = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""Pauses after the first, second and third failed try. After the fourth an operator has to look."""

PRINT = "print"
"""Kind of an incident: an issued permit could not be put on paper."""
CALENDAR = "calendar"
"""Kind of an incident: a case could not be brought up to the calendar."""
STEP = "step"
"""Kind of an incident: a person's act was refused because the diagram failed. Nothing tries it again but a person."""


def note(store: Store, now: datetime, case_id: str, kind: str, element: str, message: str) -> None:
    """Make or renew an incident. Two workers that fail on one case at once count as one failure."""
    with store.write() as tx:
        tx.case_for_update(case_id)
        known = tx.open_incident(case_id, kind)
        if known is not None and kind != STEP and (known.next_at is None or known.next_at > now):
            return
        attempts = 1 if known is None else known.attempts + 1
        again = kind != STEP and attempts <= len(RETRY_AFTER)
        next_at = now + RETRY_AFTER[attempts - 1] if again else None
        tx.add_or_bump_incident(case_id, kind, element, message, now, next_at)


def waits(store: Store, now: datetime, kind: str) -> frozenset[str]:
    """Cases whose incident of a kind is not to be tried yet."""
    with store.read() as reads:
        open_now = [one for one in reads.incidents() if one.kind == kind]
    return frozenset(one.case_id for one in open_now if one.next_at is None or one.next_at > now)


def clear(store: Store, now: datetime, case_id: str, kind: str) -> None:
    """Resolve the open incident of a kind, if there is one."""
    with store.write() as tx:
        tx.resolve_incident(case_id, kind, now)
