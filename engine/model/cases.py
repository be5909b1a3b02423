"""The case and what hangs on it: tasks, notices, documents, permits, the audit, and problems with files and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from .base import Json
from .orders import Decision
from .outcomes import Closing
from .promised import PromiseState


@dataclass(frozen=True, slots=True)
class Case:
    """One citizen's matter. `revision` counts writes; a write that saw an older one is refused.

    `outcome` is the word with which the diagram concluded it (`terbit`, `ditolak`, `ditarik`, …), set before or at the
    end. `due_at` repeats what the ledger of the service's first promise derives while that promise is open, for lists
    only; None before it begins and once it is over. `applicant`: a task waits for whoever asked. `calendar`: the
    edition of the city's calendar that its dates are worked out by. `erased_at`: since then nobody can read any more
    who that was. `aside`: logins of colleagues who declared an interest of their own in it, by spaces. `asked_late`: a
    request to the applicant went out late. `request`: what a second person said to the newest late one, while its task
    is still open.
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
    applicant: bool = False
    calendar: int = 0
    erased_at: datetime | None = None
    aside: str = ""
    asked_late: bool = False
    request: Decision | None = None

    @property
    def stood_aside(self) -> frozenset[str]:
        return frozenset(self.aside.split())


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work waiting for a person in a role (and unit). Closed ones stay for the history.

    `drafted` counts how often its form was saved unfinished; 0: there is no draft of it.
    """

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
    drafted: int = 0


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What was typed into the form of a task that is not finished, wrong values included.

    `version` is the task's `drafted` of then; `page` the key of the page it was typed on: what comes from the same page
    again goes on where it was. `typed` is sealed in rows.
    """

    task_id: str
    case_id: str
    version: int
    page: str
    by: str
    at: datetime
    typed: Json


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell someone. `key` is unique, so that the same thing is told once.

    `to` is `pemohon`, `pengikut`, `party:<id>`, a role id, or `user:<login>`; the address is looked up when it is sent,
    never stored here. A notice without a case goes to a `Letter`, which its facts name.
    """

    key: str
    to: str
    text: str
    unit: str | None = None
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes by hash with what we know of them; `id` is unguessable.

    `origin` is `citizen`, `staff`, `issued`, or `public`: a picture drawn for everybody from another one.
    """

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
    """An issued document: a KRK or an IPTB. `number` with `version` is unique; a correction makes the next version.

    `stamp` is the signed line in the QR code of its paper, empty until it is printed. `state_at`, `state_by` (a role)
    and `state_ground` (a word of `[grounds]`) tell of the last change of state; `replaced_by` is the number of the
    paper that took its place, if that is another one. None and empty: not told.
    """

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
    stamp: str = ""
    state_at: datetime | None = None
    state_by: str = ""
    state_ground: str = ""
    replaced_by: str | None = None

    def state_on(self, day: date) -> PermitState:
        """What it is on a day. No timer has to ring for a last day to pass: after it, nothing is in force."""
        over = self.valid_until_on is not None and self.valid_until_on < day
        in_force = self.state in (PermitState.ACTIVE, PermitState.EXPIRING)
        return PermitState.EXPIRED if over and in_force else self.state


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One fact of a permit that anybody may read, in the reader's words. `coded`: it also stands in the QR code."""

    title: str
    value: str
    coded: bool = False


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


@dataclass(frozen=True, slots=True)
class Look:
    """That a colleague saw something of a case on a day, in the post by which they may.

    `what` is `berkas` (the case file), `tugas` (a task's desk), `nomor` (identity numbers whole),
    `daftar` (a row of a list taken along as a file), or `dokumen:<field>`.
    """

    case_id: str
    seen_on: date
    login: str
    what: str
    at: datetime
    role: str
    unit: str | None = None


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
