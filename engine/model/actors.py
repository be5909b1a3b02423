"""Who acts: staff by login, a citizen by the case their secret opens, the clock, the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
class StandIn:
    """Whose tasks somebody does while that colleague is away: who it is, their posts, and the last day of it."""

    login: str
    name: str
    posts: frozenset[Post]
    last_on: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff by login, a citizen by the case their secret opens, the clock, the system.

    `id` is stable and carries no personal data for citizens (the case id). `name` is shown to colleagues only. `party`
    tells which party of a case a citizen is, when it is not whoever asked. `stands_in`: for whom a colleague works
    today beside their own; it covers tasks and what must be read for them, never the powers of a role.
    """

    kind: ActorKind
    id: str
    name: str = ""
    posts: frozenset[Post] = frozenset()
    party: str = ""
    stands_in: tuple[StandIn, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def work_posts(self) -> frozenset[Post]:
        """The posts whose tasks this person may do today: their own and those they stand in for."""
        return self.posts.union(*(one.posts for one in self.stands_in))

    @property
    def stood_in_for(self) -> frozenset[str]:
        """Whose tasks stand among this person's own today."""
        return frozenset(one.login for one in self.stands_in)

    @property
    def work_roles(self) -> frozenset[str]:
        """The roles of `work_posts`."""
        return frozenset(post.role for post in self.work_posts)


THE_CLOCK = Actor(ActorKind.CLOCK, "clock", "Janji")
THE_SYSTEM = Actor(ActorKind.SYSTEM, "system", "Janji")
