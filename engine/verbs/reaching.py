"""Verbs about how people are reached: confirm an address, stop the news, have a lost link sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.house import House
from engine.model import Notice, Party
from engine.throttle import WINDOW_S, count
from engine.verbs.news import PARTY
from engine.verbs.posting import loosely
from engine.verbs.proofs import code_for, confirmed_by, stopping

if TYPE_CHECKING:
    from engine.store import Transaction

MOST_CODES = 5
"""Codes that may be tried for one party within the window."""
MOST_LETTERS = 3
"""Letters that one party, or one address, can ask for within the window."""
MOST_FROM = 20
"""What one source can ask for within the window."""


class Reaching:
    """Looks after the addresses of people. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def confirm(self, token: str) -> None:
        """That a link reached somebody: the address is theirs. Raises NotFound. Twice is once."""
        with self._house.store.write() as tx:
            party, channel = confirmed_by(self._house, tx, token)
            self._confirm(tx, party, channel)

    def confirm_by_code(self, link: str, code: str) -> None:
        """The same by the code in a text message, for who holds a link of the case.

        Raises NotFound for a wrong code and TooManyTries after five.
        """
        with self._house.store.write() as tx:
            party = self._house.party_by_link(tx, link)
            over = count(tx, f"confirm:{party.id}", MOST_CODES, self._house.clock.now())
            right = party.phone and keys.same(code_for(self._house.key, party, party.phone), code.strip())
            if right and not over:
                self._confirm(tx, party, "text")
        if over:
            raise TooManyTries(WINDOW_S)
        if not right:
            raise NotFound

    def ask_to_confirm(self, link: str, channel: str, key: str) -> None:
        """Send the link or code that confirms an address once more. Raises NotFound and TooManyTries."""
        with self._house.store.write() as tx:
            party = self._house.party_by_link(tx, link)
            if tx.recall(f"{party.id}:{key}"):
                return
            over = count(tx, f"confirm-letter:{party.id}", MOST_LETTERS, self._house.clock.now())
            if not over:
                tx.remember(f"{party.id}:{key}", "confirm", {}, self._house.clock.now())
                self._write_to(tx, party, "konfirmasi", channel, key)
        if over:
            raise TooManyTries(WINDOW_S)

    def stop(self, token: str) -> None:
        """No news of stages any more, by the link in a mail. Raises NotFound. Twice is once."""
        with self._house.store.write() as tx:
            self._set_news(tx, stopping(self._house, tx, token), wanted=False)

    def start_again(self, token: str) -> None:
        """News again, by the same link. Raises NotFound."""
        with self._house.store.write() as tx:
            self._set_news(tx, stopping(self._house, tx, token), wanted=True)

    def stop_news(self, link: str) -> None:
        """The same as `stop` for who holds a link of the case. Raises NotFound."""
        with self._house.store.write() as tx:
            self._set_news(tx, self._house.party_by_link(tx, link), wanted=False)

    def want_news(self, link: str) -> None:
        """The same as `start_again` for who holds a link of the case. Raises NotFound."""
        with self._house.store.write() as tx:
            self._set_news(tx, self._house.party_by_link(tx, link), wanted=True)

    def send_link(self, reference: str, contact: str, source: str, key: str) -> None:
        """Send a lost link to an address that was confirmed for the case; whatever else was typed sends nothing.

        Nobody learns from it which references and addresses belong together. Raises TooManyTries.
        """
        now, typed = self._house.clock.now(), loosely(contact)
        with self._house.store.write() as tx:
            case = tx.case_by_reference(reference)
            over = count(tx, f"lost:{keys.blind(self._house.key, typed)}", MOST_LETTERS, now)
            over = count(tx, f"lost-from:{source}", MOST_FROM, now) or over
            for party in self._house.parties(tx, case.id if case else ""):
                if party.holds_link and party.confirmed(typed) and not over:
                    self._write_to(tx, party, "tautan", "mail" if "@" in typed else "text", key)
        if over:
            raise TooManyTries(WINDOW_S)

    def _confirm(self, tx: Transaction, party: Party, channel: str) -> None:
        where = party.email if channel == "mail" else party.phone
        if not party.confirmed(where):
            tx.confirm_contact(party.id, channel, self._house.clock.now())
            self._record(tx, party, "confirm_contact", channel=channel)

    def _set_news(self, tx: Transaction, party: Party, *, wanted: bool) -> None:
        if wanted == (party.stopped_at is not None):
            tx.stop_news(party.id, None if wanted else self._house.clock.now())
            self._record(tx, party, "want_news" if wanted else "stop_news")

    def _write_to(self, tx: Transaction, party: Party, text: str, channel: str, key: str) -> None:
        notice = Notice(f"{text}:{party.id}:{key}", f"{PARTY}{party.id}", text, facts={"channel": channel})
        tx.add_notices(party.case_id, [notice], self._house.clock.now())
        self._record(tx, party, "write", channel=channel, text=text)

    def _record(self, tx: Transaction, party: Party, verb: str, **facts: str) -> None:
        tx.add_audit(party.case_id, self._house.clock.now(), party.actor, verb, "", {"party": party.kind, **facts})
