"""The nouns that every room shares: frozen data that knows how to be read and nothing else. Imports nothing of ours.

Instants end in `_at` (aware, UTC), days in the city's zone in `_on`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

Json: TypeAlias = Mapping[str, Any]
"""A JSON object as it was read: text keys; text, numbers, booleans, None, lists and objects as values."""


# ── who acts ──────────────────────────────────────────────────────────────────────────────────────────────────────


class ActorKind(StrEnum):
    STAFF = "staff"
    CITIZEN = "citizen"
    CLOCK = "clock"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in a unit of the city. `unit` None: the role as such, in every unit."""

    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff by login, a citizen by the case their secret opens, the clock, the system.

    `id` is stable and carries no personal data for citizens (the case id). `name` is shown to colleagues only.
    """

    kind: ActorKind
    id: str
    name: str = ""
    posts: frozenset[Post] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)


THE_CLOCK = Actor(ActorKind.CLOCK, "clock", "Janji")
THE_SYSTEM = Actor(ActorKind.SYSTEM, "system", "Janji")


# ── what a diagram says ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a case in the citizen's words. `now` is the sentence while it runs; `budget_days` is a target."""

    id: str
    name: str
    now: str
    budget_days: int | None = None


class Unit(StrEnum):
    """What a promise counts in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Basis(StrEnum):
    """Where a number comes from. Only LAW and CITY are facts; the others must be labelled wherever they are shown."""

    LAW = "law"
    CITY = "city"
    CONFIGURATION = "configuration"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class PromiseRule:
    """A budget of days that the city owes, and where the number comes from."""

    id: str
    name: str
    budget: int
    unit: Unit
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Element:
    """One shape of a diagram with what our namespace says of it. `promise` marks start, keep and pause by promise id.

    `role` is the role id of the innermost lane; `unit_from` a dotted path into the case data that names the unit;
    `attached_to` and `interrupts` are a boundary event's host and whether it takes the token
    away from it. What a form corrects is said in its UI schema, not here.
    """

    id: str
    kind: str
    name: str
    scope: str
    role: str | None = None
    unit_from: str | None = None
    stage: str | None = None
    starts: str | None = None
    keeps: str | None = None
    pauses: str | None = None
    excludes: str | None = None
    attached_to: str | None = None
    interrupts: bool = False
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow: `condition` is the expression text, empty for the default."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What the process element of a diagram says about its service.

    `code` begins every reference (`KRK-2026-000123`); `start_form` is the id of the start event, whose form the
    applicant fills in; `starters` are the role ids that may start a case; `subject`, `place` and `contact` are dotted
    paths into the case data (`pendaftaran.nama`), as are `anonymous`, `confidential` (booleans) and `links` (the reference
    of another case that this one is about).
    """

    id: str
    code: str
    name: str
    start_form: str
    starters: tuple[str, ...]
    stages: tuple[Stage, ...]
    promises: tuple[PromiseRule, ...]
    subject: str = ""
    place: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn node: `kind` is the BPMN tag (`userTask`, `lane`, `boundaryEvent`), `marker` an event's definition."""

    id: str
    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    marker: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn flow through its way points."""

    id: str
    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram's geometry as drawn by the analyst; containers (lanes, sub-processes) come before what they hold."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


# ── what one step made of a case ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Opened:
    """A human task that now waits. `id` is unguessable text, stable for the life of the task."""

    id: str
    element: str
    unit: str | None


class Closing(StrEnum):
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Closed:
    """A human task that no longer waits, and whether a person finished it or the diagram took it away."""

    id: str
    element: str
    how: Closing


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that a token went through, in order of time within a step."""

    element: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a diagram asked for and somebody else must do: `notify`, `issue`, `conclude`, `permit_state`, `send` …"""

    kind: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class Timer:
    """The next instant at which an element of a case wants to be woken. `due_at` None: its promise has not begun."""

    id: str
    element: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case after one step. Pure data: storing it is someone else's job.

    `open` lists every human task that waits now, `opened` those that were not waiting before the step. `passed` keeps
    order. `timers` is the complete list for the case and replaces the stored one. `data` is the merged case data.
    """

    tokens: bytes
    open: tuple[Opened, ...]
    opened: tuple[Opened, ...]
    closed: tuple[Closed, ...]
    passed: tuple[Passed, ...]
    effects: tuple[Effect, ...]
    timers: tuple[Timer, ...]
    waiting_messages: frozenset[str]
    ended: bool
    data: Json


# ── the promise ───────────────────────────────────────────────────────────────────────────────────────────────────


