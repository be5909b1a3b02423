"""The office's own record: acts that concern no single case, chained by hash as the trail of a case is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from engine.model import Actor, Json, OfficeAct

from . import chain
from .base import Connected, columns, values
from .keys import KeyWrites
from .rows import Head
from .tables import office_act, series

SERIES = "office-act"
"""The series that numbers the record. Its row is the lock of whoever writes next, and tells when a tail is cut off."""

_ACT = columns(office_act, OfficeAct)
_ALL = select(*_ACT).order_by(office_act.c.seq)
_HASH = select(office_act.c.hash).where(office_act.c.seq == bindparam("seq"))
_LAST = select(series.c.last).where(series.c.name == SERIES)
_ADD = insert(office_act)


class ActReads(Connected):
    """Questions about the office's record."""

    def office_acts(self) -> tuple[OfficeAct, ...]:
        """All of it, the oldest first."""
        return tuple(OfficeAct(*row) for row in self._all(_ALL))

    def office_problems(self) -> list[str]:
        """What is wrong with the chain, one sentence each; empty when it is whole."""
        acts = self.office_acts()
        last = int(self._value(_LAST) or 0)
        ends = acts[-1].hash if acts and acts[-1].seq == last else ""
        head = Head(last, ends if last else chain.GENESIS)
        return chain.verify(acts, head)


class ActWrites(KeyWrites, ActReads):
    """Adding to the office's record."""

    def add_office_act(self, at: datetime, actor: Actor, verb: str, subject: str, facts: Json) -> OfficeAct:
        """Chain an act to the one before. `actor` is stored as `kind:id`; `facts` name no citizen."""
        seq = self.next_number(SERIES)
        previous = self._value(_HASH, seq=seq - 1) if seq > 1 else chain.GENESIS
        unlinked = OfficeAct(seq, at, f"{actor.kind}:{actor.id}", verb, subject, facts, str(previous))
        act = replace(unlinked, hash=chain.hash_of(unlinked))
        self._add(_ADD, [values(act)])
        return act
