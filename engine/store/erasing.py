"""What forgetting a person means in rows: keys, contacts and papers go, the case and its chain stay. Knows no term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select, update

from engine.model import Json, PermitState

from .base import Connected, unless_there
from .columns import Instant
from .tables import cases, discarded, document, draft, erasure, permit, proposed_release, publication, task_draft

_IN_FORCE = (PermitState.ACTIVE, PermitState.EXPIRING, PermitState.SUSPENDED)
_HOLDS = exists().where(permit.c.case_id == cases.c.id, permit.c.state.in_(_IN_FORCE))
_KEPT = (
    select(cases.c.id)
    .where(
        cases.c.ended_at.is_not(None),
        cases.c.erased_at.is_(None),
        cases.c.service == bindparam("service"),
        cases.c.ended_at < bindparam("before", type_=Instant()),
        ~_HOLDS,
    )
    .order_by(cases.c.ended_at, cases.c.id)
    .limit(bindparam("most"))
)
_KEPT_ASKED = _KEPT.where(exists().where(erasure.c.case_id == cases.c.id))
_ASKED_AT = select(erasure.c.asked_at).where(erasure.c.case_id == bindparam("case_id"))
_ADD_ASKED = unless_there(erasure)
_SHRED = (
    update(cases)
    .where(cases.c.id == bindparam("of_case"))
    .values(data_key="", email="", phone="")  # every seal of the case is waste paper from here on
)
_DROP_DRAFTS = delete(task_draft).where(task_draft.c.case_id == bindparam("of_case"))
_DROP_PROPOSED = delete(proposed_release).where(proposed_release.c.case_id == bindparam("of_case"))
_CLEAR_PHOTOS = update(publication).where(publication.c.case_id == bindparam("of_case")).values(photos=[])
_PAPERS = select(document.c.sha256).where(
    document.c.case_id == bindparam("of_case"), document.c.origin.in_(("citizen", "issued", "public"))
)
_DROP_PAPERS = delete(document).where(
    document.c.case_id == bindparam("of_case"), document.c.origin.in_(("citizen", "issued", "public"))
)
_OF_DRAFT = select(document.c.sha256).where(document.c.draft_id == bindparam("of_draft"))
_STALE = select(draft.c.id_hash).where(draft.c.saved_at < bindparam("before", type_=Instant()))
_ADD_DISCARDED = unless_there(discarded)
_WASTE = select(discarded.c.sha256, exists().where(document.c.sha256 == discarded.c.sha256)).limit(bindparam("most"))
_FORGET_WASTE = delete(discarded).where(discarded.c.sha256 == bindparam("sha256"))
_SET_FACTS = update(permit).where(
    permit.c.number == bindparam("of_number"), permit.c.version == bindparam("of_version")
)


class ErasingReads(Connected):
    """Questions about what is to be forgotten."""

    def cases_to_forget(self, service: str, ended_before: datetime, limit: int) -> tuple[str, ...]:
        """Ended, not erased, without a permit in force: the longest ended first."""
        return tuple(row[0] for row in self._all(_KEPT, service=service, before=ended_before, most=limit))

    def cases_asked_to_forget(self, service: str, ended_before: datetime, limit: int) -> tuple[str, ...]:
        """Of these only those whose applicants asked for it."""
        return tuple(row[0] for row in self._all(_KEPT_ASKED, service=service, before=ended_before, most=limit))

    def erasure_asked_at(self, case_id: str) -> datetime | None:
        found: datetime | None = self._value(_ASKED_AT, case_id=case_id)
        return found

    def waste(self, limit: int) -> tuple[tuple[str, bool], ...]:
        """Hashes of bytes that somebody let go of, and whether somebody else still holds them."""
        return tuple((row[0], bool(row[1])) for row in self._all(_WASTE, most=limit))


class ErasingWrites(ErasingReads):
    """Forgetting."""

    def ask_erasure(self, case_id: str, at: datetime) -> None:
        """Asking twice is asking once."""
        self._add(_ADD_ASKED[self._dialect], [{"case_id": case_id, "asked_at": at}])

    def shred(self, case_id: str) -> int:
        """Throw away the case's key, its contacts, what the citizen sent and what was printed. How many papers."""
        self._change(_SHRED, of_case=case_id)
        self._change(_DROP_DRAFTS, of_case=case_id)
        self._change(_DROP_PROPOSED, of_case=case_id)
        self._change(_CLEAR_PHOTOS, of_case=case_id)
        hashes = [row[0] for row in self._all(_PAPERS, of_case=case_id)]
        self._change(_DROP_PAPERS, of_case=case_id)
        self.discard(hashes)
        return len(hashes)

    def discard(self, hashes: Iterable[str]) -> None:
        """Note bytes that are to go, in the transaction that lets go of them: a crash after it loses nothing."""
        self._add(_ADD_DISCARDED[self._dialect], [{"sha256": one} for one in dict.fromkeys(hashes)])

    def discard_of_stale_drafts(self, before: datetime) -> None:
        """The same for the papers of drafts not saved since."""
        for row in self._all(_STALE, before=before):
            self.discard(one[0] for one in self._all(_OF_DRAFT, of_draft=row[0]))

    def forget_waste(self, sha256: str) -> None:
        self._change(_FORGET_WASTE, sha256=sha256)

    def set_permit_facts(self, number: str, version: int, facts: Json) -> None:
        self._change(_SET_FACTS, of_number=number, of_version=version, facts=dict(facts))
