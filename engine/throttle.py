"""How guessing is slowed down: tries are counted in the store, under a key that names no person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store import Transaction

WINDOW_S = 15 * 60
"""Tries older than a quarter of an hour are forgotten."""


def count(tx: Transaction, key: str, most: int, now: datetime) -> bool:
    """Count one try under a key and tell whether there have now been too many within the window."""
    return tx.count_try(key, now, WINDOW_S) > most
