"""Conflicts of interest: who is kept out of a task, and declaring that one has an interest of one's own.

The one place that knows who is kept out: taking, being given, being suggested, being brought back and finishing all ask
here. Says nothing of why somebody stands aside.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine import roles
from engine.errors import NotFound, WindowClosed
from engine.model import UNDO_FOR, Actor, Case, Task
from engine.verbs.news import to_rung
from engine.verbs.step import Step

if TYPE_CHECKING:
    from engine.house import House
    from engine.store import Reads, Transaction

ASIDE, BACK = "stand_aside", "stand_back"
LINKED = "linked_handlers"
NOBODY = "tidak_ada_petugas"
"""Notice to the first rung of the ladder: everybody who could do a task stands aside."""


def kept_out(house: House, reads: Reads, task: Task, case: Case) -> frozenset[str]:
    """Logins that may neither hold nor finish a task: who stood aside, and whom the diagram excludes.

    Excluded are the people of linked cases, and of a check whoever did the work that it looks at. Asks the store only
    where the diagram has such a rule.
    """
    element, out = house.entry(reads, case.version).definition.elements.get(task.element), case.stood_aside
    if element is not None and element.excludes == LINKED:
        out |= reads.handlers(reads.linked(case.id))
    if element is not None and element.checks:
        out |= {one.by for one in reads.work_done([case.id], element.checks)}
    return out


class StandingAside:
    """Lets colleagues keep themselves out of a case. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def stand_aside(self, task_id: str, why: str, by: Actor) -> None:
        """Declare an interest of one's own in a case: its tasks go back to their roles, and stay without that person.

        `why` may be empty: that it was declared is on record, the reason only if its writer wants it there. Declaring
        twice is declaring once. Raises NotFound, TaskGone, and NotYours for a task that is not of one's posts.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            task = tx.task(task_id)
            if task is None:
                raise NotFound
            if by.id in case.stood_aside:
                return
            roles.require_open(task)
            roles.require_may_hold(by.id, by.work_posts, task)
            for held in tx.open_tasks(case.id):
                if held.holder == by.id:
                    tx.hold_task(held.id, by.id, None)
            facts = {"reason": why.strip()} if why.strip() else {}
            tx.add_audit(case.id, now, by, ASIDE, task.element, facts)
            after = tx.save_case(case, replace(case, aside=" ".join(sorted({*case.stood_aside, by.id}))))
            if not self._others(tx, after, task):
                self._tell_ladder(tx, after, task, now)

    def _others(self, tx: Transaction, case: Case, task: Task) -> bool:
        """Whether anybody is left who may do the task."""
        out = kept_out(self._house, tx, task, case)
        return any(user.active and user.login not in out for user in tx.users_holding(task.role, task.unit))

    def _tell_ladder(self, tx: Transaction, case: Case, task: Task, now: datetime) -> None:
        """Work that nobody may do would break its promise unseen: the first rung of the ladder learns of it at once."""
        step = Step(self._house, tx, case, now)
        data = step.run.outcome().data
        for rung in step.entry.definition.ladder[:1]:
            tx.add_notices(case.id, [to_rung(rung, data, f"{NOBODY}:{task.id}:{now.isoformat()}", NOBODY)], now)

    def stand_back(self, task_id: str, by: Actor) -> None:
        """Take the declaration back while it is as fresh as any other slip. Raises NotFound and WindowClosed."""
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            if by.id not in case.stood_aside:
                raise NotFound
            if now >= _declared_at(tx, case, by) + UNDO_FOR:
                raise WindowClosed(ASIDE, "over")
            tx.add_audit(case.id, now, by, BACK, "", {})
            tx.save_case(case, replace(case, aside=" ".join(sorted(case.stood_aside - {by.id}))))


def _declared_at(tx: Transaction, case: Case, by: Actor) -> datetime:
    who = f"{by.kind}:{by.id}"
    return max(entry.at for entry in tx.audit(case.id) if entry.verb == ASIDE and entry.actor == who)
