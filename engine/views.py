"""What pages are told: frozen answers to questions, already decided, in ids and instants. Words are added by texts.

Imports only the nouns. A page that needs something missing here asks for a new field, never for the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .model import (
    Actor,
    Case,
    Document,
    Drawing,
    FieldProblem,
    Json,
    Permit,
    PromiseStanding,
    ServiceFacts,
    Stage,
    Task,
)


class StageState(StrEnum):
    """Where one stage of a case stands. Each is a word, a shape and a colour on the page."""

    DONE = "selesai"
    RUNNING = "sedang_berjalan"
    YOURS = "menunggu_anda"
    AHEAD = "belum_mulai"
    LATE = "terlambat"
    SKIPPED = "dilewati"


class Urgency(StrEnum):
    """The four states of a promise that the whole product speaks of."""

    ON_TIME = "sesuai_janji"
    AT_RISK = "mendekati_batas"
    LATE = "lewat_batas"
    APPLICANT = "menunggu_pemohon"


@dataclass(frozen=True, slots=True)
class StageRow:
    """`visits` above 1 means the case came back to this stage."""

    stage: Stage
    state: StageState
    began_at: datetime | None = None
    ended_at: datetime | None = None
    visits: int = 0


@dataclass(frozen=True, slots=True)
class FormView:
    """A form ready to be shown. `values` is what was typed or prefilled, `problems` what is wrong with it.

    `shown` is the earlier answers that stand beside the form, by form id. `files` are documents by id.
    """

    id: str
    service: str
    schema: Json
    ui: Json
    values: Json = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()
    shown: Mapping[str, Json] = field(default_factory=dict)
    files: Mapping[str, Document] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnsweredForm:
    """Accepted answers of one element: schema and ui to show them by, who gave them (role or name) and when."""

    element: str
    schema: Json
    ui: Json
    answers: Json
    by: str
    at: datetime
    round: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history. `public`: the citizen may see it. `facts` holds no personal data when public."""

    at: datetime
    verb: str
    element: str
    actor: str
    role: str
    public: bool
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service for the public: facts, its requirements (the start form) and whether a start is possible online."""

    facts: ServiceFacts
    form: FormView
    version: str
    published_at: datetime | None
    fee: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person gets for having started a case: the secret of the link, and the short code for the reference.

    `due_at` is None while the promise starts later (`starts_when` is then the element that starts it).
    """

    case_id: str
    reference: str
    secret: str
    code: str
    received_at: datetime
    counts_from_on: date
    due_at: datetime | None
    starts_when: str
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Tracking:
    """The citizen's page. `task` is the one that waits for them, with its form id; `holder_role` who has it now."""

    case: Case
    facts: ServiceFacts
    promise: PromiseStanding | None
    stages: tuple[StageRow, ...]
    task: Task | None
    task_due_at: datetime | None
    holder_role: str | None
    holder_unit: str | None
    documents: tuple[Document, ...]
    permits: tuple[Permit, ...]
    history: tuple[Event, ...]
    linked: tuple[str, ...]
    may_withdraw: bool
    reason: str
    as_of: datetime
    urgency: Urgency = Urgency.ON_TIME


@dataclass(frozen=True, slots=True)
class Work:
    """One row of a worklist."""

    task: Task
    case: Case
    urgency: Urgency
    days_left: int | None
    unit: str
    round: int
    holder_name: str | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of work. `counts` by tab; `next_cursor` is opaque text for the next page, None on the last."""

    rows: tuple[Work, ...]
    counts: Mapping[str, int]
    next_cursor: str | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """A task on a clerk's desk: the form beside the whole case. `mine`: this actor may complete it now."""

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


@dataclass(frozen=True, slots=True)
class Comment:
    at: datetime
    by: str
    text: str
    public: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case for staff. `at` are the element ids where tokens stand, `been` those passed."""

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


@dataclass(frozen=True, slots=True)
class Oversight:
    """Four numbers, each of which is a list, and the decisions that wait. `rows`: by service and stage."""

    late: int
    at_risk: int
    running: int
    applicant: int
    rows: tuple[tuple[str, str, int, int, int, int], ...]
    escalated: tuple[Work, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list of cases."""

    case: Case
    urgency: Urgency
    days_left: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Incident:
    """A case, a notice or an effect that failed and is tried again. `next_at` None: tries are used up."""

    id: str
    case_id: str
    reference: str
    kind: str
    element: str
    message: str
    attempts: int
    first_at: datetime
    next_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Operations:
    """The operator's page. `lag_s`: how long the most overdue timer has been due; `tick_at` the last sweep."""

    incidents: tuple[Incident, ...]
    timers_due: int
    timers_next_day: int
    lag_s: float
    tick_at: datetime | None
    outbox_waiting: int
    outbox_oldest_s: float
    outbox_failed: int
    cases_open: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PermitCheck:
    """What anybody may know of an issued document: never the holder's NIK, address or contact.

    `details` are the further facts that the service makes public, as (title, value) in order, by language.
    """

    permit: Permit
    current: Permit
    holder: str
    genuine: bool
    as_of: datetime
    details: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff with a session. `secret` only at sign-in: it goes into the cookie, its hash into the store."""

    actor: Actor
    csrf: str
    secret: str = ""
