"""What the store tells that is no noun of the whole house. Frozen; knows no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from engine.model import Case, Decision, FollowUp, Json, Post, PromiseState, Task
from engine.views import PublicOrder, PublicState


class KeyTaken(Exception):
    """The request key was stored by someone else meanwhile. Let the transaction go and recall their result."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a case's link and code are derived from, and the hash that the code must match."""

    nonce: str
    code_hash: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Accepted answers of one element; `round` counts from 1 within the case and element."""

    element: str
    answers: Json
    by: str
    at: datetime
    task_id: str | None
    round: int


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many late requests of a service and unit came out one way; `still_open`: their tasks are."""

    service: str
    unit: str | None
    decision: Decision
    still_open: bool
    count: int


@dataclass(frozen=True, slots=True)
class StageVisit:
    stage: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndedVisit:
    """A visit to a stage that is over, with its case."""

    case_id: str
    service: str
    stage: str
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A task as a length of time; `finished`: by a person, not taken away by the diagram."""

    element: str
    role: str
    unit: str | None
    opened_at: datetime
    closed_at: datetime | None
    finished: bool | None


@dataclass(frozen=True, slots=True)
class Forewarning:
    """One warning that a promise may be missed. `at` the superior was told, `told_at` the citizen.

    `eased_at`: it looked better again before the citizen was told.
    """

    line: int
    promise: str
    stage: str
    estimate_on: date
    at: datetime
    told_at: datetime | None
    eased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice in the outbox. `attempts` counts the tries begun; `next_at` None: sent, or given up when unsent.

    `case_id` None: it goes to a letter.
    """

    key: str
    case_id: str | None
    to: str
    text: str
    unit: str | None
    facts: Json
    at: datetime
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    message: str


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """`oldest_at`: when the longest waiting notice was written."""

    waiting: int
    failed: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class TimerFigures:
    """`oldest_due_at`: the most overdue timer that nobody has fired."""

    due: int
    next_day: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    service: str
    language: str
    answers: Json
    data_key: str
    started_at: datetime
    saved_at: datetime
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A colleague. Not `active`: keeps the name in histories and cannot sign in. `given_at`: last given a task."""

    login: str
    name: str
    email: str
    password_hash: str
    active: bool
    posts: frozenset[Post]
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    login: str
    csrf: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """How long a case's audit chain is and its last hash, as repeated in the case."""

    seq: int
    hash: str


class Tab(StrEnum):
    """The four lists of a clerk. ROLE is everything of my posts, held or not; ALL is for those who supervise."""

    MINE = "mine"
    ROLE = "role"
    ALL = "all"
    DONE = "done"


class CaseState(StrEnum):
    """Every case is in exactly one of these at an instant. SETTLED: goes on after its promise is over."""

    LATE = "late"
    AT_RISK = "at_risk"
    RUNNING = "running"
    APPLICANT = "applicant"
    SETTLED = "settled"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which work. `due_from` is included, `due_before` not; `text` is looked for in reference, subject and place.

    `awake_at`: only what does not rest at that instant, put off until a later day.
    `beside`: colleagues whose tasks one does while they are away; they stand among one's own.
    """

    service: str | None = None
    stage: str | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    text: str = ""
    hide_confidential: bool = False
    except_roles: frozenset[str] = frozenset()
    awake_at: datetime | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkRow:
    """`round` above 1: the case came back to this element. `holder_name` None: nobody holds it.

    `follow_up`: until when its holder has put it off, also when that day has come.
    """

    task: Task
    case: Case
    round: int
    holder_name: str | None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class WorkPage:
    rows: tuple[WorkRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an open task lies: a unit's id, or `OFFICE` or `NOWHERE` of `engine.store.whereabouts`.

    `seats`: by role the place of work that was given to no unit, for roles that sit in one, and for applicants.
    """

    name: str
    seats: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """Who holds an open task: a login, or None for work that nobody has taken; `waiting` roles never take any."""

    login: str | None
    waiting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases. `states` are judged by the `now` and `risk_until` given with the question, none of them: all;
    `services` None: all.

    `escalated`: somebody was told up the ladder and it is not over; `started_from` is included, `started_before` not.
    `place` and `hands` ask for cases with an open task there, or in these hands; `region` is the code of a kelurahan or
    kecamatan that the matter lies in, which of a confidential case nobody is told.
    """

    service: str | None = None
    stage: str | None = None
    states: tuple[CaseState, ...] = ()
    text: str = ""
    hide_confidential: bool = False
    services: frozenset[str] | None = None
    place: Place | None = None
    hands: Hands | None = None
    region: str = ""
    channel: str | None = None
    escalated: bool = False
    started_from: datetime | None = None
    started_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    rows: tuple[Case, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class OversightRow:
    """Open cases of one service and stage by state. Each number equals the list of the same filter."""

    service: str
    stage: str | None
    counts: Mapping[CaseState, int]


@dataclass(frozen=True, slots=True)
class WhereRow:
    """Open cases with a task in one place, or in one pair of hands, by state. A case in two places is in two rows."""

    name: str | None
    counts: Mapping[CaseState, int]


@dataclass(frozen=True, slots=True)
class Rated:
    """One person's answers to the survey: `scores` for U1 to U9, `month` like `2026-11`, `mark` a keyed hash."""

    mark: str
    service: str
    version: str
    month: str
    scores: tuple[int, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class SurveySums:
    """How many people answered, and the sum of their answers to each element."""

    people: int
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that has begun and is not closed. `due_at` and `promise_state` are of its main promise."""

    case_id: str
    promise: str
    service: str
    version: str
    calendar: int
    stage: str | None
    due_at: datetime | None
    promise_state: PromiseState


@dataclass(frozen=True, slots=True)
class InForce:
    """A version that came into force, and by whom."""

    version: str
    since_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PublicFilter:
    """What of the public list is asked for. `place` is a code of a kelurahan or kecamatan; empty or None: all."""

    place: str = ""
    category: str = ""
    state: PublicState | None = None
    order: PublicOrder = PublicOrder.NEWEST
