"""A task that is put off: until which day, by whom, and whether it rests meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .cases import Task

LONGEST = timedelta(days=90)
"""A reminder for longer than any promise of ours would be a way to lose a task."""


def days_to_put_off(today: date) -> tuple[date, date]:
    """The first and the last day until which a task may be put off."""
    return today + timedelta(days=1), today + LONGEST


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whoever holds a task wants to be reminded of it on a day; `until_at` is the first instant of that day.

    One for each task. It moves no date: not that of the promise, and not that of the task.
    """

    task_id: str
    by: str
    until_at: datetime
    note: str
    at: datetime

    def holds(self, task: Task) -> bool:
        """Whether it still counts: the task is open, and it was for whoever held it then, not for the next holder."""
        return task.closed_at is None and self.by == task.holder

    def rests(self, task: Task, now: datetime) -> bool:
        """Whether the task leaves the list until then. What falls due before that day never does."""
        before = task.due_at is not None and task.due_at < self.until_at
        return self.holds(task) and now < self.until_at and not before
