"""The store: the only room that knows SQL. Everything is asked and changed through `Store.read` and `Store.write`."""

from .caselist import NO_STAGE, OPEN_STATES, state_of
from .figures import EndedVisit, OutboxFigures, Stretch, TimerFigures
from .lists import CaseFilter, CaseState, OversightRow, Page, Tab, WorkFilter, WorkRow
from .promise_lists import ClosedIn, FellDue
from .rows import Answered, Draft, Forewarning, Head, KeyTaken, Secrets, SessionRow, StageVisit, User, Waiting
from .store import Store
from .timers import WAKE
from .transaction import Reads, Transaction
from .whereabouts import NOBODY, NOWHERE, OFFICE

__all__ = [
    "NOBODY",
    "NOWHERE",
    "NO_STAGE",
    "OFFICE",
    "OPEN_STATES",
    "WAKE",
    "Answered",
    "CaseFilter",
    "CaseState",
    "ClosedIn",
    "Draft",
    "EndedVisit",
    "FellDue",
    "Forewarning",
    "Head",
    "KeyTaken",
    "OutboxFigures",
    "OversightRow",
    "Page",
    "Reads",
    "Secrets",
    "SessionRow",
    "StageVisit",
    "Store",
    "Stretch",
    "Tab",
    "TimerFigures",
    "Transaction",
    "User",
    "Waiting",
    "WorkFilter",
    "WorkRow",
    "state_of",
]
