"""Wakes cases whose timers are due, and ticks. APScheduler is a metronome here and nothing else.

Which case is due is one indexed question; what waking means is the engine's verb, which opens a transaction of its own
per case. Two workers may pick the same case: the verb takes its row or leaves it (`case_if_free`) and saves it by
compare-and-set, so the second finds nothing to do. A case that fails becomes an incident and stops nobody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler

from .clock import Clock
from .errors import CaseMovedOn, StepFailed
from .incidents import note
from .store import WAKE, Store

TICK_AT = "tick_at"
"""The setting that holds the instant of the last sweep, in ISO 8601."""

_BATCH = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, in cases. Those another worker had already woken count as neither."""

    woken: int
    failed: int


class Sweep:
    """One look for due cases after another. Any number of them may run on one store."""

    def __init__(self, store: Store, wake: Callable[[str], bool], clock: Clock) -> None:
        """`wake` is the engine's verb; it returns False when there was nothing (left) to do."""
        self._store = store
        self._wake = wake
        self._clock = clock

    def sweep(self) -> Swept:
        """Wake every case that is due now, the longest overdue first, each once."""
        woken = failed = 0
        troubled = self._troubled()
        for case_id in self._due():
            try:
                if self._wake(case_id):
                    woken += 1
                    self._clear(case_id, troubled)
            except CaseMovedOn:
                continue  # whoever was quicker; what is still due then shows in the next sweep
            except Exception as broken:
                failed += 1
                self._note(case_id, broken)
        self._tick()
        return Swept(woken, failed)

    def _due(self) -> Iterator[str]:
        """Each due case once, also those that become due while the others are woken."""
        seen: set[str] = set()
        while True:
            with self._store.read() as r:
                due = r.due_cases(self._clock.now(), len(seen) + _BATCH)
            fresh = [case_id for case_id in due if case_id not in seen]
            if not fresh:
                return
            seen.update(fresh)
            yield from fresh

    def _clear(self, case_id: str, troubled: frozenset[str]) -> None:
        if case_id in troubled:
            with self._store.write() as w:
                w.resolve_incident(case_id, WAKE, self._clock.now())

    def _troubled(self) -> frozenset[str]:
        with self._store.read() as r:
            return frozenset(one.case_id for one in r.incidents() if one.kind == WAKE)

    def _note(self, case_id: str, broken: Exception) -> None:
        """Make or renew the incident. Two workers that fail on one case at once count as one failure."""
        element, message = _told(broken)
        note(self._store, self._clock.now(), case_id, WAKE, element, message)
        _log.error("case not woken", extra={"case_id": case_id, "element": element, "why": type(broken).__name__})

    def _tick(self) -> None:
        with self._store.write() as w:
            w.set_setting(TICK_AT, self._clock.now().isoformat())


def start_metronome(beat: Callable[[], object], every_s: float) -> Callable[[], None]:
    """Call `beat` every `every_s` seconds in a thread of its own until the returned function is called.

    Never twice at once: a beat that takes longer swallows those it missed. One that fails is logged and the next
    comes. The returned function waits for a beat that is running.
    """
    metronome = BackgroundScheduler(timezone=UTC, daemon=True)
    once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    metronome.add_job(_guarded, "interval", args=(beat,), seconds=every_s, **once)
    metronome.start()

    def stop() -> None:
        metronome.shutdown(wait=True)

    return stop


def _guarded(beat: Callable[[], object]) -> None:
    """Log a failed beat by its kind alone: the text of a database's error may repeat what a citizen typed."""
    try:
        beat()
    except Exception as broken:
        _log.error("beat failed", extra={"why": type(broken).__name__})


def _told(broken: Exception) -> tuple[str, str]:
    """Element and message of an incident: what a diagram did wrong in words, anything else by its kind alone."""
    if isinstance(broken, StepFailed):
        return broken.element, broken.message
    return "", type(broken).__name__
