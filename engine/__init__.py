"""Janji's engine. This is its front door: what the web may know of it stands here, and nothing else.

`open_janji(settings)` gives one object with `engine` (verbs), `queries` (questions), `accounts` and `texts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import errors, model, views

if TYPE_CHECKING:
    from engine.settings import Settings
    from engine.wiring import Janji


def open_janji(settings: Settings) -> Janji:
    """Open an installation. Raises CityRefused for wrong city files."""
    from engine.wiring import wire

    return wire(settings)


__all__ = ["errors", "model", "open_janji", "views"]
