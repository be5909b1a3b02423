"""Which human tasks and timers of a service lie on no story: what nobody has said how it should come out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.library import entry_of, read_version

if TYPE_CHECKING:
    from engine.model import Element
    from engine.stories.playing import Played

HUMAN = ("userTask", "manualTask")


def untold(service: Path, forms: Path, played: Iterable[Played]) -> tuple[Element, ...]:
    """The tasks for people and the timers that none of the played stories came by, in the order of the diagram.

    `forms` holds one folder per service. Raises FilesRefused for a service that cannot be run at all.
    """
    definition = entry_of(read_version(service, forms / service.name)).definition
    passed = {step for story in played for step in story.passed}
    return tuple(
        element
        for element in definition.elements.values()
        if (element.kind in HUMAN or element.timed) and element.id not in passed
    )
