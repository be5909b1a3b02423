"""What is told of a paper that somebody reads page by page."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Document


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page of a paper, counted from 1, of `count`. `picture` is a WebP; None: this paper is not drawn here.

    A paper that is a picture itself is one page without a drawing of its own.
    """

    document: Document
    page: int = 1
    count: int = 1
    picture: bytes | None = None
