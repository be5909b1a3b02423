"""Verbs that lead back to a draft from another browser: by a link in a mail or a code in a text message, once.

Whether an address has a draft is told to nobody: only to who reads what arrives there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import LinkUsed, NotFound, TooManyTries
from engine.house import House
from engine.model import Letter
from engine.throttle import WINDOW_S, count
from engine.verbs.posting import address, loosely, write

if TYPE_CHECKING:
    from engine.store import Reads, Transaction

MOST_CODES = 5
"""Codes that may be tried for one telephone within the window."""
MOST_LETTERS = 3
"""Letters to one address within the window."""
MOST_FROM = 20
"""What one source may try or ask for within the window."""
DOUBLE_CLICK = timedelta(seconds=30)
"""How long the request that used a link may come again."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft to go on with: its service and the token that this browser now holds as well."""

    service: str
    token: str


class Returning:
    """Leads back to drafts. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def send_way_back(self, draft_token: str, contact: str, source: str, key: str) -> None:
        """Send a way back to a draft: a link to a mailbox, a code to a telephone.

        Raises NotFound without a draft, AnswersRejected for what is no address, TooManyTries.
        """
        to, digest = address(contact), keys.hashed(draft_token)
        with self._house.store.write() as tx:
            draft = tx.draft(digest)
            if draft is None:
                raise NotFound
            over = self._written_too_often(tx, to[1], source)
            if not over and not tx.recall(f"lanjut:{digest}:{key}"):
                tx.remember(f"lanjut:{digest}:{key}", "lanjut", {}, self._house.clock.now())
                write(self._house, tx, "lanjut", to, draft.language, self._house.clock.now(), digest)
        if over:
            raise TooManyTries(WINDOW_S)

    def resume(self, token: str, key: str) -> Resumed:
        """Go on with a draft by the link of a letter. It works once; the same request may come twice.

        Raises NotFound for an unknown link, LinkUsed for one that was used, ran out, or whose draft is gone.
        """
        with self._house.store.write() as tx:
            letter = tx.letter_by_secret(keys.hashed(token))
            if letter is None:
                raise NotFound
            return self._resume(tx, letter, key)

    def resume_by_code(self, phone: str, code: str, source: str, key: str) -> Resumed:
        """The same by a telephone and the code that was sent to it.

        Raises NotFound for whatever does not fit, LinkUsed, and TooManyTries after five codes for one telephone.
        """
        now, where = self._house.clock.now(), keys.blind(self._house.key, loosely(phone))
        with self._house.store.write() as tx:
            over = count(tx, f"resume:{where}", MOST_CODES, now)
            over = count(tx, f"resume-from:{source}", MOST_FROM, now) or over
            fitting = [one for one in tx.letters_to(where) if self._fits(one, code.strip(), now)]
        if over:
            raise TooManyTries(WINDOW_S)
        if not fitting:
            raise NotFound
        with self._house.store.write() as tx:
            return self._resume(tx, tx.letter(fitting[0].id) or fitting[0], key)

    def send_again(self, contact: str, source: str) -> None:
        """Send a new way back to an address that had one, if its draft is still there. Raises TooManyTries.

        Nobody learns from it whether there was one.
        """
        where = loosely(contact)
        with self._house.store.write() as tx:
            over = self._written_too_often(tx, where, source)
            known = tx.letters_to(keys.blind(self._house.key, where))
            drafts = [one for one in known if tx.draft(one.draft_id)]
            if drafts and not over:
                self._write_like(tx, drafts[0])
        if over:
            raise TooManyTries(WINDOW_S)

    def send_link_again(self, token: str, source: str) -> None:
        """Send a new link to the mailbox of an old one, if its draft is still there. Raises NotFound, TooManyTries."""
        with self._house.store.write() as tx:
            letter = tx.letter_by_secret(keys.hashed(token))
            if letter is None:
                raise NotFound
            over = self._written_too_often(tx, letter.where_hash, source)
            if not over and tx.draft(letter.draft_id):
                self._write_like(tx, letter)
        if over:
            raise TooManyTries(WINDOW_S)

    def _resume(self, tx: Transaction, letter: Letter, key: str) -> Resumed:
        now, by = self._house.clock.now(), keys.hashed(key)
        draft = tx.draft(letter.draft_id)
        if draft is None or draft.nonce is None or letter.until_at <= now:
            raise LinkUsed
        if not tx.use_letter(letter.id, by, now) and not _again(tx, letter.id, by, now):
            raise LinkUsed
        return Resumed(draft.service, keys.draft_token(self._house.key, draft.nonce))

    def _fits(self, letter: Letter, code: str, now: datetime) -> bool:
        return now < letter.until_at and keys.same(keys.return_code(self._house.key, letter.nonce), code)

    def _write_like(self, tx: Transaction, letter: Letter) -> None:
        opened = self._house.addressed(letter)
        to = ("mail", opened.email) if opened.email else ("text", opened.phone)
        write(self._house, tx, "lanjut", to, letter.language, self._house.clock.now(), letter.draft_id)

    def _written_too_often(self, tx: Transaction, where: str, source: str) -> bool:
        now = self._house.clock.now()
        over = count(tx, f"lanjut:{keys.blind(self._house.key, where.casefold())}", MOST_LETTERS, now)
        return count(tx, f"lanjut-from:{source}", MOST_FROM, now) or over


def _again(reads: Reads, letter_id: str, by: str, now: datetime) -> bool:
    """Whether this very request used the letter a moment ago: a double click, not a second reader."""
    letter = reads.letter(letter_id)
    return bool(letter and letter.used_at and letter.used_by == by and now - letter.used_at <= DOUBLE_CLICK)
