"""What a clerk is told: the list of work, a task on the desk, lists of cases, a case file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.model import (
    UNDO_FOR,
    Case,
    Document,
    Drawing,
    FollowUp,
    Json,
    LateRequest,
    Look,
    Permit,
    PromiseStanding,
    ServiceFacts,
    StandIn,
    Task,
)

from .shared import AnsweredForm, Event, FormView, StageRow, Urgency
from .timing import DaysSpent

COUNTED_UP_TO = 500
"""The count of a list of work stops here: "500+" tells as much, and counting on would cost more than its page."""
RESTING_UP_TO = 25
"""Beside a list it is told that much rests, not how much: each of them has to be looked up."""


class Why(StrEnum):
    """Why a task stands in a list, where there is more to say than that it is open."""

    REMINDER = "reminder"
    """It was put off until a day, and that day has come."""
    ESCALATED = "escalated"
    """A missed promise climbed to this desk: the task stands beside the stages of its case."""
    CAME_BACK = "came_back"
    NEW = "new"
    """It came since the office last closed."""


@dataclass(frozen=True, slots=True)
class Work:
    """One row of a worklist. `follow_up`: until when its holder put it off; `resting`: it is out of the way till then.

    Put off and not `resting`: the day has come, or it falls due before it.
    """

    task: Task
    case: Case
    urgency: Urgency
    days_left: int | None
    unit: str
    round: int
    holder_name: str | None
    why: Why | None = None
    follow_up: FollowUp | None = None
    resting: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What of one's own work is overdue, and what falls due before the day is over."""

    late: int
    today: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of work. `counts` by tab; `next_cursor` is opaque text for the next page, None on the last.

    `fresh`: how many came since the reader began at the top. `more_waiting`: not all that waits for applicants is here.
    `resting`: how many of the tab are put off until a later day; they are counted in it and stand at its end.
    """

    rows: tuple[Work, ...]
    counts: Mapping[str, int]
    next_cursor: str | None
    as_of: datetime
    fresh: int = 0
    more_waiting: bool = False
    resting: int = 0


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """The draft of a task: what was typed, by whom and when. `own`: this reader typed it."""

    version: int
    by: str
    at: datetime
    own: bool
    values: Json


@dataclass(frozen=True, slots=True)
class Comment:
    """A note. Its author may take it back for a while: then its text is gone, and nobody outside ever read it."""

    at: datetime
    by: str
    text: str
    public: bool
    line: int = 0
    taken_back_at: datetime | None = None

    def read_by_applicant(self, now: datetime) -> bool:
        """Whether whoever asked sees it: it is meant for them, and can no longer be taken back."""
        return self.public and self.taken_back_at is None and now >= self.at + UNDO_FOR


@dataclass(frozen=True, slots=True)
class Desk:
    """A task on a clerk's desk: the form beside the whole case. `mine`: this actor may complete it now.

    `whole_until`: so long this actor sees identity numbers whole; None: they are masked. `draft`: what stands in the
    form already; of a closed task what this actor had typed and another did not use. `stands_in`: for whom this actor
    would do it; None: as themselves. `asked`: the newest late request made from this task, whose words then stand in
    the form. `outside`: the task is done in the field.
    """

    task: Task
    case: Case
    form: FormView
    answered: tuple[AnsweredForm, ...]
    documents: tuple[Document, ...]
    promise: PromiseStanding | None
    rounds: int
    mine: bool
    holder_name: str | None
    urgency: Urgency
    key: str
    whole_until: datetime | None = None
    draft: DeskDraft | None = None
    follow_up: FollowUp | None = None
    stands_in: StandIn | None = None
    asked: LateRequest | None = None
    outside: bool = False
    notes: tuple[Comment, ...] = ()
    own_notes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case for staff. `at` are the element ids where tokens stand, `been` those passed.

    `whole_until` as in `Desk`. `looks`: who looked, by name, for those who supervise; empty for others. `days`: who
    used which, by stage. `asked`: its late requests, by names. `own_notes`: lines of notes that
    this reader can still take back.
    """

    case: Case
    facts: ServiceFacts
    promises: tuple[PromiseStanding, ...]
    stages: tuple[StageRow, ...]
    open: tuple[Task, ...]
    answered: tuple[AnsweredForm, ...]
    documents: tuple[Document, ...]
    permits: tuple[Permit, ...]
    history: tuple[Event, ...]
    comments: tuple[Comment, ...]
    linked: tuple[Case, ...]
    at: tuple[str, ...]
    been: tuple[str, ...]
    drawing: Drawing
    as_of: datetime
    whole_until: datetime | None = None
    looks: tuple[Look, ...] = ()
    days: tuple[DaysSpent, ...] = ()
    asked: tuple[LateRequest, ...] = ()
    own_notes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list of cases."""

    case: Case
    urgency: Urgency
    days_left: int | None
    unit: str
