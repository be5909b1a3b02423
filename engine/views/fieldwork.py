"""What somebody is told who works out in the field: which of their tasks are done there, and what they take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .shared import AnsweredForm
from .work import Desk, Work


@dataclass(frozen=True, slots=True)
class FieldTask:
    """One task for the field: the desk, of the case only `brought` (what matters on site), and the `mark` of that.

    `mark` is handed back with the answers; empty when the task is not open any more. `needed`: what has to be answered
    on site, by the choice of the question that decides.
    """

    desk: Desk
    brought: tuple[AnsweredForm, ...]
    mark: str
    needed: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FieldList:
    """Tasks that are done in the field, least time left first: those one holds, and those that nobody holds yet."""

    mine: tuple[Work, ...]
    free: tuple[Work, ...]
