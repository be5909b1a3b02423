"""The formats a form may name: how a person may write each, the one way we keep it, and what fits. Pure.

`normal` turns what was typed into the kept spelling where it can (`0812-3456` → `+62812…`) and leaves the rest alone;
`fits` judges the kept spelling. Formats that need the city or the case (`kelurahan`, `document`) are in validation.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

from .geojson import NoOutline, plausible, polygon_text, read_outline, read_polygon
from .points import point_text, read_point

FROM_YEAR, TO_YEAR = 1900, 2200
CONTEXTUAL = frozenset({"kelurahan", "document"})
"""Judged against the city's regions and the case's papers."""
UNREGISTERED = "unregistered"
"""Among the states of `x-permit-states`: a number that the city's list does not know, issued on paper before it."""

_SIGNS = re.compile(r"[\s.\-/]")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9./\-]{2,63}")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9\-]{0,61}[A-Za-z0-9])?")


def normal(kind: str, text: str) -> str:
    """The spelling we keep of a text in format `kind`; the text itself when it cannot be read."""
    change = _NORMAL.get(kind)
    return change(text) if change else text


def fits(kind: str, text: str) -> bool:
    """Whether a kept text is of format `kind`. Unknown formats fit: `lint_form` has refused them before."""
    judge = _FITS.get(kind)
    return judge(text) if judge else True


def known() -> frozenset[str]:
    """Every format a form may name."""
    return frozenset(_FITS) | CONTEXTUAL


# ── numbers of people, land and permits ───────────────────────────────────────────────────────────────────────────────


def _digits(text: str) -> str:
    bare = _SIGNS.sub("", text)
    return bare if bare.isascii() and bare.isdigit() else text


def _is_digits(text: str, *lengths: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) in lengths


def _nik(text: str) -> bool:
    """PP KK CC + DDMMYY + 4-digit serial; women's days are 41–71. No check digit exists, and where somebody was first
    registered says nothing about where they live, so no region is demanded (domain §4.7).
    """
    if not _is_digits(text, 16) or text[:6] == "000000" or text[12:] == "0000":
        return False
    day, month = int(text[6:8]), int(text[8:10])
    day -= 40 if day > 40 else 0
    # Two digits of a year leave open the century: 29 February is possible in one of them when the year divides by 4.
    year = 2000 + int(text[10:12])
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _phone(text: str) -> str:
    """`0812-3456-7890`, `(024) 351 3366`, `62812…` as `+62…`."""
    bare = re.sub(r"[\s.\-()]", "", text)
    for lead in ("+62", "0062", "62", "0"):
        if bare.startswith(lead):
            rest = bare[len(lead) :].removeprefix("0")
            return f"+62{rest}" if rest.isascii() and rest.isdigit() else text
    return text


def _is_phone(text: str) -> bool:
    rest = text.removeprefix("+62")
    return text.startswith("+62") and rest.isascii() and rest.isdigit() and 7 <= len(rest) <= 12 and rest[0] != "0"


def _upper(text: str) -> str:
    return "".join(text.upper().split())


# ── days and instants ─────────────────────────────────────────────────────────────────────────────────────────────────


def _day(text: str) -> str:
    """`23/11/2026` and `23-11-2026` as `2026-11-23`."""
    found = _DAY_FIRST.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text


def _is_day(text: str) -> bool:
    if not _ISO_DAY.fullmatch(text):
        return False
    try:
        return FROM_YEAR <= date.fromisoformat(text).year <= TO_YEAR
    except ValueError:
        return False


def _instant(text: str) -> str:
    """`23/11/2026 09:00` and `2026-11-23 09.00` as `2026-11-23T09:00`: the city's time unless a zone is written."""
    head, _, tail = text.replace("T", " ").partition(" ")
    hours = tail.strip().replace(".", ":", 1) if ":" not in tail else tail.strip()
    written = f"{_day(head)}T{hours}"
    return written if tail and _ISO_INSTANT.fullmatch(written) else text


def _is_instant(text: str) -> bool:
    if not _ISO_INSTANT.fullmatch(text):
        return False
    try:
        return FROM_YEAR <= datetime.fromisoformat(text).year <= TO_YEAR
    except ValueError:
        return False


# ── addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _email(text: str) -> str:
    mailbox, at, domain = text.rpartition("@")
    return f"{mailbox}{at}{domain.lower()}"


def _is_email(text: str) -> bool:
    """One @, an ordinary mailbox, a domain with a dot. What a mail header could misread is no address."""
    mailbox, _, domain = text.rpartition("@")
    labels = domain.split(".")
    if len(text) > 254 or not _MAILBOX.fullmatch(mailbox) or len(labels) < 2:
        return False
    dotted = mailbox.startswith(".") or mailbox.endswith(".") or ".." in mailbox
    return not dotted and all(_LABEL.fullmatch(one) for one in labels) and labels[-1].isalpha()


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        return False


# ── places ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _point(text: str) -> str:
    found = read_point(text)
    return point_text(*found) if found else text


def _is_point(text: str) -> bool:
    found = read_point(text)
    return found is not None and text == point_text(*found) and plausible(lat=found[0], lon=found[1])


def _polygon(text: str) -> str:
    try:
        return polygon_text(read_outline(text))
    except NoOutline:
        return text


def _is_polygon(text: str) -> bool:
    try:
        return bool(read_polygon(text))
    except NoOutline:
        return False


_NORMAL: dict[str, Callable[[str], str]] = {
    "nik": _digits,
    "nop": _digits,
    "npwp": _digits,
    "nib": _digits,
    "phone-id": _phone,
    "permit-number": _upper,
    "case-reference": _upper,
    "date": _day,
    "date-time": _instant,
    "email": _email,
    "point": _point,
    "geojson-polygon": _polygon,
}
_FITS: dict[str, Callable[[str], bool]] = {
    "nik": _nik,
    "nop": lambda text: _is_digits(text, 18),
    "npwp": lambda text: _is_digits(text, 15, 16),
    "nib": lambda text: _is_digits(text, 13),
    "phone-id": _is_phone,
    "permit-number": lambda text: _NUMBER.fullmatch(text) is not None,
    "case-reference": lambda text: _NUMBER.fullmatch(text) is not None,
    "date": _is_day,
    "date-time": _is_instant,
    "email": _is_email,
    "uri": _is_address,
    "point": _is_point,
    "geojson-polygon": _is_polygon,
}
