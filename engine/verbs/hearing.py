"""A text message that came in: somebody asks how their case stands, or wants no news any more. Answers by the outbox.

Who asks is known by the telephone alone, so the answer goes to that telephone and says no more than a letter does. A
wrong telephone and an unknown reference get the same answer.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from engine import keys
from engine.house import House
from engine.model import Notice, Party
from engine.store import KeyTaken
from engine.texts import DEFAULT
from engine.throttle import count
from engine.verbs.news import PARTY
from engine.verbs.posting import loosely, write

if TYPE_CHECKING:
    from engine.store import Transaction

MOST_MESSAGES = 10
"""Messages of one telephone that are answered within the window; more are dropped."""
_ASKED = re.compile(r"\s*(?P<word>LACAK|BERHENTI|STOP)[\s:]+(?P<reference>[A-Z0-9]{2,10}-\d{4}-\d{1,9})\s*\.?\s*", re.I)


class Hearing:
    """Answers text messages. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def hear(self, phone: str, text: str, message_id: str = "") -> None:
        """Take a text message in. The same `message_id` again does nothing; too many of one telephone are dropped."""
        where, key = loosely(phone), f"pesan:{message_id}"
        try:
            with self._house.store.write() as tx:
                if message_id:
                    tx.remember(key, "hear", {}, self._house.clock.now())
                over = count(tx, f"hear:{keys.blind(self._house.key, where)}", MOST_MESSAGES, self._house.clock.now())
                if not over:
                    self._answer(tx, where, text)
        except KeyTaken:
            return

    def _answer(self, tx: Transaction, phone: str, text: str) -> None:
        asked = _ASKED.fullmatch(text)
        if asked is None:
            self._write_to_stranger(tx, phone, "lacak_cara")
            return
        party = self._party(tx, asked["reference"], phone)
        if party is None:
            self._write_to_stranger(tx, phone, "lacak_tidak_cocok")
        elif asked["word"].upper() == "LACAK":
            self._tell(tx, party, "lacak")
        else:
            self._stop(tx, party)
            self._tell(tx, party, "berhenti")

    def _party(self, tx: Transaction, reference: str, phone: str) -> Party | None:
        case = tx.case_by_reference(reference)
        parties = self._house.parties(tx, case.id if case else "")
        return next((party for party in parties if party.phone and party.phone == phone), None)

    def _stop(self, tx: Transaction, party: Party) -> None:
        if party.stopped_at is None:
            now = self._house.clock.now()
            tx.stop_news(party.id, now)
            tx.add_audit(party.case_id, now, party.actor, "stop_news", "", {"party": party.kind})

    def _tell(self, tx: Transaction, party: Party, text: str) -> None:
        key = f"{text}:{party.id}:{uuid.uuid4().hex}"
        notice = Notice(key, f"{PARTY}{party.id}", text, facts={"channel": "text"})
        tx.add_notices(party.case_id, [notice], self._house.clock.now())

    def _write_to_stranger(self, tx: Transaction, phone: str, text: str) -> None:
        write(self._house, tx, text, ("text", phone), DEFAULT, self._house.clock.now())
