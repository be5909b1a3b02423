"""The promise: a budget of days and a ledger that only grows; the rest is derived. Knows no store and no diagram."""

from .entering import entries_for
from .standing import Ledgers, moved_by_calendar, standing

__all__ = ["Ledgers", "entries_for", "moved_by_calendar", "standing"]
