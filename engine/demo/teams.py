"""How work lies among colleagues of one role in a made-up season: one holds much, one is away and is stood in for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model import AbsenceKind

if TYPE_CHECKING:
    from engine.clock import Clock
    from engine.demo.staff import Colleague
    from engine.engine import Engine
    from engine.house import House

DAYS_AWAY = 4
"""Open days that an absence lasts, today included."""


@dataclass(frozen=True, slots=True)
class Teams:
    """The roles of a plan that several people hold, and these people."""

    engine: Engine
    house: House
    clock: Clock
    sizes: Mapping[str, int]
    people: Sequence[Colleague]

    def at_end(self) -> None:
        """Of each role's open work most lies with its second person and some with its last, who is away."""
        for role in self.sizes:
            team = [one for one in self.people if role in one.actor.roles]
            if len(team) > 1:
                self._take(role, team)
                self._go_away(team[-1], team[0])

    def _take(self, role: str, team: Sequence[Colleague]) -> None:
        with self.house.store.read() as reads:
            free = [task for task in reads.all_open_tasks() if task.role == role and task.holder is None]
        for at, task in enumerate(free):
            who = (team[1], team[-1], team[1], team[1], team[1], None)[at % 6]
            if who is not None:
                self.engine.claim(task.id, who.actor, f"demo-team-{task.id}")

    def _go_away(self, who: Colleague, substitute: Colleague) -> None:
        calendar = self.house.city.calendar
        first_on = last_on = calendar.on(self.clock.now())
        for _ in range(DAYS_AWAY - 1):
            last_on = calendar.next_open(last_on)
        self.engine.be_away(
            who.login, AbsenceKind.LEAVE, first_on, last_on, [substitute.login], who.actor, f"demo-away-{who.login}"
        )
