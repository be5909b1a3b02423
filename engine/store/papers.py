"""Drafts, documents and permits as rows. The bytes lie elsewhere, under their hash; knows no file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, insert, literal_column, select, update

from engine.model import Case, Document, Json, Permit, PermitState

from .base import Connected, columns, values
from .cases import CASE
from .prepared import Prepared
from .rows import Draft
from .tables import cases, document, draft, permit

_DOCUMENT = columns(document, Document)
_WIDTH = len(_DOCUMENT)
_BY_ID = Prepared(
    select(*_DOCUMENT, document.c.case_id, document.c.draft_id).where(document.c.id == bindparam("document_id"))
)
_OF_CASE = Prepared(
    select(*_DOCUMENT).where(document.c.case_id == bindparam("case_id")).order_by(document.c.added_at, document.c.id)
)
_OF_DRAFT = Prepared(
    select(*_DOCUMENT).where(document.c.draft_id == bindparam("draft_id")).order_by(document.c.added_at, document.c.id)
)
_HOLDING = (
    select(document.c.sha256, *CASE)
    .join_from(document, cases, cases.c.id == document.c.case_id)
    .where(document.c.sha256.in_(bindparam("hashes", expanding=True)), cases.c.id != bindparam("but"))
    .distinct()
    .order_by(cases.c.started_at, cases.c.id)
    .limit(20)
)
_ADD = Prepared(insert(document))
_MOVE = Prepared(update(document).where(document.c.draft_id == bindparam("of_draft")))
_FORGET = delete(document).where(
    document.c.draft_id == bindparam("of_draft"), document.c.field.in_(bindparam("fields", expanding=True))
)
_DROP_OF_DRAFT = delete(document).where(document.c.draft_id == bindparam("of_draft"))

_DRAFT = Prepared(select(*columns(draft, Draft)).where(draft.c.id_hash == bindparam("id_hash")))
_STALE = select(draft.c.id_hash).where(draft.c.saved_at < bindparam("before", type_=draft.c.saved_at.type))
_ADD_DRAFT = Prepared(insert(draft))
_SAVE_DRAFT = Prepared(update(draft).where(draft.c.id_hash == bindparam("of_draft")))
_DROP_DRAFT = delete(draft).where(draft.c.id_hash == bindparam("of_draft"))

_PERMIT = columns(permit, Permit)
_PERMITS_OF_CASE = Prepared(
    select(*_PERMIT).where(permit.c.case_id == bindparam("case_id")).order_by(permit.c.issued_at, permit.c.version)
)
_BY_NUMBER = Prepared(select(*_PERMIT).where(permit.c.number == bindparam("number")).order_by(permit.c.version.desc()))
_ENDING = (
    select(*_PERMIT)
    .where(permit.c.state == bindparam("state"), permit.c.valid_until_on < bindparam("before_on"))
    .order_by(permit.c.valid_until_on, permit.c.number)
)
_NOT_PRINTED = permit.c.document_sha256 == literal_column("''")  # spelled out: the partial index is found by it
_UNPRINTED = select(*_PERMIT).where(_NOT_PRINTED).order_by(permit.c.issued_at).limit(bindparam("most"))
_STAMPED_WITH = select(func.count()).select_from(permit).where(permit.c.stamp.startswith(bindparam("opening")))
_ADD_PERMIT = insert(permit)
_SET_STATE = update(permit).where(
    permit.c.number == bindparam("of_number"), permit.c.version == bindparam("of_version")
)
_SET_PAPER = _SET_STATE.where(_NOT_PRINTED)


class PaperReads(Connected):
    """Questions about papers. None: there is no such thing."""

    def document(self, document_id: str) -> tuple[Document, str | None, str | None] | None:
        """The document, the case it lies in and the draft it lies in (one of the two)."""
        row = self._one(_BY_ID, document_id=document_id)
        return row and (Document(*row[:_WIDTH]), row[_WIDTH], row[_WIDTH + 1])

    def documents(self, case_id: str) -> tuple[Document, ...]:
        return tuple(Document(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def holding_bytes(self, hashes: Sequence[str], but: str) -> tuple[tuple[str, Case], ...]:
        """Cases other than one in which the same bytes lie, with the hash of each; the oldest twenty."""
        rows = self._all(_HOLDING, hashes=list(hashes), but=but) if hashes else ()
        return tuple((row[0], Case(*row[1:])) for row in rows)

    def draft_documents(self, id_hash: str) -> tuple[Document, ...]:
        return tuple(Document(*row) for row in self._all(_OF_DRAFT, draft_id=id_hash))

    def draft(self, id_hash: str) -> Draft | None:
        row = self._one(_DRAFT, id_hash=id_hash)
        return row and Draft(*row)

    def permits(self, case_id: str) -> tuple[Permit, ...]:
        return tuple(Permit(*row) for row in self._all(_PERMITS_OF_CASE, case_id=case_id))

    def permit(self, number: str) -> tuple[Permit, ...]:
        """Its versions, newest first; empty: never issued."""
        return tuple(Permit(*row) for row in self._all(_BY_NUMBER, number=number))

    def unprinted_permits(self, limit: int) -> tuple[Permit, ...]:
        """Issued and not yet on paper (without a document), the oldest first."""
        return tuple(Permit(*row) for row in self._all(_UNPRINTED, most=limit))

    def permits_ending(self, state: PermitState, before_on: date) -> tuple[Permit, ...]:
        """Permits in a state whose last day lies before `before_on`, the earliest first."""
        return tuple(Permit(*row) for row in self._all(_ENDING, state=state, before_on=before_on))

    def stamped_with(self, key_id: str) -> int:
        """How many papers a key has signed."""
        return int(self._value(_STAMPED_WITH, opening=f"1:{key_id}:"))


class PaperWrites(PaperReads):
    """Changing papers."""

    def add_document(self, added: Document, *, case_id: str | None = None, draft_id: str | None = None) -> None:
        """Lies in a case or in a draft. Raises ValueError unless exactly one is given."""
        if (case_id is None) == (draft_id is None):
            raise ValueError("a document lies in a case or in a draft")
        self._add(_ADD, [{**values(added), "case_id": case_id, "draft_id": draft_id}])

    def move_documents(self, draft_id: str, case_id: str) -> int:
        """From the draft into the case it became. How many."""
        return self._change(_MOVE, of_draft=draft_id, case_id=case_id, draft_id=None)

    def pass_documents(self, draft_id: str, to: str) -> int:
        """From one draft into another. How many."""
        return self._change(_MOVE, of_draft=draft_id, draft_id=to)

    def add_draft(
        self, id_hash: str, service: str, language: str, at: datetime, data_key: str = "", nonce: str | None = None
    ) -> None:
        began: dict[str, object] = {
            "answers": {},
            "data_key": data_key,
            "nonce": nonce,
            "started_at": at,
            "saved_at": at,
        }
        self._add(_ADD_DRAFT, [{"id_hash": id_hash, "service": service, "language": language, **began}])

    def save_draft(self, id_hash: str, answers: Json, at: datetime) -> bool:
        """False when there is no such draft any more."""
        return self._change(_SAVE_DRAFT, of_draft=id_hash, answers=answers, saved_at=at) == 1

    def forget_papers(self, draft_id: str, fields: Collection[str]) -> None:
        """Papers of a draft that were given to these questions."""
        if fields:
            self._change(_FORGET, of_draft=draft_id, fields=sorted(fields))

    def drop_draft(self, id_hash: str) -> None:
        """With the documents still lying in it."""
        self._change(_DROP_OF_DRAFT, of_draft=id_hash)
        self._change(_DROP_DRAFT, of_draft=id_hash)

    def drop_stale_drafts(self, before: datetime) -> int:
        """All not saved since. How many."""
        stale = [row[0] for row in self._all(_STALE, before=before)]
        for id_hash in stale:
            self.drop_draft(id_hash)
        return len(stale)

    def add_permit(self, issued: Permit) -> None:
        """The first version or a correction's next one; the same version twice is an error of the database."""
        self._add(_ADD_PERMIT, [{**values(issued), "state_at": issued.issued_at}])

    def set_permit_paper(self, number: str, version: int, sha256: str, stamp: str) -> bool:
        """The document of a version and the stamp on it. False when it has one already, or is not there."""
        paper = {"document_sha256": sha256, "stamp": stamp}
        return self._change(_SET_PAPER, of_number=number, of_version=version, **paper) == 1

    def set_permit_state(
        self,
        number: str,
        version: int,
        state: PermitState,
        at: datetime,
        *,
        by: str = "",
        ground: str = "",
        replaced_by: str | None = None,
    ) -> bool:
        """What a version is from `at` on, and what is told of why. False when there is no such version."""
        told = {"state_at": at, "state_by": by, "state_ground": ground, "replaced_by": replaced_by}
        return self._change(_SET_STATE, of_number=number, of_version=version, state=state, **told) == 1
