"""What a diagram says: elements, flows, stages, promises, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """A budget of days that the city owes, and where the number comes from.

    `extend_days`: the most days that it may be extended by, once; 0: it may not be. `pause_days`: the most days, in its
    own unit, that it stands still in all while the tasks `paused_by` ask the applicant for more; after them ours are
    used though they are still asked. 0: no such end. `repeated`: tasks that stop it without such an end the first time.
    """

    id: str
    name: str
    budget: int
    unit: Unit
    basis: Basis
    source: str
    extend_days: int = 0
    pause_days: int = 0
    paused_by: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    def caps(self, element: str, nth: int) -> bool:
        """Whether the `nth` pause by this task counts towards `pause_days`."""
        return element in self.paused_by or (nth > 1 and element in self.repeated)


@dataclass(frozen=True, slots=True)
class Clarification:
    """Which tasks ask the applicant for more, and when asking is late: a second person must then agree.

    `tasks` are ids of the applicant's tasks; `late_after` is the share of the promise's budget, in percent, from which
    on asking is late; asking again is late whenever it comes. `pause_days` as in the promise. `basis` and `source` say
    where these numbers come from. `repeats` are tasks that ask for nothing new, such as a payment: sent back once they
    need nobody, from the second time on a second person.
    """

    promise: str
    tasks: tuple[str, ...]
    late_after: int
    pause_days: int
    basis: Basis
    source: str
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retention:
    """Months after its end for which a case keeps who it was about: `months`; when asked to forget `least_months`."""

    months: int
    least_months: int
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Element:
    """One shape of a diagram with what our namespace says of it. `promise` marks start, keep and pause by promise id.

    `role` is the role id of the innermost lane; `unit_from` a dotted path into the case data that names the unit;
    `attached_to` and `interrupts` are a boundary event's host and whether it takes the token away from it; `timed`: it
    waits for a timer; `standing`: a task that stays open for whenever it is needed, so that no case lies with it;
    `script` is the text of a script task. What a form corrects is said in its UI schema, not here.
    `checks`: the tasks whose work a second person looks at here before it goes out; who did it may not.
    `brings`: the work is done out in the field, and these answers, as dotted paths, are taken along; empty: it is not.
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
    checks: tuple[str, ...] = ()
    attached_to: str | None = None
    interrupts: bool = False
    timed: bool = False
    standing: bool = False
    documentation: str = ""
    script: str = ""
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder up which a missed promise climbs. `unit_from` names the unit as an element's does."""

    role: str
    unit_from: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow: `condition` is the expression text, empty for the default."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Similar:
    """What makes two cases of a service alike, by paths into the case data.

    The answers at `same` must agree, and either those at `area` or the points at `point` must lie together: within
    `metres` of each other.
    """

    same: tuple[str, ...]
    area: str
    point: str = ""
    metres: int = 0


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What the process element of a diagram says about its service.

    `code` begins every reference (`KRK-2026-000123`); `start_form` is the id of the start event, whose form the
    applicant fills in; `starters` are the role ids that may start a case; `subject`, `place` and `contact` are dotted
    paths into the case data (`pendaftaran.nama`), as are the booleans `anonymous`, `confidential`, and `links` (the
    reference of another case that this one is about). `identity` are the role ids that see who somebody is, of those
    who may read a case; none: all of them. `party_email` and `party_phone` are where the other side of a *surat kuasa*
    is told. `similar` None: nothing is compared, and nobody follows a case.
    who may read a case; none: all of them. `public` is the id of the step whose form releases what everybody may read;
    empty: the service has no public list. `category` is the path of what a case is about, chosen from a list.
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
    anonymous: str = ""
    confidential: str = ""
    links: str = ""
    category: str = ""
    public: str = ""
    identity: tuple[str, ...] = ()
    party_email: str = ""
    party_phone: str = ""
    similar: Similar | None = None
    retention: Retention | None = None
    clarifications: tuple[Clarification, ...] = ()

    @property
    def main(self) -> PromiseRule | None:
        """The promise that citizens see: the first one drawn. None for a service that promises nothing."""
        return self.promises[0] if self.promises else None


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
