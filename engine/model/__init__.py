"""The nouns that every room shares: frozen data that knows how to be read and nothing else. Imports nothing of ours.

Instants end in `_at` (aware, UTC), days in the city's zone in `_on`.
"""

from .actors import THE_CLOCK, THE_SYSTEM, Actor, ActorKind, Post
from .base import ERASED, UNREADABLE, Json
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
from .orders import OF_THE_CALENDAR, DaySort, Decision, Extension, Move, OfficeAct, Order, OrderKind
from .outcomes import Closed, Closing, Effect, Opened, Outcome, Passed, Timer
from .promised import (
    ClosedPromise,
    CountedDay,
    DayKind,
    Entry,
    LedgerEntry,
    PromiseDates,
    PromiseStanding,
    PromiseState,
)

__all__ = [
    "ERASED",
    "OF_THE_CALENDAR",
    "THE_CLOCK",
    "THE_SYSTEM",
    "UNREADABLE",
    "Actor",
    "ActorKind",
    "AuditEntry",
    "Basis",
    "Case",
    "Closed",
    "ClosedPromise",
    "Closing",
    "CountedDay",
    "DayKind",
    "DaySort",
    "Decision",
    "Document",
    "Drawing",
    "Edge",
    "Effect",
    "Element",
    "Entry",
    "Extension",
    "FieldProblem",
    "Flow",
    "Json",
    "LedgerEntry",
    "Move",
    "Notice",
    "OfficeAct",
    "Opened",
    "Order",
    "OrderKind",
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
