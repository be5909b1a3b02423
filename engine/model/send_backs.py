"""Sending a case back to an earlier desk: what is kept so that it can be undone for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SendBack:
    """One send-back: the task it finished, and the case as it stood right before.

    `seq` is the entry of the audit that tells of it: what comes after it is what others have done since. `tokens` and
    `stage` are those of before.
    """

    task_id: str
    case_id: str
    by: str
    at: datetime
    seq: int
    stage: str | None
    tokens: bytes
