"""What somebody of the staff chooses for themselves. Touches no case."""

from __future__ import annotations

from engine.errors import NotFound
from engine.house import House
from engine.model import Actor, Preferences


class Choosing:
    """Keeps choices. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def choose(self, wanted: Preferences, by: Actor) -> None:
        """Everything one chooses, in the place of what was chosen before. Raises NotFound for another's."""
        if wanted.login != by.id:
            raise NotFound
        with self._house.store.write() as tx:
            tx.choose(wanted)
