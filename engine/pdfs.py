"""Whether an uploaded PDF is whole, readable and inert. Looks at bytes only; renders and executes nothing.

A PDF can carry scripts, programs, forms that send themselves and files inside files. None of these belongs into an
application, and a clerk opens what a stranger sent, so such a paper is refused with the advice to print it to PDF.
"""

from __future__ import annotations

import re
import zlib

MOST_UNPACKED = 64_000_000
"""Bytes of all object streams of one file, unpacked."""
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|SubmitForm|ImportData|GoToE)(?![A-Za-z])"
)
_SHORT = re.compile(rb"/(?:JS|XFA|EF)(?![A-Za-z])")
"""Too short to be looked for in packed pictures, where any three letters turn up by chance."""
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb">>\s*stream\r?\n")
MOST_STREAMS = 20_000
_REACH = 4096
"""How far before its stream an object's dictionary is looked for."""


class Unreadable(ValueError):
    """No PDF, a torn one, an encrypted one, or one packed so that nobody can look inside."""


class Active(ValueError):
    """The PDF would do something by itself."""


def require_inert(content: bytes) -> None:
    """Raises Unreadable or Active unless the PDF is whole and only shows pages."""
    if b"%PDF-" not in content[:64] or b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise Unreadable("no head or no end")
    plain = _names(content)
    if _ENCRYPTED.search(plain):
        raise Unreadable("encrypted")
    if _ACTIVE.search(plain) or _SHORT.search(_names(_outside_streams(content))):
        raise Active
    for hidden in _object_streams(content):
        found = _names(hidden)
        if _ACTIVE.search(found) or _SHORT.search(found):
            raise Active


def _names(content: bytes) -> bytes:
    """The bytes with names spelled out: `/J#61vaScript` is `/JavaScript`."""
    return _HEX.sub(lambda found: bytes((int(found[1], 16),)), content)


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


def _object_streams(content: bytes) -> list[bytes]:
    """The unpacked object streams. Raises Unreadable for packing other than plain Flate: nobody needs it there."""
    unpacked, left = [], MOST_UNPACKED
    for begin, end in _streams(content):
        entries = _names(content[max(0, begin - _REACH) : begin].rpartition(b"obj")[2])
        if b"/ObjStm" not in entries:
            continue
        if re.search(rb"/Predictor\s+(?!1\b)", entries) or not _only_flate(entries):
            raise Unreadable("objects packed in an unusual way")
        unpacked.append(_unpack(content[begin:end], left) if b"/Filter" in entries else content[begin:end])
        left -= len(unpacked[-1])
    return unpacked


def _only_flate(entries: bytes) -> bool:
    packing = re.search(rb"/Filter\s*(\[[^\]]*\]|/\w+|\S+)", entries)
    return packing is None or re.fullmatch(rb"\[?\s*/(FlateDecode|Fl)\s*\]?", packing[1]) is not None


def _unpack(packed: bytes, limit: int) -> bytes:
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(packed, max(limit, 1))
    except zlib.error:
        raise Unreadable("torn objects") from None
    if engine.unconsumed_tail:
        raise Unreadable("objects larger than any paper")
    return found
