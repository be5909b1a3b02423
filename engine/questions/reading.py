"""How stored rows are read as what a person sees: stages in order, urgency, history. Pure functions over nouns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from engine.errors import NotFound
from engine.forms import ANSWER
from engine.model import AuditEntry, Case, Element, Json, Task
from engine.roles import APPLICANT
from engine.store import CaseState, state_of
from engine.verbs.weighing import SOON_WORKING_DAYS
from engine.views import Event, StageRow, StageState, Urgency

if TYPE_CHECKING:
    from engine.bpmn.reader import Definition
    from engine.calendars import Calendar
    from engine.store import StageVisit


A_YEAR = timedelta(days=366)

_URGENCY = {
    CaseState.LATE: Urgency.LATE,
    CaseState.AT_RISK: Urgency.AT_RISK,
    CaseState.APPLICANT: Urgency.APPLICANT,
}

PUBLIC_VERBS = frozenset(
    {"start", "complete", "wake", "deliver", "answer", "withdraw", "press", "warn", "count_again", "merge", "part"}
)
"""What the citizen sees of the history. Claims, assignments and notes are the office's own affair."""


def soon(now: datetime, calendar: Calendar) -> datetime:
    """The instant up to which a due date counts as at risk: close of office on the second open day from now."""
    return calendar.plus_working_days(now, SOON_WORKING_DAYS)


def office_day(text: str, now: datetime, calendar: Calendar) -> tuple[datetime, datetime]:
    """From the close of office before a working day of the last year, like `2026-11-23`, to that of the day.

    Raises NotFound for what is no such day.
    """
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if not timedelta() <= calendar.on(now) - on <= A_YEAR or not calendar.is_open(on):
        raise NotFound
    return calendar.closes_at(calendar.previous_open(on)), calendar.closes_at(on)


def month_before(on: date, months: int = 0) -> str:
    """The month so many months before that of a day, like `2026-11`."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"


def urgency(case: Case, now: datetime, risk_until: datetime) -> Urgency:
    """One of the four states, by the very rule that fills the lists. What is over is late for nobody any more."""
    return _URGENCY.get(state_of(case, now, risk_until), Urgency.ON_TIME)


def days_left(case: Case, now: datetime, calendar: Calendar) -> int | None:
    """Open days until the promise falls due; negative when it is past, None without a date."""
    if case.due_at is None:
        return None
    return calendar.working_days_between(calendar.on(now), calendar.on(case.due_at))


def stage_rows(
    definition: Definition, visits: Sequence[StageVisit], case: Case, open_tasks: Iterable[Task], *, late: bool
) -> tuple[StageRow, ...]:
    """Every stage of the service in the diagram's order: done, now, and still to come.

    A stage before the present one that was never entered was skipped (a survey that was not needed). With the outcome
    given, what is asked of the applicant is an offer and waits for nobody.
    """
    stages = definition.facts.stages
    order = [stage.id for stage in stages]
    present = order.index(case.stage) if case.stage in order else -1
    yours = case.outcome is None and any(task.role == APPLICANT for task in open_tasks)
    over = _over(case, definition)
    rows = []
    for index, stage in enumerate(stages):
        here = [visit for visit in visits if visit.stage == stage.id]
        state = _state(index, present, bool(here), over=over, yours=yours, late=late)
        began = here[0].began_at if here else None
        ended = here[-1].ended_at if here and state is StageState.DONE else None
        rows.append(StageRow(stage, state, began, ended, len(here)))
    return tuple(rows)


def _over(case: Case, definition: Definition) -> bool:
    """Whether nothing goes on any more: at its end, or in a last stage that is nothing but the end.

    A last stage in which no outcome is ever given is time of its own that follows one: a period for corrections.
    """
    stages = definition.facts.stages
    last = stages[-1].id if stages else None
    concluded = case.outcome is not None and case.stage == last and last in definition.concludes_in
    return case.ended_at is not None or concluded


def _state(index: int, present: int, visited: bool, *, over: bool, yours: bool, late: bool) -> StageState:
    if index == present and not over:
        if yours:
            return StageState.YOURS
        return StageState.LATE if late else StageState.RUNNING
    if visited:
        return StageState.DONE
    return StageState.SKIPPED if index < present or over else StageState.AHEAD


def at_work(open_tasks: Iterable[Task], elements: Mapping[str, Element], stage: str | None) -> Task | None:
    """The office's task that moves the case on: of its present stage rather than an escalation beside it."""
    waited_for = (t for t in open_tasks if t.role != APPLICANT and not elements[t.element].standing)
    office = sorted(waited_for, key=lambda task: task.opened_at)
    of_stage = [task for task in office if elements[task.element].stage == stage]
    return next(iter(of_stage or office), None)


SPOKEN_OF = ("for", "from", "to")
"""Facts of an audit entry that are the login of a colleague."""


def people_in(entries: Sequence[AuditEntry]) -> set[str]:
    """Ids of everybody who acted in a case or is spoken of in its record."""
    spoken_of = {str(entry.facts[name]) for entry in entries for name in SPOKEN_OF if entry.facts.get(name)}
    return spoken_of | {_id(entry.actor) for entry in entries}


def history(entries: Iterable[AuditEntry], known: Mapping[str, str]) -> tuple[Event, ...]:
    """The history of a case, newest first.

    `known` tells by actor's id who that is: a name for colleagues, a role for the citizen, who is told no name.
    """
    events = [
        Event(
            at=entry.at,
            verb=entry.verb,
            element=entry.element,
            actor=_id(entry.actor),
            role=known.get(_id(entry.actor), ""),
            public=entry.verb in PUBLIC_VERBS or entry.facts.get("audience") == "public",
            facts=entry.facts,
            people={name: known[login] for name in SPOKEN_OF if (login := str(entry.facts.get(name))) in known},
        )
        for entry in entries
    ]
    return tuple(reversed(events))


def _id(actor: str) -> str:
    """The id of an audit entry's actor, which is written `kind:id`."""
    return actor.partition(":")[2]


def said_to_citizen(ui: Json, answers: Mapping[str, Any]) -> str:
    """The words of one accepted form that are meant for the citizen: those marked `ui:public`.

    The mark is `true`, or names the answers under which the words go out: a reply sent back to the unit did not.
    """
    return _said(answers, lambda name: (ui.get(name) or {}).get("ui:public"))


def said_to_all(ui: Json, answers: Mapping[str, Any]) -> str:
    """The words of one accepted form that answer a matter and not only its reporter: those marked `ui:published`.

    The mark is `{"answer": true}`, or names answers there as `ui:public` does.
    """

    def mark(name: str) -> Any:
        published = (ui.get(name) or {}).get("ui:published")
        return published.get(ANSWER) if isinstance(published, Mapping) else None

    return _said(answers, mark)


def _said(answers: Mapping[str, Any], mark_of: Callable[[str], Any]) -> str:
    for name, value in answers.items():
        mark = mark_of(name) if isinstance(value, str) else None
        conditions = mark if isinstance(mark, Mapping) else {}
        if mark and all(answers.get(field) in values for field, values in conditions.items()):
            return str(value)
    return ""
