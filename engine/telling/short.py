"""Text messages: words that fit into one SMS of the plainest telephone. Knows no case and no language."""

from __future__ import annotations

import unicodedata

LONGEST = 160
"""Characters of one SMS in the GSM 7-bit alphabet; one character outside it would leave room for only 70."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-", "\xa0": " "})
_CUT = "..."


def plain(text: str) -> str:
    """The text in the GSM alphabet: accents and typographic signs by their plain neighbours, the rest as `?`."""
    return "".join(_letter(letter) for letter in text.translate(_PLAIN))


def shortened(text: str, most: int) -> str:
    """At most that many characters, cut between words where there is one."""
    if len(text) <= most:
        return text
    room = max(most - len(_CUT), 0)
    head = text[:room]
    whole = head.rpartition(" ")[0] if text[room : room + 1] not in ("", " ") else head
    return ((whole or head).rstrip(" ,.:;") + _CUT)[:most]


def one_sms(*parts: str) -> str:
    """Parts by falling weight in one SMS: what does not fit whole is left out, the first is cut if it must be."""
    text = shortened(plain(parts[0].strip()), LONGEST)
    for part in parts[1:]:
        longer = f"{text} {plain(part.strip())}"
        if part.strip() and len(longer) <= LONGEST:
            text = longer
    return text


def _letter(letter: str) -> str:
    if letter in _GSM:
        return letter
    bare = unicodedata.normalize("NFKD", letter)[:1]
    return bare if bare in _GSM else "?"
