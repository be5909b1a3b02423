"""What a person typed, with what could tell who somebody is covered: a proposal for the one who releases it. Pure.

It covers too much rather than too little, and promises nothing: names that nobody told us, and what a sentence gives
away by its meaning, only a person sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

COVERED = "[disamarkan]"
SHORTEST_NAME = 3
POINT_PLACES = 3
"""Decimals of a released point: about a hundred metres, a street and not a door."""

_MAIL = r"[\w.+-]+(?:@|\s?\(at\)\s?)[\w-]+(?:\.[\w-]+)+"
_ADDRESS = r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|io|me|co|id)\b(?:/\S*)?"
_HANDLE = r"(?<![\w@])@\w{3,}"
_PLATE = (
    r"\b(?!RT\b|RW\b|KM\b|NO\b|JL\b|GG\b)[A-Z]{1,2}[\s-]?\d{1,4}[\s-]?[A-Z]{1,3}\b|\b[a-z]\s?\d{3,4}\s?[a-z]{2,3}\b"
)
_DIGITS = r"(?<![\d\w])(?:\(\+?\d{2,4}\)|\+?\d)(?:[\s.\-/()]{0,2}\d){6,}(?!\w)"
_PATTERN = re.compile("|".join(f"(?P<{name}>{text})" for name, text in (
    ("mail", _MAIL), ("address", _ADDRESS), ("handle", _HANDLE), ("digits", _DIGITS), ("plate", _PLATE)
)))  # fmt: skip
_TITLE = r"\b(?:[Pp]ak|[Bb]apak|[Bb]u|[Ii]bu|[Ss]dr\.?|[Ss]audara|[Ss]audari|[Mm]as|[Mm]bak|[Hh]aji|Hj?\.|[Dd]r\.)"
_OFFICES = r"(?:RT|RW|Lurah|Camat|Wali|Kepala|Kades|Dinas|Guru|Polisi|Satpam|Presiden|Gubernur|Bupati)\b"
_TITLED = re.compile(rf"{_TITLE}\s+(?!{_OFFICES})(?P<name>[A-Z][\w'.-]*\w(?:\s+(?!{_OFFICES})[A-Z][\w'.-]*\w)*)")
NIK = 16
_DAY = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?:\s{1,2}\d{1,2}[.:]\d{2})?")
_MONEY = re.compile(r"\d{1,3}(?:[.]\d{3})+")


def cover(text: str, known: Iterable[str] = ()) -> str:
    """The text without phone and identity numbers, mail and web addresses, number plates, and what is `known`.

    `known` are answers that tell who somebody is; a name is covered as a whole and word by word. Days and amounts
    of money stay.
    """
    covered = _PATTERN.sub(_covered, text)
    names = _names(known)
    if names:
        either = "|".join(re.escape(name) for name in names)
        covered = re.sub(rf"(?<!\w)(?:{either})(?!\w)", COVERED, covered, flags=re.IGNORECASE)
    return re.sub(rf"{re.escape(COVERED)}(?:\s+{re.escape(COVERED)})+", COVERED, covered)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that might tell who somebody is, and by which plain pattern it was found."""

    start: int
    end: int
    kind: str


def spans(text: str, known: Iterable[str] = ()) -> tuple[Span, ...]:
    """What to black out before a text is released, in order and without overlaps: a suggestion and no more.

    `kind` is `mail`, `address`, `handle`, `nik` (16 digits), `digits`, `plate`, `name` (after a title such as "Pak")
    or `known` (what the case itself knows of its reporter).
    """
    found = [Span(*one.span(), _kind(one)) for one in _PATTERN.finditer(text) if _covered(one) == COVERED]
    names = _names(known)
    if names:
        either = "|".join(re.escape(name) for name in names)
        told = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, flags=re.IGNORECASE)
        found += [Span(*one.span(), "known") for one in told]
    found += [Span(one.start("name"), one.end("name"), "name") for one in _TITLED.finditer(text)]
    kept: list[Span] = []
    for one in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def blacked(text: str, chosen: Iterable[Span]) -> str:
    """The text with these parts covered."""
    for span in sorted(chosen, key=lambda one: one.start, reverse=True):
        text = text[: span.start] + COVERED + text[span.end :]
    return text


def _kind(found: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in found.group())
    return "nik" if found.lastgroup == "digits" and digits == NIK else str(found.lastgroup)


def coarse(point: str) -> str:
    """A `latitude,longitude` with so few decimals that it names a street; empty when it is no point."""
    try:
        latitude, longitude = (float(part) for part in point.split(","))
    except ValueError:
        return ""
    return f"{latitude:.{POINT_PLACES}f},{longitude:.{POINT_PLACES}f}"


def _covered(found: re.Match[str]) -> str:
    said = found.group()
    if found.lastgroup == "digits" and (_DAY.fullmatch(said) or _MONEY.fullmatch(said)):
        return said
    return COVERED


def _names(known: Iterable[str]) -> list[str]:
    """What to look for, the longest first: whole answers, then the words of them that are long enough to be names."""
    whole = {text.strip() for text in known}
    words = {word for text in whole for word in re.split(r"[\s,./]+", text)}
    return sorted((name for name in whole | words if len(name) >= SHORTEST_NAME), key=lambda name: (-len(name), name))