class Entry(StrEnum):
    """Kinds of ledger entry. KEEP and BREAK close a promise; nothing is ever removed."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    CALENDAR = "calendar"
    OUTAGE = "outage"
    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a promise's ledger. `days` only for EXTEND; `element` is the shape that caused it, `by` who."""

    promise: str
    kind: Entry
    at: datetime
    by: str
    element: str = ""
    days: int = 0
    reason: str = ""


class PromiseState(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class DayKind(StrEnum):
    """Why a day counts or does not."""

    RECEIVED = "received"
    COUNTED = "counted"
    CLOSED = "closed"
    APPLICANT = "applicant"
    OUTAGE = "outage"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the sum that a person can redo. `name` says why it is closed; `used` is the running count after it."""

    on: date
    kind: DayKind
    name: str
    used: int


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """A promise as derived from its ledger at an instant. `estimate`: the date lies in a year not yet decreed.

    `overdue` while open past `due_at`; `late` also when kept after it. `used + left == budget` (with extensions) until
    it is overdue, after which `left` is negative.
    """

    rule: PromiseRule
    state: PromiseState
    started_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    used: int
    left: int
    budget: int
    estimate: bool
    overdue: bool
    late: bool
    days: tuple[CountedDay, ...] = ()


class PromiseDates(Protocol):
    """Instants that timers ask of the ledger. None until it begins, while paused, once over."""

    def due(self, promise: str) -> datetime | None: ...

    def at_share(self, promise: str, percent: int) -> datetime | None: ...

    def before_due(self, promise: str, working_days: int) -> datetime | None: ...

    def after_due(self, promise: str, working_days: int) -> datetime | None: ...


# ── the case and what hangs on it ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen's matter. `revision` counts writes; a write that saw an older one is refused.

    `outcome` is the word with which the diagram concluded it (`terbit`, `ditolak`, `ditarik`, …), set before or at the
    end; `due_at` repeats what the ledger of the service's first promise derives, for lists only.
    """

    id: str
    reference: str
    service: str
    version: str
    revision: int
    stage: str | None
    subject: str
    place: str
    channel: str
    language: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str | None = None
    due_at: datetime | None = None
    promise_state: PromiseState = PromiseState.NOT_STARTED
    anonymous: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work waiting for a person in a role (and unit). Closed ones stay for the history."""

    id: str
    case_id: str
    element: str
    role: str
    unit: str | None
    holder: str | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None = None
    closed_by: str | None = None
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell someone. `key` is unique, so that the same thing is told once.

    `to` is `pemohon`, a role id, or `user:<login>`; the address is looked up when it is sent, never stored here.
    """

    key: str
    to: str
    text: str
    unit: str | None = None
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes by hash with what we know of them. `origin` is `citizen`, `staff` or `issued`; `id` is unguessable."""

    id: str
    sha256: str
    name: str
    mime: str
    size: int
    origin: str
    field: str
    added_at: datetime
    added_by: str


class PermitState(StrEnum):
    ACTIVE = "aktif"
    EXPIRING = "akan_berakhir"
    EXPIRED = "berakhir"
    SUSPENDED = "dibekukan"
    REVOKED = "dicabut"
    REPLACED = "diganti"


@dataclass(frozen=True, slots=True)
class Permit:
    """An issued document: a KRK or an IPTB. `number` with `version` is unique; a correction makes the next version."""

    number: str
    version: int
    kind: str
    case_id: str
    state: PermitState
    issued_at: datetime
    valid_until_on: date | None
    facts: Json
    document_sha256: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what when, chained: `hash` covers everything here and `previous`."""

    case_id: str
    seq: int
    at: datetime
    actor: str
    verb: str
    element: str
    facts: Json
    previous: str
    hash: str


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a service's files, in words an analyst can act on. `code` is stable and kebab-case."""

    severity: Severity
    file: str
    element: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with what a person typed. `path` is dotted (`pendaftaran.nik`); `code` names the rule broken.

    `facts` fill the sentence (`{"minimum": 16}`); the sentence itself is a text, in the person's language.
    """

    path: str
    code: str
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """One frozen state of a service's files. `id` is the SHA-256 over the sorted paths and bytes in `files`.

    Paths are relative: `process.bpmn`, `*.dmn`, `letters/…`, `texts/id.toml`, `scenarios/…`, `forms/<id>.schema.json`.
    """

    id: str
    service: str
    files: Mapping[str, bytes]
    published_at: datetime | None = None
    published_by: str = ""
    note: str = ""
