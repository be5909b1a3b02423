"""Following somebody else's complaint instead of sending the same one again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.house import House
from engine.model import Notice, Party, PartyKind
from engine.throttle import WINDOW_S, count
from engine.verbs.news import PARTY
from engine.verbs.posting import address

if TYPE_CHECKING:
    from engine.model import Case
    from engine.store import Transaction

MOST_LETTERS = 3
"""Cases that one address can be asked to follow within the window."""
MOST_FROM = 20
"""The same for one source."""


class Joining:
    """Lets people follow. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def follow_case(self, reference: str, contact: str, language: str, source: str, draft_token: str = "") -> None:
        """Tell somebody of another's case from now on, once they confirm the address. Their draft is dropped.

        Raises NotFound unless the case is one that can be followed, AnswersRejected for what is no address, and
        TooManyTries. Following twice is following once, and looks the same.
        """
        to, now = address(contact), self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._followable(tx, reference)
            over = count(tx, f"follow:{keys.blind(self._house.key, to[1].casefold())}", MOST_LETTERS, now)
            over = count(tx, f"follow-from:{source}", MOST_FROM, now) or over
            if not over:
                self._follow(tx, case, to, language)
                if draft_token:
                    tx.drop_draft(keys.hashed(draft_token))
        if over:
            raise TooManyTries(WINDOW_S)

    def _followable(self, tx: Transaction, reference: str) -> Case:
        case = tx.case_by_reference(reference)
        if case is None or case.confidential or case.ended_at:
            raise NotFound
        if self._house.entry(tx, case.version).definition.facts.similar is None:
            raise NotFound
        return tx.case_for_update(case.id)

    def _follow(self, tx: Transaction, case: Case, to: tuple[str, str], language: str) -> None:
        channel, where = to
        parties = self._house.parties(tx, case.id)
        known = next((one for one in parties if where in (one.email, one.phone) and not one.holds_link), None)
        party = known or self._added(tx, case, to, language)
        key = f"ikut:{party.id}:{uuid.uuid4().hex}"
        notice = Notice(key, f"{PARTY}{party.id}", "ikut", facts={"channel": channel})
        tx.add_notices(case.id, [notice], self._house.clock.now())

    def _added(self, tx: Transaction, case: Case, to: tuple[str, str], language: str) -> Party:
        channel, where = to
        now, sealed = self._house.clock.now(), self._house.own_seal(tx, case.id).close_text(where)
        party = Party(
            id=uuid.uuid4().hex,
            case_id=case.id,
            kind=PartyKind.FOLLOWER,
            nonce=keys.nonce(),
            secret_hash=None,
            email=sealed if channel == "mail" else "",
            phone=sealed if channel == "text" else "",
            language=language,
        )
        tx.add_party(party, now)
        tx.add_audit(case.id, now, party.actor, "follow", "", {"party": party.kind})
        return party
