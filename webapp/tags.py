"""How much time is left, as a word, a number and a shape: never as a colour alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Case, PromiseStanding, PromiseState, Unit
from engine.views import Urgency
from webapp.problems import Say

SOON = 2
"""Days left at which the engine's lists call a promise at risk."""
WORDS = {
    Urgency.ON_TIME: "sesuai janji",
    Urgency.AT_RISK: "mendekati batas",
    Urgency.LATE: "lewat batas",
    Urgency.APPLICANT: "menunggu pemohon",
}
_DAYS = {
    Unit.WORKING_DAYS: ("%(count)s hari kerja lagi", "lewat %(count)s hari kerja"),
    Unit.CALENDAR_DAYS: ("%(count)s hari lagi", "lewat %(count)s hari"),
}


@dataclass(frozen=True, slots=True)
class TimeTag:
    """`state` names the colour and the sign, `word` says it, `number` is the days in words (may be empty)."""

    state: str
    word: str
    number: str


def time_tag(urgency: Urgency, days_left: int | None, say: Say, unit: Unit = Unit.WORKING_DAYS) -> TimeTag:
    """The tag of one case. `days_left` counts days of `unit`; negative past the date, None without one."""
    return TimeTag(urgency.value, say(WORDS[urgency]), _number(urgency, days_left, say, _DAYS[unit]))


def _number(urgency: Urgency, days_left: int | None, say: Say, words: tuple[str, str]) -> str:
    if urgency is Urgency.APPLICANT or days_left is None:
        return ""
    left, past = words
    if urgency is Urgency.LATE:
        return say(past, count=-days_left) if days_left < 0 else say("lewat hari ini")
    return say(left, count=days_left) if days_left > 0 else say("hari ini")


def standing_tag(promise: PromiseStanding | None, case: Case, say: Say) -> TimeTag | None:
    """The tag of a case whose promise is known in full; None once it is over or before its clock has begun."""
    if case.ended_at is not None or promise is None or promise.closed_at is not None:
        return None
    if promise.state is PromiseState.PAUSED:
        return time_tag(Urgency.APPLICANT, None, say)
    if promise.due_at is None:
        return None
    urgency = Urgency.LATE if promise.overdue else Urgency.AT_RISK if promise.left <= SOON else Urgency.ON_TIME
    return time_tag(urgency, promise.left, say, promise.rule.unit)
