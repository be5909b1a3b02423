"""Every question that can be asked of the engine, on one object. Asks and never changes."""

from __future__ import annotations

from engine.questions.operations import OperationsQuestions
from engine.questions.public import PublicQuestions
from engine.questions.staff import StaffQuestions


class Queries(PublicQuestions, StaffQuestions, OperationsQuestions):
    """The front of reading: `queries.tracking(token)`, `queries.worklist(actor, "saya")`, …"""
