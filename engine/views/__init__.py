"""What pages are told: frozen answers to questions, already decided, in ids and instants. Words are added by texts.

Imports only the nouns. A page that needs something missing here asks for a new field, never for the store.
"""

from .office import SignedIn
from .operations import Incident, Operations
from .oversight import Oversight
from .public import PermitCheck, Receipt, ServicePage, Tracking
from .shared import AnsweredForm, Event, FormView, StageRow, StageState, Urgency
from .work import CaseFile, CaseRow, Comment, Desk, Work, Worklist

__all__ = [
    "AnsweredForm",
    "CaseFile",
    "CaseRow",
    "Comment",
    "Desk",
    "Event",
    "FormView",
    "Incident",
    "Operations",
    "Oversight",
    "PermitCheck",
    "Receipt",
    "ServicePage",
    "SignedIn",
    "StageRow",
    "StageState",
    "Tracking",
    "Urgency",
    "Work",
    "Worklist",
]
