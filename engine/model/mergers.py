"""Cases that tell of the same matter: one of them is the main one and carries the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MERGING, PARTING, ANSWERED = "penggabungan", "pemisahan", "induk_dijawab"
"""Names of the messages into a diagram: now it is carried, it goes by itself again, what carries it was answered."""


@dataclass(frozen=True, slots=True)
class Merger:
    """That a case is carried by a main one. It never ends silently: `parted_at` is set, or the main one was answered.

    `via`: the case with which it came along when that one was merged itself; None: it was merged on its own.
    """

    case_id: str
    main_id: str
    by: str
    at: datetime
    reason: str
    via: str | None = None
    parted_at: datetime | None = None
    parted_by: str = ""
    parted_reason: str = ""
