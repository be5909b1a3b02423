"""What is told of colleagues: what each has to do, who is away until when, and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.model import AbsenceKind, Load, Post

from .work import Work


@dataclass(frozen=True, slots=True)
class Named:
    """A colleague by login and name."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Away:
    """An absence as this reader may know it. `kind` None: why is not theirs to know."""

    id: str
    first_on: date
    last_on: date
    kind: AbsenceKind | None
    substitutes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague at work. `away`: today; `ahead`: the next absence after today.

    `stands_in`: for whom they work today, `covered` how many open tasks those hold.
    """

    login: str
    name: str
    posts: frozenset[Post]
    load: Load
    away: Away | None = None
    ahead: Away | None = None
    stands_in: tuple[Named, ...] = ()
    covered: int = 0


@dataclass(frozen=True, slots=True)
class People:
    """The colleagues whose work one oversees, by how much they hold. `as_of`: when it was counted.

    `posts` are those of all of them, also where `people` are narrowed to some.
    """

    people: tuple[Person, ...]
    as_of: datetime
    posts: frozenset[Post]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One colleague with a page of what they hold. `may_enter`: this reader enters absences; `may_move`: passes their
    tasks on; `may_let_go`: closes the account.

    `count` is the length of the list, `absences` all that are not over.
    """

    person: Person
    active: bool
    rows: tuple[Work, ...]
    count: int
    next_cursor: str | None
    absences: tuple[Away, ...]
    may_enter: bool
    may_move: bool
    may_let_go: bool
    as_of: datetime


@dataclass(frozen=True, slots=True)
class SharedPost:
    """A post whose new tasks could be given out by themselves. `since` None: they are not; `by` by name."""

    role: str
    unit: str
    people: int
    since: datetime | None
    by: str
