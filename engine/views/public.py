"""What the public and a citizen are told: a service, a receipt, a case behind its link, a permit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engine.model import (
    Case,
    DateMove,
    Disclosed,
    Document,
    Permit,
    PermitState,
    PromiseStanding,
    ServiceFacts,
    Spell,
    Task,
)

from .chain import Hop
from .merging import CarriedBy
from .reach import Reach
from .shared import Event, FormView, StageRow, Urgency
from .work import Comment


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A service for the public: facts, its requirements (the start form) and whether a start is possible online.

    `outside`: the roles that have a task out in the field.
    """

    facts: ServiceFacts
    form: FormView
    version: str
    published_at: datetime | None
    fee: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()


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


class Act(StrEnum):
    """What a citizen may do with a case."""

    TASK = "task"
    WITHDRAW = "withdraw"
    PRESS = "press"
    DOWNLOAD = "download"


class Closed(StrEnum):
    """Why something cannot be done now."""

    NOT_YET = "not_yet"
    NEVER = "never"
    DONE = "done"
    EXPIRED = "expired"
    TOO_LATE = "too_late"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    NOT_LATE = "not_late"
    JUST_PRESSED = "just_pressed"
    PRINTING = "printing"


@dataclass(frozen=True, slots=True)
class Window:
    """One act and whether it is open; `closed` None: it is. `element` names the task that it is.

    `until` is when it closes, `at` when it was done, ran out, or opens again.
    """

    act: Act
    closed: Closed | None
    element: str = ""
    task_id: str = ""
    until: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """One time a citizen pressed for an overdue case: the number of the receipt, and the roles that were told."""

    number: str
    at: datetime
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """A citizen told before a miss: when, of which day it is likely to be (an estimate), and the stage that is slow.

    `reason` is what a superior wrote to the citizen since.
    """

    at: datetime
    estimate_on: date
    stage: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quick:
    """A question that one press answers: its form and field, and (value, Indonesian words) of each answer."""

    form: str
    field: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One answer that was rejected. `form` and `field` name it; `title` is its Indonesian name.

    `sentence` is the reason that was chosen from the list, by language; `reason` what a colleague wrote themselves.
    """

    form: str
    field: str
    title: str
    reason: str
    sentence: Mapping[str, str]

    def why(self, language: str) -> str:
        """The sentence of the chosen reason in a language; empty where only own words were written."""
        return self.sentence.get(language) or self.sentence.get("id", "")


@dataclass(frozen=True, slots=True)
class Tracking:
    """The citizen's page. `task` is the one that waits for them, with its form id; `holder_role` who has it now.

    `moves` and `spells` tell of the service's first promise; who acted in them is told as a role. `notes` are what the
    office wrote to the citizen, by roles.
    """

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
    wanted: tuple[Wanted, ...] = ()
    quick: Quick | None = None
    windows: tuple[Window, ...] = ()
    moves: tuple[DateMove, ...] = ()
    spells: tuple[Spell, ...] = ()
    presses: tuple[Press, ...] = ()
    warnings: tuple[Warned, ...] = ()
    notes: tuple[Comment, ...] = ()
    reach: Reach | None = None
    chain: tuple[Hop, ...] = ()
    carried_by: CarriedBy | None = None


@dataclass(frozen=True, slots=True)
class PermitCheck:
    """What anybody may know of an issued document: never the holder's NIK, address or contact.

    `state` is what the version asked for is today; `current` the newest version. `replaced_by` is the number that took
    its place with its version (None: whatever version that number has). `details`, the facts that the service makes
    public in order, `name`, `note` (what such a paper is not) and `ground` (why it no longer holds) are by language.
    """

    permit: Permit
    current: Permit
    state: PermitState
    holder: str
    as_of: datetime
    replaced_by: tuple[str, int | None] | None = None
    details: Mapping[str, Sequence[Disclosed]] = field(default_factory=dict)
    name: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    ground: Mapping[str, str] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        return self.state in (PermitState.ACTIVE, PermitState.EXPIRING)
