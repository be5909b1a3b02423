"""Sealing what tells who somebody is: how a case's key is made and kept, and how an answer is closed and opened.

Each case has a data key of its own, kept wrapped by a key that only the city's secret can derive. Whoever throws the
data key away has erased every copy of what it sealed: rows, tokens and backups alike. Knows no case, form or store.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.model import ERASED, UNREADABLE, Json

_SEALED = re.compile(r"segel:1:[A-Za-z0-9_-]{38,}")
"""Version, then a nonce of 12 bytes, what is sealed and a tag of 16, in URL-safe base64 without padding."""
_WRAPPED = "kunci:1:"
_NONCE = 12


class SealBroken(ValueError):
    """Not made with this key, or changed since."""


class Seal:
    """Closes and opens what belongs to one case. Safe to share between threads."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, value: object) -> str:
        """A JSON value as one line of text. Twice the same value gives two different lines."""
        return f"segel:1:{_closed(self._cipher, orjson.dumps(value), b'segel:1')}"

    def close_text(self, text: str) -> str:
        """The same of a text; nothing stays nothing."""
        return self.close(text) if text else ""

    def open(self, text: str) -> Any:
        """What was sealed. Raises SealBroken."""
        return orjson.loads(_opened(self._cipher, text.removeprefix("segel:1:"), b"segel:1"))


@lru_cache(maxsize=8)
def master(secret: bytes) -> AESGCM:
    """What wraps data keys: derived from the city's secret for this purpose alone, so links and codes tell nothing."""
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"janji data keys 1").derive(secret)
    return AESGCM(derived)


def fresh_key(by: AESGCM) -> str:
    """A new data key, wrapped: fit to be stored."""
    return wrapped(by, os.urandom(32))


def wrapped(by: AESGCM, key: bytes) -> str:
    """A data key as it is stored."""
    return _WRAPPED + _closed(by, key, _WRAPPED.encode())


def unwrapped(by: AESGCM, stored: str) -> bytes:
    """The data key of a stored one. Raises SealBroken when the city's secret is another than it was."""
    return _opened(by, stored.removeprefix(_WRAPPED), _WRAPPED.encode())


def is_sealed(value: object) -> bool:
    """Whether a value has the shape of a sealed one. Only opening tells whether it is."""
    return isinstance(value, str) and value.startswith("segel:") and _SEALED.fullmatch(value) is not None


def closed(answers: Json, names: frozenset[str], seal: Callable[[], Seal]) -> dict[str, Any]:
    """Answers with those of `names` sealed. The seal is asked for only when there is something to close."""
    if names.isdisjoint(answers):
        return dict(answers)
    by = seal()
    return {name: by.close(value) if name in names else value for name, value in answers.items()}


def opened(data: Any, seal: Callable[[], Seal | None]) -> Any:
    """Data with every seal in it opened, at any depth.

    The seal is asked for once, and only when there is something to open. None: the key is gone, and ERASED stands in
    each place. UNREADABLE stands where a seal was changed, or where asking for the key raises SealBroken.
    """
    return _walked(data, cache(seal))


def _walked(value: Any, by: Callable[[], Seal | None]) -> Any:
    if isinstance(value, str):
        return _one(value, by) if is_sealed(value) else value
    if isinstance(value, Mapping):
        return {name: _walked(one, by) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_walked(one, by) for one in value]
    return value


def _one(text: str, by: Callable[[], Seal | None]) -> Any:
    try:
        seal = by()
        return ERASED if seal is None else seal.open(text)
    except SealBroken:
        return UNREADABLE


def _closed(by: AESGCM, plain: bytes, about: bytes) -> str:
    nonce = os.urandom(_NONCE)
    return base64.urlsafe_b64encode(nonce + by.encrypt(nonce, plain, about)).decode().rstrip("=")


def _opened(by: AESGCM, text: str, about: bytes) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return by.decrypt(raw[:_NONCE], raw[_NONCE:], about)
    except (InvalidTag, ValueError, binascii.Error) as wrong:
        raise SealBroken from wrong
