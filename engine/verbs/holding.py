"""Who holds a task: taking it, putting it back, giving it to a colleague, one or many, and undoing that.

Each act remembers what it did to each task: the same request does nothing twice, its result can be shown, and whoever
did it can undo it for a while. Undoing is an act of its own that leads back to the former holder. Moves no date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine import keys, roles
from engine.errors import NotFound, NotYours, Refusal, TaskGone, TaskHeld, WindowClosed
from engine.house import House
from engine.model import UNDO_FOR, Actor, Case, Hand, Handed, NotHanded, Notice, Task
from engine.verbs.conflicts import kept_out

if TYPE_CHECKING:
    from engine.store import Transaction

MOST = 200
"""Tasks of one act: more than a page shows, few enough to wait for."""
GIVEN = "diserahkan"
"""Notice to a colleague: work was given to them."""
_NOT_YOURS = {"role": NotHanded.ROLE, "holder": NotHanded.NOT_HOLDER, "conflict": NotHanded.CONFLICT}


@dataclass(frozen=True, slots=True)
class HandOver:
    """One act as it was asked for. `to` and `reason` belong to assigning."""

    id: str
    hand: Hand
    by: Actor
    at: datetime
    to: str = ""
    reason: str = ""

    def done(self, task: Task, holder: str | None) -> Handed:
        return Handed(self.id, task.id, self.by.id, self.hand, self.at, task.holder, holder, self.reason)

    def refused(self, task_id: str, why: NotHanded, who: str | None) -> Handed:
        to = self.to or None
        return Handed(self.id, task_id, self.by.id, self.hand, self.at, None, to, self.reason, why, who)


class Holding:
    """Passes tasks on. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def claim(self, task_id: str, by: Actor, key: str = "") -> str:
        """Take a task that nobody holds; one's own is left as it is. Returns the act, by which it can be undone.

        Raises TaskGone, NotYours, or TaskHeld with who was quicker.
        """
        return self._pass_on(self._act(Hand.CLAIM, by, key), task_id)

    def release(self, task_id: str, by: Actor, key: str = "") -> str:
        """Put a task back into the role's list. Raises TaskGone; NotYours unless it is one's own or one supervises."""
        return self._pass_on(self._act(Hand.RELEASE, by, key), task_id)

    def assign(self, task_id: str, to: str, by: Actor, reason: str, key: str = "") -> str:
        """Give a task to a colleague whose posts cover it. Only its holder or a supervisor may. Raises as `release`."""
        return self._pass_on(self._act(Hand.ASSIGN, by, key, to, reason), task_id)

    def hand_over(self, task_ids: Iterable[str], hand: Hand, to: str, reason: str, by: Actor, key: str) -> str:
        """Do the same to many tasks, each in its own transaction; those that cannot be are remembered with the reason.

        Returns the act. The same key again goes on where it stopped. At most MOST tasks. Raises NotFound for a
        colleague there is not.
        """
        act = self._act(hand, by, key, to, reason)
        if hand is Hand.ASSIGN:
            with self._house.store.read() as reads:
                colleague = reads.user(to)
            if colleague is None or not colleague.active:
                raise NotFound
        for task_id in list(dict.fromkeys(task_ids))[:MOST]:
            try:
                self._pass_on(act, task_id)
            except NotFound:
                continue  # no such task: nobody chose it on a page of ours
            except Refusal as refusal:
                with self._house.store.write() as tx:
                    tx.add_not_handed(act.refused(task_id, *_why(refusal)))
        return act.id

    def undo(self, act: str, by: Actor) -> int:
        """Give every task of an act back to whoever held it before; how many. Again changes nothing.

        A task that was passed on or finished since stays as it is. Raises NotFound for the act of another, and
        WindowClosed when it was too long ago.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            rows = reads.handed(act)
        if not rows or rows[0].by != by.id:
            raise NotFound
        if now >= rows[0].at + UNDO_FOR:
            raise WindowClosed("undo", "over")
        return sum(self._undo(row, by, now) for row in rows if row.moved)

    def _act(self, hand: Hand, by: Actor, key: str, to: str = "", reason: str = "") -> HandOver:
        """The act a request asks for: the same request is the same act."""
        name = keys.hashed(f"{by.id}:{key or keys.random_token()}")[:32]
        return HandOver(name, hand, by, self._house.clock.now(), to, reason)

    def _pass_on(self, act: HandOver, task_id: str) -> str:
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(task_id)
            if tx.handed_already(act.id, task_id):
                return act.id
            task = tx.task(task_id)
            if task is None:
                raise NotFound
            holder = self._next_holder(tx, act, task, case)
            tx.add_handed(done := act.done(task, holder))
            if not done.moved:
                return act.id
            _hold(tx, task, holder)
            facts = {"from": task.holder, "to": holder, "reason": act.reason} if act.hand is Hand.ASSIGN else {}
            facts |= {"from": task.holder} if act.hand is Hand.RELEASE else {}
            tx.add_audit(case.id, act.at, act.by, act.hand.value, task.element, {"task": task.id, **facts})
            if act.hand is Hand.ASSIGN and holder != act.by.id:
                tx.add_notices(case.id, [_given(act.id, act.to)], act.at, act.at + UNDO_FOR)
        return act.id

    def _next_holder(self, tx: Transaction, act: HandOver, task: Task, case: Case) -> str | None:
        """Who holds the task after the act. Raises what forbids it."""
        if task.closed_at is not None:
            raise TaskGone(task.id, task.closed_by, task.closed_at)
        if act.hand is Hand.CLAIM:
            if not roles.may_work(act.by, task):
                raise NotYours(task.role)
            roles.require_may_hold(act.by.id, act.by.posts, task, kept_out(self._house, tx, task, case))
            if task.holder not in (None, act.by.id):
                raise TaskHeld(task.holder or "")
            return act.by.id
        if task.holder != act.by.id and not self._supervises(act.by):
            raise NotYours(task.role, "holder")
        if act.hand is Hand.RELEASE:
            return None
        colleague = tx.user(act.to)
        if colleague is None or not colleague.active:
            raise NotFound
        roles.require_may_hold(act.to, colleague.posts, task, kept_out(self._house, tx, task, case))
        return act.to

    def _undo(self, row: Handed, by: Actor, now: datetime) -> bool:
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(row.task_id)
            task = tx.task(row.task_id)
            untouched = tx.last_handed([row.task_id]).get(row.task_id) == row.line
            if task is None or not untouched or row.seen in kept_out(self._house, tx, task, case):
                return False
            if not tx.hold_task(row.task_id, row.holder, row.seen):
                return False
            tx.handed_undone(row.line, now)
            tx.drop_notice(_given(row.act, row.holder or "").key)
            facts = {"task": task.id, "what": row.hand.value, "from": row.holder, "to": row.seen}
            tx.add_audit(case.id, now, by, "undo", task.element, facts)
            return True

    def _supervises(self, actor: Actor) -> bool:
        known = self._house.city.roles
        return any(known[role].supervises for role in actor.roles if role in known)


def _given(act: str, to: str) -> Notice:
    """One mail for an act, however many tasks it gives."""
    return Notice(f"handed:{act}:{to}", f"user:{to}", GIVEN)


def _hold(tx: Transaction, task: Task, holder: str | None) -> None:
    if not tx.hold_task(task.id, task.holder, holder):
        now_is = tx.task(task.id)
        raise TaskHeld((now_is and now_is.holder) or "")


def _why(refusal: Refusal) -> tuple[NotHanded, str | None]:
    """A refusal as it is remembered, with the colleague in the way."""
    if isinstance(refusal, TaskGone):
        return NotHanded.GONE, refusal.by
    if isinstance(refusal, TaskHeld):
        return NotHanded.HELD, refusal.holder
    if isinstance(refusal, NotYours):
        return _NOT_YOURS.get(refusal.reason, NotHanded.UNFIT), None
    raise refusal
