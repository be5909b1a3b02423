"""What pages of citizens and of staff are told alike: stages, urgency, forms, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engine.model import Document, FieldProblem, Json, Stage


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
    """`visits` above 1 means the case came back to this stage.

    `due_on` is the day by which it should be over: a target, not a promise. `after_days` is said instead while the
    promise has not begun: open days after its start. `ours` and `theirs` are the open days it took so far.
    """

    stage: Stage
    state: StageState
    began_at: datetime | None = None
    ended_at: datetime | None = None
    visits: int = 0
    due_on: date | None = None
    after_days: int | None = None
    ours: int = 0
    theirs: int = 0
    late: bool = False


@dataclass(frozen=True, slots=True)
class Relevance:
    """Which questions matter under what was answered so far, by name.

    `needed`: the schema asks for it now. `idle`: its condition cannot hold, so what stands there is neither judged nor
    sent; `hidden`: moreover, nothing on its own page can change that. `open`: hangs on a question not yet answered.
    """

    needed: frozenset[str] = frozenset()
    idle: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormView:
    """A form ready to be shown. `values` is what was typed or prefilled, `problems` what is wrong with it.

    `shown` is the earlier answers that stand beside the form, by form id. `files` are documents by id. `relevance` is
    told of start forms only. `foreseen` says of each choice of the deciding question what it leads to, where that is
    known; it takes the place of what the UI schema says.
    """

    id: str
    service: str
    schema: Json
    ui: Json
    values: Json = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()
    shown: Mapping[str, Json] = field(default_factory=dict)
    files: Mapping[str, Document] = field(default_factory=dict)
    relevance: Relevance = field(default_factory=Relevance)
    foreseen: Mapping[str, str] = field(default_factory=dict)


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
    """One line of a history. `public`: the citizen may see it. `facts` holds no personal data when public.

    `people` are the names of colleagues that the facts speak of, by fact; empty for citizens.
    """

    at: datetime
    verb: str
    element: str
    actor: str
    role: str
    public: bool
    facts: Json = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
