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
    """Raise NotYours for whoever asked, stood aside or does not supervise; NotFound for a case hidden from them."""
    if not supervises(house, by) or by.id == asked_by:
        raise NotYours("", "four_eyes")
    if case.confidential and not works_on(reads, case, by):
        raise NotFound
    require_no_interest(case, by)


def require_no_interest(case: Case, by: Actor) -> None:
    """Raise NotYours for whoever declared an interest of their own in the case."""
    if by.id in case.stood_aside:
        raise NotYours("", "conflict")


def works_on(reads: Reads, case: Case, by: Actor) -> bool:
    return any(may_work(by, task) for task in reads.tasks(case.id))


def supervises(house: House, actor: Actor) -> bool:
    return bool(actor.roles & house.city.supervising)
