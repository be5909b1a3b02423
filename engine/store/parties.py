"""Parties of a case and letters without one, as rows: the only statements that touch people's addresses.

Whoever asked stands in `cases`, everybody else in `party`; questions read both as one list. Addresses come and go
sealed: `House` opens and closes them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal, select, union_all, update

from engine.errors import NotFound
from engine.model import Letter, Party, PartyKind

from .base import Connected, columns, names, values
from .columns import Word
from .prepared import Prepared
from .tables import cases, letter, party

_OWN: dict[str, Any] = {
    **{column.name: column for column in cases.c},
    "case_id": cases.c.id.label("case_id"),
    "kind": literal(PartyKind.APPLICANT, Word(PartyKind)).label("kind"),
}
_APPLICANT = [_OWN[name] for name in names(Party)]
_OTHER = [cases.c.data_key if name == "data_key" else party.c[name] for name in names(Party)]


def _both(own: Any, others: Any) -> Prepared:
    """The applicant first, then the others in the order in which they came."""
    found = union_all(
        select(*_APPLICANT, literal(0).label("place")).where(own),
        select(*_OTHER, literal(1).label("place")).join_from(party, cases).where(others),
    ).subquery()
    return Prepared(select(*(found.c[name] for name in names(Party))).order_by(found.c.place, found.c.id))


_OF_CASE = _both(cases.c.id == bindparam("case_id"), party.c.case_id == bindparam("case_id"))
_BY_ID = _both(cases.c.id == bindparam("party_id"), party.c.id == bindparam("party_id"))
_BY_SECRET = _both(cases.c.secret_hash == bindparam("secret_hash"), party.c.secret_hash == bindparam("secret_hash"))
_ADD = Prepared(insert(party))
_SET = (
    update(cases).where(cases.c.id == bindparam("of_id")),
    update(party).where(party.c.id == bindparam("of_id")),
)

_LETTER = columns(letter, Letter)
_LETTER_BY_ID = Prepared(select(*_LETTER).where(letter.c.id == bindparam("letter_id")))
_LETTER_BY_SECRET = Prepared(select(*_LETTER).where(letter.c.secret_hash == bindparam("secret_hash")))
_LETTERS_TO = Prepared(
    select(*_LETTER)
    .where(letter.c.where_hash == bindparam("where_hash"), letter.c.draft_id != "")
    .order_by(letter.c.added_at.desc(), letter.c.id)
)
_ADD_LETTER = Prepared(insert(letter))
_USE_LETTER = update(letter).where(letter.c.id == bindparam("of_id"), letter.c.used_at.is_(None))
_DROP_LETTERS = delete(letter).where(letter.c.until_at < bindparam("before", type_=letter.c.until_at.type))


class PartyReads(Connected):
    """Questions about who is told, and where."""

    def parties(self, case_id: str) -> tuple[Party, ...]:
        """Everybody of a case, whoever asked first."""
        return tuple(Party(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def party(self, party_id: str) -> Party:
        """By its own id, or by a case's for whoever asked. Raises NotFound."""
        return self._party(_BY_ID, party_id=party_id)

    def party_by_secret(self, secret_hash: str) -> Party:
        """Who holds a link. Raises NotFound."""
        return self._party(_BY_SECRET, secret_hash=secret_hash)

    def letter(self, letter_id: str) -> Letter | None:
        row = self._one(_LETTER_BY_ID, letter_id=letter_id)
        return row and Letter(*row)

    def letter_by_secret(self, secret_hash: str) -> Letter | None:
        row = self._one(_LETTER_BY_SECRET, secret_hash=secret_hash)
        return row and Letter(*row)

    def letters_to(self, where_hash: str) -> tuple[Letter, ...]:
        """Ways back to drafts that went to one address, the newest first."""
        return tuple(Letter(*row) for row in self._all(_LETTERS_TO, where_hash=where_hash))

    def _party(self, statement: Prepared, **given: str) -> Party:
        row = self._one(statement, **given)
        if row is None:
            raise NotFound
        return Party(*row)


class PartyWrites(PartyReads):
    """Changing who is told, and where."""

    def add_party(self, added: Party, at: datetime) -> None:
        """Another party of a case, sealed under its key. Whoever asked comes with `add_case`."""
        given = {name: value for name, value in values(added).items() if name != "data_key"}
        self._add(_ADD, [{**given, "added_at": at}])

    def set_contact(self, party_id: str, *, email: str, phone: str) -> None:
        """New addresses, confirmed by nobody yet."""
        self._set(party_id, email=email, phone=phone, email_confirmed_at=None, phone_confirmed_at=None)

    def confirm_contact(self, party_id: str, channel: str, at: datetime) -> None:
        """That the `mail` or the `text` address is the party's own."""
        self._set(party_id, **{"email_confirmed_at" if channel == "mail" else "phone_confirmed_at": at})

    def stop_news(self, party_id: str, at: datetime | None) -> None:
        """No news of stages from now on; None: again."""
        self._set(party_id, stopped_at=at)

    def add_letter(self, added: Letter) -> None:
        self._add(_ADD_LETTER, [values(added)])

    def use_letter(self, letter_id: str, by: str, at: datetime) -> bool:
        """False when it was used before: of two at once one wins."""
        return self._change(_USE_LETTER, of_id=letter_id, used_at=at, used_by=by) == 1

    def drop_letters(self, before: datetime) -> int:
        """Those that lead nowhere any more. How many."""
        return self._change(_DROP_LETTERS, before=before)

    def _set(self, party_id: str, **changed: Any) -> None:
        for statement in _SET:
            if self._change(statement, of_id=party_id, **changed):
                return
