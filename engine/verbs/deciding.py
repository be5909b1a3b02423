"""Who may decide what a colleague asks for: somebody else who supervises and may read the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound, NotYours
from engine.roles import may_work

if TYPE_CHECKING:
    from engine.house import House
    from engine.model import Actor, Case
    from engine.store import Reads


def require_decider(house: House, reads: Reads, case: Case, asked_by: str, by: Actor) -> None:
    """Raise NotYours for whoever asked or does not supervise, NotFound for a confidential case of others."""
    if not supervises(house, by) or by.id == asked_by:
        raise NotYours("", "four_eyes")
    if case.confidential and not works_on(reads, case, by):
        raise NotFound


def works_on(reads: Reads, case: Case, by: Actor) -> bool:
    return any(may_work(by, task) for task in reads.tasks(case.id))


def supervises(house: House, actor: Actor) -> bool:
    known = house.city.roles
    return any(known[role].supervises for role in actor.roles if role in known)
