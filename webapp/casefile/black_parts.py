"""The photos of a complaint with their black parts, as a form posts them and as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request

from engine.model import Box, Document

BOXES = 3
"""Black parts of one photo that the page has fields for."""


@dataclass(frozen=True, slots=True)
class Blackened:
    """A photo, whether it is chosen, and its black parts."""

    paper: Document
    chosen: bool
    boxes: tuple[Box, ...]

    @property
    def shown(self) -> list[str]:
        """The black parts as the address of the drawn picture names them."""
        return [",".join(f"{number:g}" for number in box) for box in self.boxes]


def posted(photos: Iterable[Document]) -> list[Blackened]:
    """Every photo as the form was sent."""
    chosen = request.form.getlist("foto")
    return [Blackened(one, one.id in chosen, boxes(one.id)) for one in photos]


def standing(photos: Iterable[Document], version: Sequence[Mapping[str, object]]) -> list[Blackened]:
    """Every photo as a version has it, or had it proposed."""
    known = {str(one["of"]): one["boxes"] for one in version}
    return [Blackened(one, one.id in known, tuple(map(tuple, known.get(one.id, ())))) for one in photos]  # type: ignore[arg-type,call-overload]


def boxes(document_id: str) -> tuple[Box, ...]:
    """The black parts of a photo that were posted; what is no part of a picture is left out."""
    found = (box(request.form.getlist(f"kotak.{document_id}.{place}")) for place in range(BOXES))
    return tuple(one for one in found if one)


def box(numbers: Iterable[str]) -> Box | None:
    """Left, top, width and height in percent; None for what does not lie within a picture."""
    try:
        left, top, width, height = (float(one.replace(",", ".")) for one in numbers)
    except ValueError:
        return None
    fits = 0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100 and 0 < height <= 100
    return (left, top, min(width, 100 - left), min(height, 100 - top)) if fits else None
