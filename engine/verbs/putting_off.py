"""Putting a task off until a day: it leaves the list of whoever holds it and comes back by itself. Moves no date.

Only the holder may. What nobody holds is everybody's, and nobody hides it from the others; passing a task on ends what
was noted there, because the next holder never asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from engine.errors import DayUnfit, NotFound
from engine.house import House
from engine.model import Actor, FollowUp, Task, days_to_put_off
from engine.store import Transaction
from engine.verbs.passing import MOST

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class PutOff:
    """What became of some tasks, in numbers. `shown` of those put off stay in the list: they fall due before."""

    done: int = 0
    shown: int = 0
    refused: int = 0


class PuttingOff:
    """Puts tasks off. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def put_off(self, task_ids: Iterable[str], until_on: date, note: str, by: Actor) -> PutOff:
        """Be reminded of tasks of one's own on a day, each in its own transaction; the same again changes nothing.

        At most MOST of them. Raises DayUnfit for a day that is too soon or too far.
        """
        now, until_at = self._house.clock.now(), datetime.combine(until_on, time.min, self._house.city.zone)
        first, last = days_to_put_off(self._house.city.calendar.on(now))
        if not first <= until_on <= last:
            raise DayUnfit(first, last)
        said = " ".join(note.split())[:LONGEST_NOTE]
        done = PutOff()
        for task_id in islice(dict.fromkeys(task_ids), MOST):
            done = self._put_off(FollowUp(task_id, by.id, until_at, said, now), by, done)
        return done

    def take_up(self, task_id: str, by: Actor) -> bool:
        """Have a task back in the list at once; False when it was not put off. Raises NotFound unless one holds it."""
        with self._house.store.write() as tx:
            task = self._own(tx, task_id, by)
            if task is None:
                raise NotFound
            if not tx.drop_follow_up(task_id):
                return False
            tx.add_audit(task.case_id, self._house.clock.now(), by, "take_up", task.element, {"task": task_id})
            return True

    def _put_off(self, wanted: FollowUp, by: Actor, done: PutOff) -> PutOff:
        with self._house.store.write() as tx:
            task = self._own(tx, wanted.task_id, by)
            if task is None:
                return PutOff(done.done, done.shown, done.refused + 1)
            before = tx.follow_up(task.id)
            if before is None or (before.by, before.until_at, before.note) != (by.id, wanted.until_at, wanted.note):
                tx.put_off(wanted)
                facts = {"task": task.id, "until": wanted.until_at.date().isoformat()}
                tx.add_audit(task.case_id, wanted.at, by, "put_off", task.element, facts)
        return PutOff(done.done + 1, done.shown + (not wanted.rests(task, wanted.at)), done.refused)

    def _own(self, tx: Transaction, task_id: str, by: Actor) -> Task | None:
        """The open task, if this colleague holds it."""
        try:
            tx.case_of_task_for_update(task_id)
        except NotFound:
            return None
        task = tx.task(task_id)
        return task if task and task.closed_at is None and task.holder == by.id else None
