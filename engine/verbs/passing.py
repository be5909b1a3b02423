"""How a task passes from hand to hand: one act, a transaction for each of its tasks, and a row that says what it did.

The verbs that pass tasks on (`holding`, `sharing`, `leaving`) stand on this. An act that is asked for again goes on
where it stopped. Moves no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine import keys, roles
from engine.errors import NotFound, NotYours, Refusal, TaskGone, TaskHeld
from engine.house import House
from engine.model import UNDO_FOR, Actor, ActorKind, Case, Hand, Handed, NotHanded, Notice, StandIn, Task
from engine.texts import GIVEN
from engine.verbs.behalf import on_behalf, require_away
from engine.verbs.conflicts import kept_out

if TYPE_CHECKING:
    from engine.store import Transaction

MOST = 200
"""Tasks of one act: more than a page shows, few enough to wait for."""
_NOT_YOURS = {"role": NotHanded.ROLE, "holder": NotHanded.NOT_HOLDER, "conflict": NotHanded.CONFLICT}


@dataclass(frozen=True, slots=True)
class HandOver:
    """One act as it was asked for. `to` and `reason` belong to assigning.

    `of`: only from this holder's hands, empty: only what nobody holds. `facts` go into the audit entry of each task.
    """

    id: str
    hand: Hand
    by: Actor
    at: datetime
    to: str = ""
    reason: str = ""
    of: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def done(self, task: Task, holder: str | None) -> Handed:
        return Handed(self.id, task.id, self.by.id, self.hand, self.at, task.holder, holder, self.reason)

    def refused(self, task_id: str, why: NotHanded, who: str | None) -> Handed:
        to = self.to or None
        return Handed(self.id, task_id, self.by.id, self.hand, self.at, None, to, self.reason, why, who)


class Passing:
    """What every verb that passes tasks on is made of."""

    def __init__(self, house: House) -> None:
        self._house = house

    def _act(self, hand: Hand, by: Actor, key: str, to: str = "", reason: str = "", of: str | None = None) -> HandOver:
        """The act a request asks for: the same request is the same act."""
        name = keys.hashed(f"{by.id}:{key or keys.random_token()}")[:32]
        return HandOver(name, hand, by, self._house.clock.now(), to, reason, of)

    def _pass_all(self, act: HandOver, tasks: Iterable[tuple[str, str]]) -> str:
        """The same act for each of these tasks and whom each goes to; what cannot be is remembered with the reason."""
        for task_id, to in islice(dict(tasks).items(), MOST):
            one = replace(act, to=to)
            try:
                self._pass_on(one, task_id)
            except NotFound:
                continue  # no such task: nobody chose it on a page of ours
            except Refusal as refusal:
                with self._house.store.write() as tx:
                    tx.add_not_handed(one.refused(task_id, *_why(refusal, act)))
        return act.id

    def _pass_on(self, act: HandOver, task_id: str) -> str:
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            if tx.handed_already(act.id, task_id):
                return act.id
            task = tx.task(task_id)
            if task is None:
                raise NotFound
            stand_in = self._stand_in(act, task)
            holder = self._next_holder(tx, act, task, case, stand_in)
            tx.add_handed(done := act.done(task, holder))
            if done.moved:
                _hold(tx, task, holder)
                self._write_down(tx, act, task, case, holder, on_behalf(stand_in))
        return act.id

    def _stand_in(self, act: HandOver, task: Task) -> StandIn | None:
        """For whom it is done; whoever supervises passes the tasks of others on as themselves."""
        as_themselves = act.hand is Hand.LEAVE or (act.hand is not Hand.CLAIM and self._may_move(act.by))
        return None if as_themselves else roles.worked_for(act.by, task)

    def _write_down(
        self, tx: Transaction, act: HandOver, task: Task, case: Case, holder: str | None, behalf: Mapping[str, str]
    ) -> None:
        facts = {"from": task.holder, "to": holder, "reason": act.reason} if act.hand is Hand.ASSIGN else {}
        facts |= {"from": task.holder} if holder is None else {}
        facts |= {"reason": act.reason} if holder is None and act.reason else {}
        told = {"task": task.id, **facts, **behalf, **act.facts}
        tx.add_audit(case.id, act.at, act.by, act.hand.value, task.element, told)
        if act.hand is Hand.ASSIGN and holder != act.by.id:
            tx.given(act.to, act.at)
            tx.add_notices(case.id, [given(act.id, act.to)], act.at, act.at + UNDO_FOR)

    def _next_holder(
        self, tx: Transaction, act: HandOver, task: Task, case: Case, stand_in: StandIn | None
    ) -> str | None:
        """Who holds the task after the act. Raises what forbids it."""
        roles.require_open(task)
        if act.of is not None and task.holder != (act.of or None):
            raise TaskHeld(task.holder or "")
        if act.hand is Hand.CLAIM:
            return self._claimed(tx, act, task, case, stand_in)
        if task.holder != act.by.id and not self._may_move(act.by) and act.hand is not Hand.LEAVE:
            if stand_in is None or task.holder is None:
                raise NotYours(task.role, "holder")
            require_away(self._house, tx, act.by, stand_in, task)
        if act.hand is not Hand.ASSIGN:
            return None
        return self._assigned(tx, act, task, case)

    def _claimed(self, tx: Transaction, act: HandOver, task: Task, case: Case, stand_in: StandIn | None) -> str:
        """Whoever takes it; taken on behalf of a colleague it is theirs, so that nothing must be given back later."""
        if not roles.may_work(act.by, task):
            raise NotYours(task.role)
        if kept_out(self._house, tx, task, case) & {act.by.id, stand_in.login if stand_in else ""}:
            raise NotYours(task.role, "conflict")
        if stand_in is None and task.holder not in (None, act.by.id):
            raise TaskHeld(task.holder or "")
        require_away(self._house, tx, act.by, stand_in, task)
        if tx.has_left(act.by.id):
            raise NotFound
        return stand_in.login if stand_in else act.by.id

    def _assigned(self, tx: Transaction, act: HandOver, task: Task, case: Case) -> str:
        colleague = tx.user(act.to)
        if colleague is None or tx.has_left(act.to):
            raise NotFound
        roles.require_may_hold(act.to, colleague.posts, task, kept_out(self._house, tx, task, case))
        return act.to

    def _may_move(self, actor: Actor) -> bool:
        """Whether somebody moves the work of others: who supervises, and the system itself."""
        return bool(actor.roles & self._house.city.supervising) or actor.kind is ActorKind.SYSTEM


def given(act: str, to: str) -> Notice:
    """One mail for an act, however many tasks it gives."""
    return Notice(f"handed:{act}:{to}", f"{roles.USER}{to}", GIVEN)


def _hold(tx: Transaction, task: Task, holder: str | None) -> None:
    if not tx.hold_task(task.id, task.holder, holder):
        now_is = tx.task(task.id)
        raise TaskHeld((now_is and now_is.holder) or "")


def _why(refusal: Refusal, act: HandOver) -> tuple[NotHanded, str | None]:
    """A refusal as it is remembered, with the colleague in the way."""
    if isinstance(refusal, TaskGone):
        return NotHanded.GONE, refusal.by
    if isinstance(refusal, TaskHeld):
        return NotHanded.HELD if act.of is None else NotHanded.MOVED, refusal.holder or None
    if isinstance(refusal, NotYours):
        return _NOT_YOURS.get(refusal.reason, NotHanded.UNFIT), None
    raise refusal
