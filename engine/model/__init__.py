"""The nouns that every room shares: frozen data that knows how to be read and nothing else. Imports nothing of ours.

Instants end in `_at` (aware, UTC), days in the city's zone in `_on`.
"""

from .actors import THE_CLOCK, THE_SYSTEM, Actor, ActorKind, Post
from .base import Json
from .cases import (
    AuditEntry,
    Case,
    Document,
    FieldProblem,
    Notice,
    Permit,
    PermitState,
    Problem,
    ProcessVersion,
    Severity,
    Task,
)
from .diagrams import Basis, Drawing, Edge, Element, Flow, PromiseRule, ServiceFacts, Shape, Stage, Unit
from .outcomes import Closed, Closing, Effect, Opened, Outcome, Passed, Timer
from .promised import CountedDay, DayKind, Entry, LedgerEntry, PromiseDates, PromiseStanding, PromiseState

__all__ = [
    "THE_CLOCK",
    "THE_SYSTEM",
    "Actor",
    "ActorKind",
    "AuditEntry",
    "Basis",
    "Case",
    "Closed",
    "Closing",
    "CountedDay",
    "DayKind",
    "Document",
    "Drawing",
    "Edge",
    "Effect",
    "Element",
    "Entry",
    "FieldProblem",
    "Flow",
    "Json",
    "LedgerEntry",
    "Notice",
    "Opened",
    "Outcome",
    "Passed",
    "Permit",
    "PermitState",
    "Post",
    "Problem",
    "ProcessVersion",
    "PromiseDates",
    "PromiseRule",
    "PromiseStanding",
    "PromiseState",
    "ServiceFacts",
    "Severity",
    "Shape",
    "Stage",
    "Task",
    "Timer",
    "Unit",
]
