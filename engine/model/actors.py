"""Who acts: staff by login, a citizen by the case their secret opens, the clock, the system."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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

    `id` is stable and carries no personal data for citizens (the case id). `name` is shown to colleagues only. `party`
    tells which party of a case a citizen is, when it is not whoever asked.
    """

    kind: ActorKind
    id: str
    name: str = ""
    posts: frozenset[Post] = frozenset()
    party: str = ""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)


THE_CLOCK = Actor(ActorKind.CLOCK, "clock", "Janji")
THE_SYSTEM = Actor(ActorKind.SYSTEM, "system", "Janji")
