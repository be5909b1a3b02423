"""When something came that a clerk enters for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Came:
    """The day something came and why it is entered later. `on` None: today. `at` is worked out from it."""

    on: date | None = None
    why: str = ""
    at: datetime | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What the record keeps of it; nothing for what is entered as it comes."""
        return {"received": self.at.isoformat(), "reason": self.why} if self.at else {}


TODAY = Came()
