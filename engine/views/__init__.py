"""What pages are told: frozen answers to questions, already decided, in ids and instants. Words are added by texts.

Imports only the nouns. A page that needs something missing here asks for a new field, never for the store.
"""

from .office import SignedIn
from .operations import Incident, Operations
from .oversight import Oversight
from .public import PermitCheck, Receipt, ServicePage, Tracking
from .satisfaction import ElementScore, Satisfaction, Survey, SurveyState
from .shared import AnsweredForm, Event, FormView, StageRow, StageState, Urgency
from .work import CaseFile, CaseRow, Comment, Desk, Work, Worklist

__all__ = [
    "AnsweredForm",
    "CaseFile",
    "CaseRow",
    "Comment",
    "Desk",
    "ElementScore",
    "Event",
    "FormView",
    "Incident",
    "Operations",
    "Oversight",
    "PermitCheck",
    "Receipt",
    "Satisfaction",
    "ServicePage",
    "SignedIn",
    "StageRow",
    "StageState",
    "Survey",
    "SurveyState",
    "Tracking",
    "Urgency",
    "Work",
    "Worklist",
]
