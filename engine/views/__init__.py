"""What pages are told: frozen answers to questions, already decided, in ids and instants. Words are added by texts.

Imports only the nouns. A page that needs something missing here asks for a new field, never for the store.
"""

from .chain import Hop, Passing, Reason
from .event_log import EventLog, LogEvent, Trace
from .fieldwork import FieldList, FieldTask
from .foreseen import Ahead, ClockTurn, Foreseen, Mail, Preview
from .handovers import Colleague, HandedOver, HandedTask, Offer, Planned, SharePlan
from .ladder import Ladder, SampledCase, SamplePage
from .likeness import Alike
from .merging import CarriedBy, LikeCase, Together, UsedElsewhere
from .office import SignedIn
from .operations import Incident, Operations
from .orders import (
    CalendarYear,
    DayOfYear,
    Decisions,
    ExtensionPage,
    OrderPage,
    OutageNotice,
    WhatIf,
)
from .oversight import Checked, Counted, Near, NearTask, Oversight, Pulse, Where
from .owndata import Held, Keeping, OwnData
from .people import Away, Named, People, Person, PersonPage, SharedPost
from .performance import Fate, Figures, MonthFigures, OnTime, Performance, PromiseFigures, Tally
from .promise_lists import DayRate, PromiseLine, PromiseList, Rates
from .public import Act, Closed, PermitCheck, Press, Quick, Receipt, ServicePage, Tracking, Wanted, Warned, Window
from .published import Handing, PlaceCount, PublicCase, PublicList, PublicOrder, PublicPage, PublicState
from .queue import Queue, QueueDay, WillBeLate
from .reach import Contact, Letterhead, Reach, WayBack
from .reading import PaperPage
from .register import CaseRules, RecordedPromise, ServiceStep, Standard, VersionInForce
from .releasing import Passage, ReleaseDesk, ReleaseState
from .requests import LateRequestFigures, LateRequests, RequestLine, RequestList, RequestPage
from .satisfaction import ElementScore, Satisfaction, Survey, SurveyState
from .shared import AnsweredForm, Event, FormView, Relevance, StageRow, StageState, Urgency
from .timing import DaysSpent, Heat, Length, StageTime, TaskTime, Times, TookLine, TookList, Warmth
from .watching import Watched, Watchlist
from .work import COUNTED_UP_TO, RESTING_UP_TO, CaseFile, CaseRow, Comment, Day, Desk, DeskDraft, Why, Work, Worklist

__all__ = [
    "COUNTED_UP_TO",
    "RESTING_UP_TO",
    "Act",
    "Ahead",
    "Alike",
    "AnsweredForm",
    "Away",
    "CalendarYear",
    "CarriedBy",
    "CaseFile",
    "CaseRow",
    "CaseRules",
    "Checked",
    "ClockTurn",
    "Closed",
    "Colleague",
    "Comment",
    "Contact",
    "Counted",
    "Day",
    "DayOfYear",
    "DayRate",
    "DaysSpent",
    "Decisions",
    "Desk",
    "DeskDraft",
    "ElementScore",
    "Event",
    "EventLog",
    "ExtensionPage",
    "Fate",
    "FieldList",
    "FieldTask",
    "Figures",
    "Foreseen",
    "FormView",
    "HandedOver",
    "HandedTask",
    "Handing",
    "Heat",
    "Held",
    "Hop",
    "Incident",
    "Keeping",
    "Ladder",
    "LateRequestFigures",
    "LateRequests",
    "Length",
    "Letterhead",
    "LikeCase",
    "LogEvent",
    "Mail",
    "MonthFigures",
    "Named",
    "Near",
    "NearTask",
    "Offer",
    "OnTime",
    "Operations",
    "OrderPage",
    "OutageNotice",
    "Oversight",
    "OwnData",
    "PaperPage",
    "Passage",
    "Passing",
    "People",
    "Performance",
    "PermitCheck",
    "Person",
    "PersonPage",
    "PlaceCount",
    "Planned",
    "Press",
    "Preview",
    "PromiseFigures",
    "PromiseLine",
    "PromiseList",
    "PublicCase",
    "PublicList",
    "PublicOrder",
    "PublicPage",
    "PublicState",
    "Pulse",
    "Queue",
    "QueueDay",
    "Quick",
    "Rates",
    "Reach",
    "Reason",
    "Receipt",
    "RecordedPromise",
    "ReleaseDesk",
    "ReleaseState",
    "Relevance",
    "RequestLine",
    "RequestList",
    "RequestPage",
    "SamplePage",
    "SampledCase",
    "Satisfaction",
    "ServicePage",
    "ServiceStep",
    "SharePlan",
    "SharedPost",
    "SignedIn",
    "StageRow",
    "StageState",
    "StageTime",
    "Standard",
    "Survey",
    "SurveyState",
    "Tally",
    "TaskTime",
    "Times",
    "Together",
    "TookLine",
    "TookList",
    "Trace",
    "Tracking",
    "Urgency",
    "UsedElsewhere",
    "VersionInForce",
    "Wanted",
    "Warmth",
    "Warned",
    "Watched",
    "Watchlist",
    "WayBack",
    "WhatIf",
    "Where",
    "Why",
    "WillBeLate",
    "Window",
    "Work",
    "Worklist",
]
