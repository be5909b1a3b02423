"""Forgetting in time: drafts nobody sends, sessions nobody uses, keys and tries that have done their work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.clock import Clock
    from engine.store import Store

EVERY = timedelta(hours=6)
DRAFTS = timedelta(days=14)
"""A draft holds what somebody typed; the page promises a citizen that it is forgotten after two weeks."""
SESSIONS = timedelta(hours=14)
KEYS = timedelta(days=30)
"""Longer than any browser sends the same form again."""
TRIES = timedelta(days=1)
HANDED = timedelta(days=1)
"""The result of passing tasks on is looked at within the hour; the audit keeps it for good."""
ABSENCES = timedelta(days=90)
"""Why somebody was away is nobody's business for long; whose tasks were done for them stays in the histories."""
WATCHED = timedelta(days=7)
"""So long an ended case stays among those that somebody follows, if they do not look at it before."""
_DONE_AT = "kept_house_at"


class Housekeeping:
    """Tidies one store. Any number may run: forgetting twice is no harm."""

    def __init__(self, store: Store, clock: Clock, forget: Callable[[], int]) -> None:
        """`forget` erases the people whose term is over, and the bytes nobody holds."""
        self._store = store
        self._forget = forget
        self._clock = clock

    def tidy(self) -> bool:
        """Forget what is over, at most every few hours; tells whether it was time."""
        now = self._clock.now()
        with self._store.read() as reads:
            done = reads.setting(_DONE_AT)
        if done and now - datetime.fromisoformat(done) < EVERY:
            return False
        with self._store.write() as tx:
            tx.discard_of_stale_drafts(now - DRAFTS)
            tx.drop_stale_drafts(now - DRAFTS)
            tx.drop_stale_task_drafts(now - DRAFTS)
            tx.drop_stale_sessions(now - SESSIONS)
            tx.forget_keys(now - KEYS)
            tx.forget_tries_before(now - TRIES)
            tx.forget_handed(now - HANDED)
            tx.forget_follow_ups()
            tx.drop_watches_of_ended(now - WATCHED)
            tx.forget_absences((now - ABSENCES).date(), now - ABSENCES)
            tx.drop_letters(now)
            tx.drop_letter_notices(now - KEYS)
            tx.set_setting(_DONE_AT, now.isoformat())
        self._forget()
        return True
