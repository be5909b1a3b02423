"""What staff and reporters are told of complaints that go together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model import Case, Document, Merger


@dataclass(frozen=True, slots=True)
class LikeCase:
    """An open case like another. `metres` between their points, None without both; `summary`: what was released."""

    case: Case
    metres: int | None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """How a case goes with others, for staff. `may`: this colleague may merge and part it.

    `mergeable`: it can be carried by another one now. `main` carries it, by `merger`, which `by_name` made and may undo
    until `undo_until`. `carried` are those that it carries and this colleague may know of, `hidden` how many more.
    """

    case: Case
    may: bool
    mergeable: bool
    merger: Merger | None = None
    main: Case | None = None
    by_name: str = ""
    undo_until: datetime | None = None
    carried: tuple[Case, ...] = ()
    hidden: int = 0
    alike: tuple[LikeCase, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedBy:
    """The case that carries a reporter's own one: what everybody may know of it, and what the office answered there."""

    reference: str
    version: str
    since_at: datetime
    stage: str | None
    outcome: str | None
    ended_at: datetime | None
    answers: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UsedElsewhere:
    """A picture of a case whose very bytes lie in other cases; empty for one that this colleague may not know of."""

    paper: Document
    references: tuple[str, ...]
