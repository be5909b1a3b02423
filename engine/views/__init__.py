"""What pages are told: frozen answers to questions, already decided, in ids and instants. Words are added by texts.

Imports only the nouns. A page that needs something missing here asks for a new field, never for the store.
"""

from .office import SignedIn
from .operations import Incident, Operations
from .oversight import Oversight
from .performance import Fate, Figures, MonthFigures, Performance, PromiseFigures, Tally
from .public import Act, Closed, PermitCheck, Press, Receipt, ServicePage, Tracking, Wanted, Warned, Window
from .satisfaction import ElementScore, Satisfaction, Survey, SurveyState
from .shared import AnsweredForm, Event, FormView, StageRow, StageState, Urgency
from .work import CaseFile, CaseRow, Comment, Desk, Work, Worklist

__all__ = [
    "Act",
    "AnsweredForm",
    "CaseFile",
    "CaseRow",
    "Closed",
    "Comment",
    "Desk",
    "ElementScore",
    "Event",
    "Fate",
    "Figures",
    "FormView",
    "Incident",
    "MonthFigures",
    "Operations",
    "Oversight",
    "Performance",
    "PermitCheck",
    "Press",
    "PromiseFigures",
    "Receipt",
    "Satisfaction",
    "ServicePage",
    "SignedIn",
    "StageRow",
    "StageState",
    "Survey",
    "SurveyState",
    "Tally",
    "Tracking",
    "Urgency",
    "Wanted",
    "Warned",
    "Window",
    "Work",
    "Worklist",
]
