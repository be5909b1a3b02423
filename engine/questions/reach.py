"""Questions about how people are reached: behind the links of their letters, and on a case's own page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound
from engine.model import Party, PartyKind
from engine.questions.asking import Asking
from engine.verbs.proofs import confirmed_by, stopping
from engine.views import Contact, Letterhead, Reach, WayBack

if TYPE_CHECKING:
    from engine.store import Reads

_SHOWN = 3
"""Digits of a telephone number that are shown, from its end."""


class ReachQuestions(Asking):
    """Opening a letter's link asks and changes nothing: programs that look through mail open links too."""

    def stop_letter(self, token: str) -> Letterhead:
        """What a link to stop the news is about. Raises NotFound."""
        with self._house.store.read() as reads:
            return self._letterhead(reads, stopping(self._house, reads, token))

    def confirm_letter(self, token: str) -> tuple[Letterhead, str]:
        """What a link to confirm an address is about, and its channel. Raises NotFound."""
        with self._house.store.read() as reads:
            party, channel = confirmed_by(self._house, reads, token)
            return self._letterhead(reads, party), channel

    def way_back(self, token: str) -> WayBack:
        """Where a link to go on with a draft leads, and whether it still does. Raises NotFound."""
        with self._house.store.read() as reads:
            letter = reads.letter_by_secret(keys.hashed(token))
            if letter is None:
                raise NotFound
            draft = reads.draft(letter.draft_id)
            leads = draft is not None and letter.used_at is None and self._house.clock.now() < letter.until_at
        return WayBack(draft.service, leads, draft.language) if draft else WayBack("", leads)

    def _letterhead(self, reads: Reads, party: Party) -> Letterhead:
        case = reads.case(party.case_id)
        return Letterhead(case.reference, case.service, party.language, reach_of([party], party))


def reach_of(parties: Iterable[Party], mine: Party) -> Reach:
    """How one of the parties of a case is reached."""
    given = (("mail", mine.email, _masked_mail(mine.email)), ("text", mine.phone, _masked_phone(mine.phone)))
    contacts = tuple(Contact(channel, masked, mine.confirmed(where)) for channel, where, masked in given if where)
    by_proxy = any(party.kind is PartyKind.PROXY for party in parties)
    return Reach(mine.kind, contacts, mine.stopped_at is not None, by_proxy)


def _masked_mail(email: str) -> str:
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"


def _masked_phone(phone: str) -> str:
    return f"…{phone[-_SHOWN:]}"
