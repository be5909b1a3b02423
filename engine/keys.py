"""The secrets a citizen holds instead of an account: how they are made from the city's key, and how they are hashed.

A tracking token is derived, not stored, so that a notice sent months later can carry the same link while a stolen
database opens no case: without the city's key neither token nor code can be computed from the stored nonce.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

_CODE_LENGTH = 6
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No I, L, O, 0, 1: a code is read from paper and spelled over the telephone."""
_MARK = 26


def nonce() -> str:
    """Fresh randomness for one case (128 bits, hex). Changing it revokes the case's link and code."""
    return os.urandom(16).hex()


def random_token() -> str:
    """An unguessable 128-bit token for drafts and sessions, fit for a URL."""
    return _text(os.urandom(16))


def draft_token(key: bytes, of_draft: str) -> str:
    """The token of a draft, so that a letter can lead back to it from another browser."""
    return _text(_mac(key, b"draft", of_draft))[:_MARK]


def return_token(key: bytes, of_letter: str) -> str:
    """The token of a link that leads back to a draft once."""
    return _text(_mac(key, b"return", of_letter))[:_MARK]


def return_code(key: bytes, of_letter: str) -> str:
    """The same as a code for a telephone."""
    return digits(key, "return-code", of_letter)


def tracking_token(key: bytes, of_case: str) -> str:
    """The token of a case's secret link: 130 bits of HMAC-SHA-256 over its nonce, as 26 letters and digits."""
    return _text(_mac(key, b"token", of_case))[:_MARK]


def tracking_code(key: bytes, of_case: str) -> str:
    """The short code that opens a case together with its reference. Throttled, since it is short."""
    mac = int.from_bytes(_mac(key, b"code", of_case), "big")
    letters = []
    for _ in range(_CODE_LENGTH):
        mac, index = divmod(mac, len(_CODE_LETTERS))
        letters.append(_CODE_LETTERS[index])
    return "".join(letters)


def survey_mark(key: bytes, case_id: str) -> str:
    """What an answer to the survey bears instead of its case: the same each time, and of no use without the key."""
    return _mac(key, b"survey", case_id).hex()


def letter_token(key: bytes, purpose: str, of: str, secret: str) -> str:
    """A token for one act of one party, as a link in a letter: who it is for, then 130 bits that prove it.

    `secret` is the party's nonce, with the address where the act is about one: another address, another token.
    """
    return of + _text(_mac(key, purpose.encode(), secret))[:_MARK]


def letter_of(token: str) -> str:
    """Who a letter's token says it is for. Believe it only when `letter_token` gives the same token again."""
    return token[:-_MARK]


def digits(key: bytes, purpose: str, secret: str) -> str:
    """A code of six digits for a telephone. Throttle whoever types one, since it is short."""
    return f"{int.from_bytes(_mac(key, purpose.encode(), secret), 'big') % 10**6:06d}"


def blind(key: bytes, where: str) -> str:
    """An address as something it can be found or counted by, which tells nobody without the city's key what it is."""
    return _text(_mac(key, b"where", where))


def facts_seal(key: bytes, facts: str) -> str:
    """80 bits of HMAC-SHA-256 over what a paper was drawn from, as 16 letters and digits.

    Keyed, because a paper is shown to strangers: a plain hash would let them try identity numbers until one fits.
    """
    return base64.b32encode(hmac.new(key, b"facts:" + facts.encode(), hashlib.sha256).digest()[:10]).decode()


def hashed(secret: str) -> str:
    """What is stored of a secret with enough randomness of its own: SHA-256, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _mac(key: bytes, purpose: bytes, of_case: str) -> bytes:
    return hmac.new(key, purpose + b":" + of_case.encode(), hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
