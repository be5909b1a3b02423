"""The promise: a budget of days and a ledger that only grows; the rest is derived. Knows no store and no diagram."""

from .clarifying import Late, lateness
from .closing import applicants_days, closed_promise, month_of
from .counting import Account, pause_ends_at
from .entering import entries_for
from .moves import moves, spells
from .moving import Moving, moved_by_order, moved_line, outage_lines
from .standing import Ledgers, standing

__all__ = [
    "Account",
    "Late",
    "Ledgers",
    "Moving",
    "applicants_days",
    "closed_promise",
    "entries_for",
    "lateness",
    "month_of",
    "moved_by_order",
    "moved_line",
    "moves",
    "outage_lines",
    "pause_ends_at",
    "spells",
    "standing",
]
