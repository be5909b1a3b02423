"""Patterns that analysts write into forms: which of them can never hang the machine, and matching them.

Python's `re` backtracks, so a short pattern can take years on a short text. A pattern is taken only when the number of
ways in which it could match is small enough to try all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 100
"""Characters of a pattern."""
UNBOUNDED = 1_000
"""What an open end (`*`, `+`, `{3,}`) counts for; text beyond it is never matched against a pattern."""
MOST_WAYS = 1_000_000

_QUANTIFIER = re.compile(r"[*+?]|\{(\d{1,4})(?:(,)(\d{0,4}))?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


class Unsafe(ValueError):
    """A pattern that will not be used. The message says why, to an analyst."""


def require_safe(pattern: str) -> None:
    """Raises Unsafe for a pattern that is wrong, too long, or could take for ever on some text."""
    if len(pattern) > LONGEST:
        raise Unsafe(f"is longer than {LONGEST} characters")
    try:
        re.compile(pattern, re.ASCII)
    except (re.error, RecursionError, OverflowError) as wrong:
        raise Unsafe(f"is not a pattern: {wrong}") from None
    ways = _Scan(pattern).alternatives()
    if ways > MOST_WAYS:
        raise Unsafe("has so many parts of open length that a long text could take minutes; give them fixed lengths")


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text, `\\d` and `\\w` meaning ASCII as in JSON Schema's own dialect."""
    return _compiled(pattern).search(text[:UNBOUNDED]) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


class _Scan:
    """Counts in how many ways a pattern could be tried against one text: an upper bound."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def alternatives(self) -> int:
        """Ways of everything up to the end or the closing bracket of this group."""
        ways, branches = 1, 1
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._text[self._at] == "|":
                self._at += 1
                branches += 1
            else:
                ways *= self._piece()
            if ways * branches > MOST_WAYS:
                raise Unsafe("has so many parts of open length that a long text could take minutes")
        return ways * branches

    def _piece(self) -> int:
        """One thing with its quantifier."""
        inside = self._thing()
        least, most = self._repeats()
        if least == most:
            return min(inside**most, MOST_WAYS + 1) if inside > 1 else 1
        if inside > 1:
            raise Unsafe("repeats a group that can itself match in several ways, as in (a+)* or (a|b)*")
        return most - least + 1

    def _thing(self) -> int:
        found = self._text[self._at]
        if found == "(":
            return self._group()
        if found == "[":
            part = _CLASS.match(self._text, self._at)
            self._at = part.end() if part else self._at + 1
        elif found == "\\":
            self._escape()
        else:
            self._at += 1
        return 1

    def _escape(self) -> None:
        letter = self._text[self._at + 1 : self._at + 2]
        if letter.isdigit() and letter != "0":
            raise Unsafe("refers back to an earlier group")
        self._at += 2

    def _group(self) -> int:
        self._at += 1
        if self._text.startswith("?", self._at):
            if not self._text.startswith("?:", self._at):
                raise Unsafe("uses a special group (?…); only (…) and (?:…) are taken")
            self._at += 2
        ways = self.alternatives()
        self._at += 1
        return ways

    def _repeats(self) -> tuple[int, int]:
        """Least and most of the quantifier that stands here; (1, 1) when there is none."""
        part = _QUANTIFIER.match(self._text, self._at)
        if part is None:
            return 1, 1
        self._at = part.end()
        if self._text[self._at : self._at + 1] in ("?", "+"):
            self._at += 1
        if part[1] is None:
            return {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}[part[0]]
        least = int(part[1])
        most = least if part[2] is None else int(part[3]) if part[3] else least + UNBOUNDED
        return least, most
