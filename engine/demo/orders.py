"""What the office of a made-up season orders: one outage that is over, and one change of the calendar that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from engine.model import Actor, OrderKind, OutageProposal, Proposal

if TYPE_CHECKING:
    from engine.clock import Clock
    from engine.demo.staff import Colleague
    from engine.engine import Engine
    from engine.house import House


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a plan: `outage` and `change` as `demo.toml` tells them, and who may give them."""

    engine: Engine
    house: House
    clock: Clock
    outage: Mapping[str, Any]
    change: Mapping[str, Any]
    people: Sequence[Colleague]

    def on_day(self, on: date, days: Sequence[date]) -> None:
        """Declare the outage on its day, counted back from the last open day of the season."""
        told = self.outage
        if not told or len(days) < told["days_ago"] or days[-told["days_ago"]] != on:
            return
        now = self.clock.now()
        until = now + timedelta(hours=told["hours"])
        asked = OutageProposal(told["number"], tuple(told["services"]), now, until, told["reason"])
        self.engine.declare_outage(asked, self._whoever("declares_outage"), "demo-outage")
        self.engine.follow_orders()

    def at_end(self) -> None:
        """Propose the change that waits for a second person."""
        told = self.change
        if not told:
            return
        calendar = self.house.city.calendar
        on = calendar.on(self.clock.now())
        for _ in range(told["days_ahead"]):
            on = calendar.next_open(on)
        asked = Proposal(OrderKind.CLOSED, told["number"], on, on, told["name"], told["reason"])
        self.engine.propose(asked, self._whoever("keeps_calendar"), "demo-change")

    def _whoever(self, mark: str) -> Actor:
        """The first colleague whose role carries a mark."""
        marked = {role.id for role in self.house.city.roles.values() if getattr(role, mark)}
        return next(one.actor for one in self.people if one.actor.roles & marked)
