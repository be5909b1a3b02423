"""Tokens as bytes: one byte of version, then compressed JSON. Knows nothing of what the document means.

Nothing in a document is ever taken for the name of a type, as SpiffWorkflow's own restore takes what citizens typed.
"""

from __future__ import annotations

import threading
from typing import Any

import orjson
import zstandard

from engine.errors import TokensUnreadable

VERSION = 1
MAX_BYTES = 64 * 1024 * 1024


class _Squeezers(threading.local):
    """A compressor that two threads share crashes the process."""

    def __init__(self) -> None:
        self.squeeze = zstandard.ZstdCompressor(level=3)
        self.expand = zstandard.ZstdDecompressor()


_own = _Squeezers()


def encode(document: dict[str, Any]) -> bytes:
    """A JSON document as tokens. Raises TypeError for what is not JSON."""
    return bytes([VERSION]) + _own.squeeze.compress(orjson.dumps(document))


def decode(tokens: bytes) -> dict[str, Any]:
    """The document in tokens. Raises TokensUnreadable for another version and for what is damaged."""
    if not tokens or tokens[0] != VERSION:
        found = tokens[0] if tokens else "none"
        raise TokensUnreadable(f"these tokens are of version {found}; this program reads version {VERSION}")
    try:
        document = orjson.loads(_own.expand.decompress(tokens[1:], max_output_size=MAX_BYTES))
    except (zstandard.ZstdError, orjson.JSONDecodeError, ValueError, MemoryError) as error:
        raise TokensUnreadable(f"these tokens are damaged: {type(error).__name__}") from None
    if not isinstance(document, dict):
        raise TokensUnreadable("these tokens are damaged: not an object")
    return document
