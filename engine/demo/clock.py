"""The demo's clock: the machine's, ahead by an offset that stands in a file beside the demo's database."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from engine.clock import Clock


class DemoClock:
    """Real time plus an offset. The file is read each time, so that every process of a demo tells the same time."""

    def __init__(self, folder: Path, wall: Clock) -> None:
        self._file = folder / "clock-offset-s"
        self._wall = wall

    def now(self) -> datetime:
        return self._wall.now() + self._offset()

    def move_to(self, at: datetime) -> None:
        """Move on to an instant. Raises ValueError when that lies in the demo's past: nothing un-happens."""
        now = self.now()
        if at < now - timedelta(seconds=1):
            raise ValueError(f"the demo stands at {now.isoformat(timespec='minutes')} and its clock only moves forward")
        offset = at - self._wall.now()
        beside = self._file.with_suffix(".new")
        beside.write_text(str(max(offset.total_seconds(), 0.0)))
        os.replace(beside, self._file)

    def _offset(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._file.read_text()))
        except FileNotFoundError:
            return timedelta(0)
