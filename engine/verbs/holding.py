"""Who holds a task: taking it, putting it back, giving it to a colleague, one or many, and undoing that.

Each act remembers what it did to each task: the same request does nothing twice, its result can be shown, and whoever
did it can undo it for a while. Undoing is an act of its own that leads back to the former holder. Moves no date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.errors import NotFound, WindowClosed
from engine.model import UNDO_FOR, Actor, Hand, Handed
from engine.verbs.conflicts import kept_out
from engine.verbs.passing import Passing, given


class Holding(Passing):
    """Passes tasks on. Part of the engine's front."""

    def claim(self, task_id: str, by: Actor, key: str = "") -> str:
        """Take a task that nobody holds; one's own is left as it is. Returns the act, by which it can be undone.

        What is taken for a colleague one stands in for is held by that colleague. Raises TaskGone, NotYours, or
        TaskHeld with who was quicker.
        """
        return self._pass_on(self._act(Hand.CLAIM, by, key), task_id)

    def release(self, task_id: str, by: Actor, key: str = "") -> str:
        """Put a task back into the role's list. Raises TaskGone; NotYours unless it is one's own or one supervises."""
        return self._pass_on(self._act(Hand.RELEASE, by, key), task_id)

    def assign(self, task_id: str, to: str, by: Actor, reason: str, key: str = "") -> str:
        """Give a task to a colleague whose posts cover it. Only its holder or a supervisor may. Raises as `release`.

        NotYours (`conflict`): a rule of the diagram keeps the colleague out of it.
        """
        return self._pass_on(self._act(Hand.ASSIGN, by, key, to, reason), task_id)

    def hand_over(
        self, task_ids: Iterable[str], hand: Hand, to: str, reason: str, by: Actor, key: str, of: str | None = None
    ) -> str:
        """Do the same to many tasks, each in its own transaction; those that cannot be are remembered with the reason.

        Returns the act. The same key again goes on where it stopped. At most MOST tasks. `of`: only those that this
        colleague still holds. Raises NotFound for a colleague there is not.
        """
        if hand is Hand.ASSIGN:
            self._require_here([to])
        return self._pass_all(self._act(hand, by, key, to, reason, of), ((task_id, to) for task_id in task_ids))

    def share_out(self, plan: Mapping[str, str], reason: str, by: Actor, key: str, of: str | None = None) -> str:
        """Give each task of a plan to the colleague it names. Otherwise as `hand_over`."""
        self._require_here(set(plan.values()))
        return self._pass_all(self._act(Hand.ASSIGN, by, key, "", reason, of), plan.items())

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
        if now >= rows[0].at + UNDO_FOR or rows[0].hand is Hand.LEAVE:
            raise WindowClosed("undo", "over")
        return sum(self._undo(row, by, now) for row in rows if row.moved)

    def _undo(self, row: Handed, by: Actor, now: datetime) -> bool:
        with self._house.store.write() as tx:
            case = tx.case_of_task_for_update(row.task_id)
            task = tx.task(row.task_id)
            untouched = tx.last_handed([row.task_id]).get(row.task_id) == row.line
            before = None if row.seen is None or tx.has_left(row.seen) else row.seen
            if task is None or not untouched or row.seen in kept_out(self._house, tx, task, case):
                return False
            if not tx.hold_task(row.task_id, row.holder, before):
                return False
            tx.handed_undone(row.line, now)
            tx.drop_notice(given(row.act, row.holder or "").key)
            facts = {"task": task.id, "what": row.hand.value, "from": row.holder, "to": before}
            tx.add_audit(case.id, now, by, "undo", task.element, facts)
            return True

    def _require_here(self, logins: Iterable[str]) -> None:
        with self._house.store.read() as reads:
            found = [reads.user(login) for login in logins]
        if any(user is None or not user.active for user in found):
            raise NotFound
