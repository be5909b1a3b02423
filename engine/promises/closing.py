"""What is kept of a promise once it is closed: the few facts that figures are made of. Pure."""

from __future__ import annotations

from engine.calendars import Calendar
from engine.model import Case, ClosedPromise, DayKind, PromiseStanding


def closed_promise(case: Case, standing: PromiseStanding, unit: str | None, calendar: Calendar) -> ClosedPromise:
    """A closed promise as its ledger tells it at this moment. Raises ValueError for one that is not closed.

    `case` as it was before the step that closed it: its stage is where the time went.
    """
    if standing.started_at is None or standing.due_at is None or standing.closed_at is None:
        raise ValueError(f"the promise {standing.rule.id} is not closed")
    return ClosedPromise(
        case_id=case.id,
        promise=standing.rule.id,
        service=case.service,
        version=case.version,
        counts_in=standing.rule.unit,
        month=month_of(standing, calendar),
        stage=case.stage,
        unit=unit,
        started_at=standing.started_at,
        due_at=standing.due_at,
        closed_at=standing.closed_at,
        state=standing.state,
        late=standing.late,
        ours=standing.used,
        theirs=applicants_days(standing),
    )


def month_of(standing: PromiseStanding, calendar: Calendar) -> str:
    """The month of the due day, like `2026-11`; empty for a promise that has not begun."""
    return calendar.on(standing.due_at).strftime("%Y-%m") if standing.due_at else ""


def applicants_days(standing: PromiseStanding) -> int:
    """How many days of the sum the applicant held the case."""
    return sum(day.kind is DayKind.APPLICANT for day in standing.days)
