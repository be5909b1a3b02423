"""One whole day as a calendar file that phones and desktops take (RFC 5545, METHOD:PUBLISH). Pure.

The file travels: it is sent on, and synchronised to other people's servers. So whoever makes a `Day` puts no name and
no secret link into it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MIME = "text/calendar"
WIDEST = 75
"""Octets of a line, its end not counted."""
_SPECIAL = re.compile(r"([\\;,])")


@dataclass(frozen=True, slots=True)
class Day:
    """`uid` stays the same when the day moves, `sequence` then grows: a calendar replaces what it had.

    `sure` False: the day is an estimate.
    """

    uid: str
    sequence: int
    on: date
    title: str
    text: str
    address: str
    written_at: datetime
    sure: bool = True


def calendar_file(day: Day) -> bytes:
    """The file, in UTF-8 with CRLF and no line above 75 octets."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Janji//Janji//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(day.uid)}",
        f"SEQUENCE:{day.sequence}",
        f"DTSTAMP:{day.written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(day.title)}",
        f"DESCRIPTION:{_text(day.text)}",
        f"URL:{day.address}",
        f"STATUS:{'CONFIRMED' if day.sure else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    """A text value: what would end it or split it escaped, characters that control a screen left out."""
    seen = "".join(one for one in value if one == "\n" or unicodedata.category(one)[0] != "C")
    return _SPECIAL.sub(r"\\\1", seen).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line with its end, broken before the octet that would be too many and never within a character."""
    made, width = bytearray(), 0
    for letter in line:
        octets = letter.encode()
        if width + len(octets) > WIDEST:
            made += b"\r\n "
            width = 1
        made += octets
        width += len(octets)
    return bytes(made) + b"\r\n"
