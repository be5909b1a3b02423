"""All subjects of the store on one connection: what can be asked, and what can be asked and changed."""

from __future__ import annotations

from .absences import AbsenceReads, AbsenceWrites
from .acts import ActReads, ActWrites
from .caselist import CaseListReads
from .cases import CaseReads, CaseWrites
from .erasing import ErasingReads, ErasingWrites
from .extensions import ExtensionReads, ExtensionWrites
from .follow_ups import FollowUpReads, FollowUpWrites
from .forecasts import ForecastReads, ForecastWrites
from .handovers import HandoverReads, HandoverWrites
from .incidents import IncidentReads, IncidentWrites
from .keys import KeyReads, KeyWrites
from .ladder import LadderReads, LadderWrites
from .likeness import LikenessReads, LikenessWrites
from .looks import LookReads, LookWrites
from .mergers import MergerReads, MergerWrites
from .notes import NoteReads, NoteWrites
from .notices import NoticeReads, NoticeWrites
from .office import OfficeReads, OfficeWrites
from .orders import OrderReads, OrderWrites
from .papers import PaperReads, PaperWrites
from .parties import PartyReads, PartyWrites
from .performance import PerformanceReads, PerformanceWrites
from .preferences import PreferenceReads, PreferenceWrites
from .progress import ProgressReads, ProgressWrites
from .promise_lists import PromiseListReads
from .publications import ProposalWrites, PublicationReads
from .queue import QueueReads
from .requests import RequestReads, RequestWrites
from .samples import SampleReads, SampleWrites
from .saved import SavedReads, SavedWrites
from .send_backs import SendBackReads, SendBackWrites
from .sharing import SharingReads, SharingWrites
from .surveys import SurveyReads, SurveyWrites
from .task_drafts import TaskDraftReads, TaskDraftWrites
from .tasks import TaskReads, TaskWrites
from .timers import TimerReads, TimerWrites
from .timing import TimingReads
from .trail import TrailReads
from .versions import VersionReads, VersionWrites
from .watches import WatchReads, WatchWrites
from .worklist import WorklistReads


class Reads(
    CaseReads,
    TrailReads,
    TaskReads,
    TaskDraftReads,
    TimerReads,
    ProgressReads,
    NoteReads,
    NoticeReads,
    PaperReads,
    LookReads,
    PartyReads,
    LikenessReads,
    MergerReads,
    ErasingReads,
    VersionReads,
    OfficeReads,
    AbsenceReads,
    OrderReads,
    ExtensionReads,
    RequestReads,
    KeyReads,
    ActReads,
    FollowUpReads,
    ForecastReads,
    HandoverReads,
    IncidentReads,
    PreferenceReads,
    WatchReads,
    SavedReads,
    SendBackReads,
    SharingReads,
    WorklistReads,
    CaseListReads,
    SurveyReads,
    TimingReads,
    QueueReads,
    LadderReads,
    SampleReads,
    PerformanceReads,
    PromiseListReads,
    PublicationReads,
):
    """Everything as it stands at one instant: several questions give answers that fit together."""


class Transaction(
    CaseWrites,
    TaskWrites,
    TaskDraftWrites,
    TimerWrites,
    ProgressWrites,
    NoteWrites,
    NoticeWrites,
    PaperWrites,
    LookWrites,
    PartyWrites,
    LikenessWrites,
    MergerWrites,
    ErasingWrites,
    VersionWrites,
    OfficeWrites,
    AbsenceWrites,
    OrderWrites,
    ExtensionWrites,
    RequestWrites,
    ActWrites,
    KeyWrites,
    FollowUpWrites,
    ForecastWrites,
    HandoverWrites,
    IncidentWrites,
    PreferenceWrites,
    WatchWrites,
    SavedWrites,
    SendBackWrites,
    SharingWrites,
    SurveyWrites,
    LadderWrites,
    SampleWrites,
    PerformanceWrites,
    ProposalWrites,
    Reads,
):
    """One verb's changes, stored together or not at all. Sees its own changes."""
