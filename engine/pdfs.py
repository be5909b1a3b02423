"""Whether an uploaded PDF is whole, readable and inert. Looks at bytes only; renders and executes nothing.

A PDF can carry scripts, programs, forms that send themselves and files inside files. None of these belongs into an
application, and a clerk opens what a stranger sent, so such a paper is refused with the advice to print it to PDF.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MOST_STREAMS = 20_000
MOST_UNPACKED = 64_000_000
"""Bytes of all object streams of one file, unpacked."""


def _spelled(*names: bytes) -> re.Pattern[bytes]:
    """Any of the names, also with letters written as `#61`: `/J#61vaScript` is `/JavaScript` to every reader."""
    letters = (b"".join(rb"(?:%c|#(?i:%02x))" % (one, one) for one in name) for name in names)
    return re.compile(rb"/(?:" + b"|".join(letters) + rb")(?![A-Za-z#])")


_ACTIVE = _spelled(
    b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"RichMedia", b"SubmitForm",
    b"ImportData", b"GoToE",
)  # fmt: skip
_SHORT = _spelled(b"JS", b"XFA", b"EF")
"""Too short to be looked for in packed pictures, where any three letters turn up by chance."""
_ENCRYPTED = _spelled(b"Encrypt")
_CARRIER, _FILTER, _PREDICTOR = _spelled(b"ObjStm"), _spelled(b"Filter"), _spelled(b"Predictor")
_PLAIN = re.compile(rb"/Filter\s*(?:/FlateDecode(?![A-Za-z#])|\[\s*/FlateDecode\s*\])")
_FIRST = re.compile(rb"/First\s+\d+(?!\s*\d*\s+\d+\s+R)")
"""Where the objects begin in an object stream. In an outline the same word names an object: `12 0 R`."""
_STREAM = re.compile(rb">>\s*stream(?:\r\n|[\r\n])?")
"""A single carriage return is against the standard and read all the same by some."""


class Unreadable(ValueError):
    """No PDF, a torn one, an encrypted one, or one packed so that nobody can look inside."""


class Active(ValueError):
    """The PDF would do something by itself."""


def require_inert(content: bytes) -> None:
    """Raises Unreadable or Active unless the PDF is whole and only shows pages."""
    if b"%PDF-" not in content[:64] or b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise Unreadable("no head or no end")
    if _ENCRYPTED.search(content):
        raise Unreadable("encrypted")
    if _ACTIVE.search(content) or _SHORT.search(_outside_streams(content)):
        raise Active
    if any(_ACTIVE.search(hidden) or _SHORT.search(hidden) for hidden in _object_streams(content)):
        raise Active


def _outside_streams(content: bytes) -> bytes:
    parts, at = [], 0
    for begin, end in _streams(content):
        parts.append(content[at:begin])
        at = end
    return b"".join([*parts, content[at:]])


def _streams(content: bytes) -> list[tuple[int, int]]:
    found, at = [], 0
    while begins := _STREAM.search(content, at):
        end = content.find(b"endstream", begins.end())
        at = end if end >= 0 else len(content)
        found.append((begins.end(), at))
        if len(found) > MOST_STREAMS:
            raise Unreadable("more streams than any paper has")
    return found


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The unpacked object streams. Raises Unreadable for packing other than plain Flate: nobody needs it there."""
    left, before = MOST_UNPACKED, 0
    for begin, end in _streams(content):
        # All that stands between two streams: a dictionary may be stretched so that its type lies far from its stream.
        entries, before = content[before:begin], end
        if not (_CARRIER.search(entries) or _FIRST.search(entries)):
            continue
        packed = _FILTER.search(entries) is not None
        if _PREDICTOR.search(entries) or (packed and not _PLAIN.search(entries)):
            raise Unreadable("objects packed in an unusual way")
        found = _unpack(content[begin:end], left) if packed else content[begin:end]
        left -= len(found)
        yield found


def _unpack(packed: bytes, limit: int) -> bytes:
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(packed.lstrip(b" \t\r\n"), max(limit, 1))
    except zlib.error:
        raise Unreadable("torn objects") from None
    if engine.unconsumed_tail:
        raise Unreadable("objects larger than any paper")
    return found
