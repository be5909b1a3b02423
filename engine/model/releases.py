"""What was made public of a case, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .orders import Decision

Box = tuple[float, float, float, float]
"""Left, top, width and height of a part of a picture, in percent of it."""


@dataclass(frozen=True, slots=True)
class PublicPhoto:
    """A photo of a case to be released, with the parts that become black."""

    id: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One version of what everybody may read of a case. `taken_back`: from then on nothing.

    `photos` name each picture as `{"of": the one in the case, "document": what is public, "boxes": black parts}`.
    `confirmed_by`: the second person who let it go out at `at`, empty where the city wants none.
    """

    case_id: str
    at: datetime
    by: str
    why: str
    summary: str
    point: str
    photos: Sequence[Mapping[str, Any]]
    taken_back: bool = False
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class ProposedRelease:
    """A version that waits for a second person before it goes out, or one that they sent back with an `answer`.

    What was let out is a Release and no longer here. A case has one of these at most; the next one has another `id`, so
    that whoever decides, decides what they saw. `photos` as in a Release.
    """

    id: str
    case_id: str
    asked_by: str
    asked_at: datetime
    why: str
    summary: str
    point: str
    photos: Sequence[Mapping[str, Any]]
    decision: Decision = Decision.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
