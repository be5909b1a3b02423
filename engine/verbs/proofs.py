"""What proves that a letter reached somebody: tokens of links and codes for telephones, derived and never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound

if TYPE_CHECKING:
    from engine.house import House
    from engine.model import Party
    from engine.store import Reads

CONFIRM, STOP = "confirm", "stop"
"""Purposes of links in letters."""
_CODE = "confirm-code"


def confirming(party: Party, where: str) -> str:
    """What the confirmation of one address is derived from: another address needs another proof."""
    return f"{party.nonce}:{where}"


def code_for(key: bytes, party: Party, where: str) -> str:
    """The six digits that confirm an address."""
    return keys.digits(key, _CODE, confirming(party, where))


def stopping(house: House, reads: Reads, token: str) -> Party:
    """The party that a stop link is for. Raises NotFound."""
    party = house.party(reads, keys.letter_of(token))
    if not keys.same(keys.letter_token(house.key, STOP, party.id, party.nonce), token):
        raise NotFound
    return party


def confirmed_by(house: House, reads: Reads, token: str) -> tuple[Party, str]:
    """The party that a confirmation link is for, and which channel it confirms. Raises NotFound."""
    party = house.party(reads, keys.letter_of(token))
    for channel, where in (("mail", party.email), ("text", party.phone)):
        proof = keys.letter_token(house.key, CONFIRM, party.id, confirming(party, where))
        if where and keys.same(proof, token):
            return party, channel
    raise NotFound
