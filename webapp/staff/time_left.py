"""The time tag of what a page shows, as of now and in the reader's language: of a row, of a case, of a desk."""

from __future__ import annotations

from engine.model import Case
from engine.views import CaseRow, Desk, Work
from webapp.frame.access import janji
from webapp.frame.words import say as _
from webapp.staff.tags import TimeTag, days_left, time_tag, urgency_of


def of_row(row: Work | CaseRow) -> TimeTag:
    """Of a task or a case in a list."""
    return time_tag(row.case, row.urgency, row.days_left, _)


def of_case(case: Case) -> TimeTag:
    """Of a case whose page has no list around it."""
    now = janji().clock.now()
    left = days_left(case, now, janji().city.calendar)
    return time_tag(case, urgency_of(case, left, now), left, _)


def of_desk(desk: Desk) -> TimeTag:
    """Of a task that is worked on."""
    left = days_left(desk.case, janji().clock.now(), janji().city.calendar)
    return time_tag(desk.case, desk.urgency, left, _)
