"""Every question that can be asked of the engine, on one object. Asks and never changes."""

from __future__ import annotations

from engine.questions.case_lists import CaseListQuestions
from engine.questions.desks import DeskQuestions
from engine.questions.event_log import EventLogQuestions
from engine.questions.evidence import EvidenceQuestions
from engine.questions.extending import ExtensionQuestions
from engine.questions.fieldwork import FieldQuestions
from engine.questions.foreseeing import ForeseeingQuestions
from engine.questions.handovers import HandoverQuestions
from engine.questions.ladder import LadderQuestions
from engine.questions.likeness import LikenessQuestions
from engine.questions.merging import MergingQuestions
from engine.questions.nearest import NearestQuestions
from engine.questions.onward import OnwardQuestions
from engine.questions.operations import OperationsQuestions
from engine.questions.oversight import OversightQuestions
from engine.questions.owndata import OwnDataQuestions
from engine.questions.papers import PaperQuestions
from engine.questions.permits import PermitQuestions
from engine.questions.promise_lists import PromiseListQuestions
from engine.questions.publications import PublicationQuestions
from engine.questions.reach import ReachQuestions
from engine.questions.register import RegisterQuestions
from engine.questions.releasing import ReleasingQuestions
from engine.questions.requests import RequestQuestions
from engine.questions.satisfaction import SatisfactionQuestions
from engine.questions.sharing import SharingQuestions
from engine.questions.tracking import TrackingQuestions
from engine.questions.watching import WatchQuestions


class Queries(
    RegisterQuestions,
    TrackingQuestions,
    PermitQuestions,
    OnwardQuestions,
    FieldQuestions,
    CaseListQuestions,
    DeskQuestions,
    WatchQuestions,
    ForeseeingQuestions,
    HandoverQuestions,
    PaperQuestions,
    ReachQuestions,
    LikenessQuestions,
    MergingQuestions,
    ReleasingQuestions,
    EvidenceQuestions,
    OwnDataQuestions,
    SharingQuestions,
    OversightQuestions,
    EventLogQuestions,
    NearestQuestions,
    LadderQuestions,
    ExtensionQuestions,
    RequestQuestions,
    OperationsQuestions,
    SatisfactionQuestions,
    PromiseListQuestions,
    PublicationQuestions,
):
    """The front of reading: `queries.tracking(token)`, `queries.worklist(actor, "saya")`, …"""
