"""What the QR code of an issued paper says by itself: a few of its facts, signed, so that a phone can check it offline.

One line in the alphabet that QR codes pack tightest, after the `#` of the address of the check page, so that any camera
opens that page and no server log ever sees it:

    1:KEY:NUMBER:VERSION:KIND:HOLDER:ABOUT:ISSUED:UNTIL:SEAL:SIGNATURE

`HOLDER` are initials, `ABOUT` what the service lets anybody read (the parcel, the field of work), `SEAL` a keyed hash
of every fact the paper was drawn from: the hash of the PDF itself cannot stand in a code that is part of that PDF. The
signature is Ed25519 over everything before its colon. Pure: knows no key, no clock and no store.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

FORMAT: Final = "1"
LONGEST: Final = 600
"""Characters of a code that are read at all. The longest we write has about 300."""
MOST_ABOUT: Final = 72
"""Characters of what a paper is about. More would make the code too fine for a cheap camera."""
FIELDS: Final = 11
_SIGNATURE_BYTES = 64
_ALPHABET = re.compile(r"[0-9A-Z$*+\-./:_]+")
_SHAPES: Final = (
    re.compile(r"[A-Z2-7]{8}"),
    re.compile(r"[0-9A-Z._-]{1,40}"),
    re.compile(r"[1-9][0-9]{0,3}"),
    re.compile(r"[0-9A-Z_-]{1,20}"),
    re.compile(r"[0-9A-Z.]{0,20}"),
    re.compile(r"[0-9A-Z$*+\-./_]{0,72}"),
    re.compile(r"[0-9]{8}"),
    re.compile(r"[0-9]{8}|-"),
    re.compile(r"[A-Z2-7]{16}"),
    re.compile(r"[A-Z2-7]{103}"),
)


class StampRefused(ValueError):
    """A text that is no stamp of ours. `code`: `too_long`, `alphabet`, `shape`, or `future`, a format not yet known."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Stamp:
    """The facts that a code vouches for. Texts are already folded to the alphabet of the code."""

    key_id: str
    number: str
    version: int
    kind: str
    holder: str
    about: str
    issued_on: date
    valid_until_on: date | None
    seal: str

    @property
    def body(self) -> str:
        """What is signed."""
        until = f"{self.valid_until_on:%Y%m%d}" if self.valid_until_on else "-"
        facts = (self.number, str(self.version), self.kind, self.holder, self.about, f"{self.issued_on:%Y%m%d}", until)
        return ":".join((FORMAT, self.key_id, *facts, self.seal))


def written(stamp: Stamp, signature: bytes) -> str:
    """The whole line. Raises StampRefused when it could not be read again, so that no such paper is ever printed."""
    line = f"{stamp.body}:{base64.b32encode(signature).decode().rstrip('=')}"
    if read(line)[0] != stamp:
        raise StampRefused("shape")
    return line


def read(text: str) -> tuple[Stamp, bytes]:
    """The stamp in a text and its signature, which nobody has checked yet. Raises StampRefused.

    Takes what a person may paste: a whole address, spaces and line breaks around and within, small letters.
    """
    line = line_in(text)
    parts = line.split(":")
    if len(parts) != FIELDS or not all(shape.fullmatch(part) for shape, part in zip(_SHAPES, parts[1:], strict=True)):
        raise StampRefused("shape")
    _format, key_id, number, version, kind, holder, about, issued, until, seal, signature = parts
    try:
        on, ends = _day(issued), None if until == "-" else _day(until)
        signed = base64.b32decode(signature + "=")
    except (ValueError, binascii.Error):
        raise StampRefused("shape") from None
    if len(signed) != _SIGNATURE_BYTES or base64.b32encode(signed).decode().rstrip("=") != signature:
        # Base32 leaves bits over: without this the last letter could be changed and the code still be good.
        raise StampRefused("shape")
    return Stamp(key_id, number, int(version), kind, holder, about, on, ends, seal), signed


def line_in(text: str) -> str:
    """The one line that a pasted text holds, without the address before it. Raises StampRefused."""
    if len(text) > 2 * LONGEST:
        raise StampRefused("too_long")
    line = "".join(text.rpartition("#")[2].split()).upper()
    if len(line) > LONGEST:
        raise StampRefused("too_long")
    if not _ALPHABET.fullmatch(line):
        raise StampRefused("alphabet")
    first, colon, _rest = line.partition(":")
    if colon and first.isdecimal() and first != FORMAT:
        raise StampRefused("future")
    if first != FORMAT:
        raise StampRefused("shape")
    return line


def folded(text: str, most: int) -> str:
    """A text in the alphabet of the code: `Pengawas pelaksanaan, 240 m²` → `PENGAWAS+PELAKSANAAN+240+M2`."""
    plain = unicodedata.normalize("NFKD", text).upper().replace("·", " ")
    kept = "".join(one for one in plain if one.isascii() and (one.isalnum() or one in "./-_ "))
    return "+".join(kept.split())[:most].rstrip("+")


def about(values: Sequence[str]) -> str:
    """What a paper is about, as one part of the code: its values in order, between stars."""
    return "*".join(folded(value, MOST_ABOUT) for value in values)[:MOST_ABOUT].rstrip("+*")


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 a day has no zone
