"""What a person is told of the data held about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model import Case, Document, Look, ServiceFacts
from engine.retention import Held, Keeping

from .shared import AnsweredForm

__all__ = ["Held", "Keeping", "OwnData"]


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything held of whoever asked, whole. `answered`: what they gave, oldest first; ERASED where it is gone.

    `looks` are of posts: `login` is empty. `sealed`: by form id the answers that are kept sealed.
    """

    case: Case
    facts: ServiceFacts
    answered: tuple[AnsweredForm, ...]
    sealed: Mapping[str, frozenset[str]]
    documents: tuple[Document, ...]
    looks: tuple[Look, ...]
    keeping: Keeping
    asked_at: datetime | None
    as_of: datetime
