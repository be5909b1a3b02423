"""What somebody is told of a case like their own: nothing that its reporter typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """A case like a draft. `same` are the answers that agree, chosen from the form's lists, by path.

    `summary` is empty until somebody released words for the public.
    """

    reference: str
    version: str
    started_at: datetime
    stage: str
    same: Mapping[str, str]
    area: str
    summary: str = ""
