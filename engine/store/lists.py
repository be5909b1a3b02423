"""What lists of cases and tasks are asked for, and what they tell. Frozen; knows no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from engine.model import Case, FollowUp, Task
from engine.views import PublicOrder, PublicState

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`next_cursor` None: it is the last one."""

    rows: tuple[Row, ...]
    next_cursor: str | None


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
class PublicFilter:
    """What of the public list is asked for. `place` is a code of a kelurahan or kecamatan; empty or None: all."""

    place: str = ""
    category: str = ""
    state: PublicState | None = None
    order: PublicOrder = PublicOrder.NEWEST
