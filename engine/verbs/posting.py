"""Writing to somebody who has no case: an address, a text, and the letter that keeps both until it has arrived."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import AnswersRejected
from engine.forms import formats
from engine.model import FieldProblem, Letter, Notice

if TYPE_CHECKING:
    from engine.house import House
    from engine.store import Transaction

LETTER = "letter"
"""The fact of a notice that names its letter."""
TO_LETTER = "@letter"
"""Addressee of a notice to somebody without a case."""
LINK_HOLDS = timedelta(days=14)
"""As long as a draft is kept."""
CODE_HOLDS = timedelta(minutes=15)


def address(typed: str) -> tuple[str, str]:
    """What was typed as `(mail | text, address as it is kept)`. Raises AnswersRejected for what is neither."""
    channel, form = ("mail", "email") if "@" in typed else ("text", "phone-id")
    kept = formats.normal(form, typed.strip())
    if not formats.fits(form, kept):
        raise AnswersRejected([FieldProblem("kontak", "contact")])
    return channel, kept


def loosely(typed: str) -> str:
    """The same for finding by, when it may be anything: no two spellings of one address differ."""
    return formats.normal("email" if "@" in typed else "phone-id", typed.strip()).casefold()


def write(
    house: House, tx: Transaction, text: str, to: tuple[str, str], language: str, now: datetime, draft_id: str = ""
) -> None:
    """Put a letter into the outbox. `draft_id`: it leads back to that draft, once."""
    channel, where = to
    nonce, data_key = keys.nonce(), house.fresh_key()
    sealed = house.seal_under(data_key).close_text(where)
    letter = Letter(
        id=uuid.uuid4().hex,
        draft_id=draft_id,
        email=sealed if channel == "mail" else "",
        phone=sealed if channel == "text" else "",
        language=language,
        data_key=data_key,
        where_hash=keys.blind(house.key, where.casefold()),
        nonce=nonce,
        secret_hash=keys.hashed(keys.return_token(house.key, nonce)) if draft_id else None,
        added_at=now,
        until_at=now + (CODE_HOLDS if draft_id and channel == "text" else LINK_HOLDS),
    )
    tx.add_letter(letter)
    tx.add_notices(None, [Notice(f"letter:{letter.id}", TO_LETTER, text, facts={LETTER: letter.id})], now)
