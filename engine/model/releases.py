"""What was made public of a case, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    """

    case_id: str
    at: datetime
    by: str
    why: str
    summary: str
    point: str
    photos: Sequence[Mapping[str, Any]]
    taken_back: bool = False
