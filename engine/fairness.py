"""Who should get the next task: whoever is here, may have it, and has least to do; among equals whoever's turn it is.

Pure: the same people give the same answer. Knows no store, no clock and no page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from engine.model import Post, Task
from engine.roles import covers

NEVER_GIVEN = datetime.min.replace(tzinfo=UTC)
NOTHING_DUE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A colleague as far as it matters here. `load`: open tasks they have to do, those they stand in for included.

    `urgent`: how many of these are overdue or due soon. `away`: today; `leaves`: will be within days. `turn` grows with
    every task given in one go, so that equals take turns also where all are given at one instant.
    """

    login: str
    posts: frozenset[Post]
    load: int = 0
    urgent: int = 0
    next_due_at: datetime | None = None
    away: bool = False
    leaves: bool = False
    given_at: datetime | None = None
    turn: int = 0

    def given(self, turn: int) -> Candidate:
        """The same person with one task more."""
        return replace(self, load=self.load + 1, turn=turn)


@dataclass(frozen=True, slots=True)
class Fit:
    """A task that is to be given, and who is kept out of it. Its holder cannot get it again."""

    task: Task
    kept_out: frozenset[str] = frozenset()

    def allows(self, one: Candidate) -> bool:
        """Whether it may be given to this person, were they here."""
        return covers(one.posts, self.task) and one.login not in self.kept_out and one.login != self.task.holder


def suggested(fit: Fit, people: Iterable[Candidate], most_open: int) -> Candidate | None:
    """Whom to give a task to; None when nobody who may have it is here.

    In order: not over `most_open` while another is under it; not about to go away; least to do; least of it urgent;
    the next of it due latest; longest without being given anything.
    """
    here = [one for one in people if not one.away and fit.allows(one)]
    return min(here, key=lambda one: _rank(one, most_open), default=None)


def shared_out(fits: Sequence[Fit], people: Collection[Candidate], most_open: int) -> dict[str, str]:
    """Each task with the login it should go to, in the order of the tasks; what nobody may have is left out."""
    return {task_id: one.login for task_id, one in chosen_for(fits, people, most_open).items()}


def chosen_for(fits: Sequence[Fit], people: Collection[Candidate], most_open: int) -> dict[str, Candidate]:
    """As `shared_out`, with whoever is chosen as they stand when it is their turn."""
    by_login, plan = {one.login: one for one in people}, dict[str, Candidate]()
    for turn, fit in enumerate(fits, 1):
        if (chosen := suggested(fit, by_login.values(), most_open)) is not None:
            plan[fit.task.id] = chosen
            by_login[chosen.login] = chosen.given(turn)
    return plan


def _rank(one: Candidate, most_open: int) -> tuple[object, ...]:
    due_at = one.next_due_at or NOTHING_DUE
    return (
        one.load >= most_open,
        one.leaves,
        one.load,
        one.urgent,
        -due_at.timestamp(),
        one.turn,
        one.given_at or NEVER_GIVEN,
        one.login,
    )
