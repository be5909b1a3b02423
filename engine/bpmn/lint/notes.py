"""Where the rules put what they find. Owns deduplication and the ceiling; knows no rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from engine.model import Problem, Severity

_CEILING = 500
"""Nobody reads more, and a hostile file could otherwise make us write a book."""
WHOLE = re.compile(r"[1-9]\d{0,3}")
"""A number of days, months or metres as an analyst writes it."""
_SHOWN = 60
_CANDIDATES = 500
"""Comparing spellings is slow; a file with more names than this is not drawn by hand."""


class Notes:
    """Problems of one file in the order in which they were found, each told once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: dict[tuple[str, str, str], Problem] = {}

    def error(self, code: str, element: str | None, message: str) -> None:
        """Something the engine refuses or would get wrong."""
        self._add(Severity.ERROR, code, element, message)

    def warn(self, code: str, element: str | None, message: str) -> None:
        """Something that runs but is probably not meant, or is missing from a service."""
        self._add(Severity.WARNING, code, element, message)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._found.values())

    def problems(self) -> list[Problem]:
        """Everything found, errors first, otherwise in order."""
        return sorted(self._found.values(), key=lambda problem: problem.severity is not Severity.ERROR)

    def _add(self, severity: Severity, code: str, element: str | None, message: str) -> None:
        if len(self._found) >= _CEILING and severity is Severity.WARNING:
            return
        if len(self._found) >= 2 * _CEILING:
            return
        problem = Problem(severity, self._file, element or "", code, message)
        self._found.setdefault((code, problem.element, message), problem)


def shown(text: str) -> str:
    """A piece of the file fit for a sentence: one line, cut short."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def meant(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` when something known is near, else empty."""
    candidates = list(known)
    if len(word) > _SHOWN or len(candidates) > _CANDIDATES:
        return ""
    near = get_close_matches(word, candidates, n=1, cutoff=0.7)
    return f"; did you mean “{near[0]}”?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Words for a sentence, in order of the alphabet."""
    return ", ".join(sorted(words))
