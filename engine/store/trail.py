"""The audit trail: entries are chained as they are added and written in one go. Knows nothing of why they are added."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.errors import NotFound
from engine.model import Actor, AuditEntry, Json

from . import chain
from .base import Connected, columns, values
from .prepared import Prepared
from .rows import Head
from .tables import audit, cases

_OF_CASE = Prepared(
    select(*columns(audit, AuditEntry)).where(audit.c.case_id == bindparam("case_id")).order_by(audit.c.seq)
)
_ACTED = (
    select(audit.c.case_id, audit.c.actor)
    .where(audit.c.case_id.in_(bindparam("ids", expanding=True)), audit.c.verb != bindparam("but"))
    .distinct()
)
_HEAD = select(cases.c.head_seq, cases.c.head_hash).where(cases.c.id == bindparam("case_id"))
_HEAD_LOCKED = _HEAD.with_for_update(key_share=True)
_ADD = Prepared(insert(audit))
_SET_HEAD = update(cases).where(cases.c.id == bindparam("of_case"))
_CASE_IDS = select(cases.c.id, cases.c.reference).order_by(cases.c.id)


class TrailReads(Connected):
    """Questions about the trail."""

    def audit(self, case_id: str) -> tuple[AuditEntry, ...]:
        return tuple(AuditEntry(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def acted_in(self, case_ids: Collection[str], but: str) -> dict[str, set[str]]:
        """By case the ids of everybody who ever acted in it by another verb than `but`."""
        found: dict[str, set[str]] = {case_id: set() for case_id in case_ids}
        for case_id, actor in self._all(_ACTED, ids=list(found), but=but) if found else ():
            found[case_id].add(actor.partition(":")[2])
        return found

    def head(self, case_id: str) -> Head:
        """Raises NotFound."""
        return self._head_by(_HEAD, case_id)

    def audit_problems(self) -> Iterator[tuple[str, list[str]]]:
        """Every case by reference with what is wrong with its chain; most lists are empty."""
        for case_id, reference in self._all(_CASE_IDS):
            yield reference, chain.verify(self.audit(case_id), self.head(case_id))

    def _head_by(self, statement: Any, case_id: str) -> Head:
        row = self._one(statement, case_id=case_id)
        if row is None:
            raise NotFound(case_id)
        return Head(*row)


class TrailWrites(TrailReads):
    """Adding to the trail. Entries wait in memory until the case is saved or the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._heads: dict[str, Head] = {}
        self._unwritten: list[dict[str, Any]] = []
        self._moved: set[str] = set()

    def add_audit(
        self, case_id: str, at: datetime, actor: Actor, verb: str, element: str = "", facts: Json | None = None
    ) -> AuditEntry:
        """Chain an entry to the case's last one. Locks the case row, since two writers cannot both be the next.

        `actor` is stored as `kind:id`, without a name. Call it before `save_case`, which then writes the head along.
        """
        head = self._heads.get(case_id) or self._head_by(_HEAD_LOCKED, case_id)
        unlinked = AuditEntry(
            case_id, head.seq + 1, at, f"{actor.kind}:{actor.id}", verb, element, facts or {}, head.hash, ""
        )
        entry = replace(unlinked, hash=chain.hash_of(unlinked))
        self._unwritten.append(values(entry))
        self._heads[case_id] = Head(entry.seq, entry.hash)
        self._moved.add(case_id)
        return entry

    def audit(self, case_id: str) -> tuple[AuditEntry, ...]:
        self.flush()
        return super().audit(case_id)

    def head(self, case_id: str) -> Head:
        self.flush()
        return super().head(case_id)

    def flush(self) -> None:
        """Write what waits in memory. `Store.write` does it before it commits."""
        self._add(_ADD, self._unwritten)
        self._unwritten = []
        for case_id in sorted(self._moved):
            self._change(_SET_HEAD, of_case=case_id, **self._take_head(case_id))

    def _take_head(self, case_id: str) -> dict[str, Any]:
        """The moved head of a case as column values, to be written by whoever asked; empty when it did not move."""
        if case_id not in self._moved:
            return {}
        self._moved.discard(case_id)
        head = self._heads[case_id]
        return {"head_seq": head.seq, "head_hash": head.hash}
