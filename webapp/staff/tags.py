"""How much time is left, as a word, a number and a shape: never as a colour alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from engine.model import Case, PromiseState
from engine.views import Urgency
from webapp.forms.problems import Say

SOON = 2
"""Days left at which the engine's lists call a promise at risk."""
WORDS = {
    Urgency.ON_TIME: "sesuai janji",
    Urgency.AT_RISK: "mendekati batas",
    Urgency.LATE: "lewat batas",
    Urgency.APPLICANT: "menunggu pemohon",
}
STILL = {
    PromiseState.NOT_STARTED: "janji belum berjalan",
    PromiseState.KEPT: "janji ditepati",
    PromiseState.BROKEN: "janji tidak ditepati",
    PromiseState.CANCELLED: "janji gugur",
}
"""A promise whose clock does not run has no days left to speak of."""


class Calendar(Protocol):
    """What is asked of the city's calendar here."""

    def on(self, at: datetime) -> date: ...

    def working_days_between(self, first: date, last: date) -> int: ...


@dataclass(frozen=True, slots=True)
class TimeTag:
    """`state` names the colour and the sign, `word` says it, `number` is the days in words (may be empty)."""

    state: str
    word: str
    number: str


def time_tag(case: Case, urgency: Urgency, days_left: int | None, say: Say) -> TimeTag:
    """The tag of a case. `days_left` counts open days, negative past the date; None without a date."""
    if case.promise_state in STILL and urgency is not Urgency.APPLICANT:
        return TimeTag("netral", say(STILL[case.promise_state]), "")
    return TimeTag(urgency.value, say(WORDS[urgency]), _number(urgency, days_left, say))


def days_left(case: Case, now: datetime, calendar: Calendar) -> int | None:
    """Open days until the date, counted as the lists count them, so that no two pages differ."""
    if case.due_at is None:
        return None
    return calendar.working_days_between(calendar.on(now), calendar.on(case.due_at))


def urgency_of(case: Case, left: int | None, now: datetime) -> Urgency:
    """The state of a case whose page has no list around it to say so."""
    if case.promise_state is PromiseState.PAUSED:
        return Urgency.APPLICANT
    if case.due_at is not None and case.due_at < now:
        return Urgency.LATE
    return Urgency.AT_RISK if left is not None and left <= SOON else Urgency.ON_TIME


def _number(urgency: Urgency, left: int | None, say: Say) -> str:
    if urgency is Urgency.APPLICANT or left is None:
        return ""
    if urgency is Urgency.LATE:
        return say("lewat %(count)s hari kerja", count=-left) if left < 0 else say("lewat hari ini")
    return say("%(count)s hari kerja lagi", count=left) if left > 0 else say("hari ini")
