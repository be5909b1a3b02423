"""A case that somebody of the staff follows although it is not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """`seen_seq`: how far the case's record went when they last looked; what comes after it is news to them."""

    login: str
    case_id: str
    since_at: datetime
    seen_seq: int
