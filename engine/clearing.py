"""Tells those who were told of a delay that it is over. Moves no case and no date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.house import House
from engine.model import THE_CLOCK, Notice
from engine.texts import CLEARED

if TYPE_CHECKING:
    from engine.model import Escalation

MOST_AT_ONCE = 200


class Clearing:
    """A part of each beat. Any number may run on one store: what is over is asked again while the case is locked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def clear(self) -> int:
        """Tell the roles of every escalation whose ground is gone; returns of how many cases."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.clearable(now, MOST_AT_ONCE)
        return sum(self._case(case_id) for case_id in dict.fromkeys(one.case_id for one in found))

    def _case(self, case_id: str) -> bool:
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            if tx.case_if_free(case_id) is None:
                return False
            over = tx.clearable(now, MOST_AT_ONCE, case_id)
            if not over:
                return False
            told = {(one.role, one.unit): one for one in over}
            tx.clear_escalations([one.line for one in over], now)
            tx.add_notices(case_id, [_notice(one) for one in told.values()], now)
            tx.add_audit(case_id, now, THE_CLOCK, "clear")
            return True


def _notice(over: Escalation) -> Notice:
    return Notice(f"{over.case_id}:cleared:{over.line}", over.role, CLEARED, over.unit)
