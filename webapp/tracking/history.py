"""What happened to a case, as a citizen wants to read it: who did which step, what was escalated, nothing else.

Pure: events go in, lines come out. Reminders between colleagues are left out; an escalation never is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.views import Event

WITHDRAWAL = "penarikan"
"""Name of the message by which an applicant withdraws."""

APPLICANT = "pemohon"
NOBODY = frozenset({"clock", "system"})

LINES = {
    "start": "Kami terima",
    "complete": "%(what)s: selesai dikerjakan",
    "withdraw": "Berkas ditarik",
    "merge": "Digabung dengan laporan yang sama",
    "part": "Ditangani sendiri lagi",
    "comment": "Catatan dari petugas",
    "escalated": "Dinaikkan ke atasan: %(to)s",
    "warn": "Kami memberi tahu Anda bahwa janji ini mungkin lewat",
    "press": "Anda mendesak; diberitahukan kepada %(to)s",
    "asked_late": "%(what)s: kami meminta sesuatu kepada Anda, terlambat menurut aturan kami sendiri",
    "count_again": "Jam kami berjalan lagi, walau kami masih menunggu jawaban Anda",
    "other": "%(what)s",
}
"""By kind of line. `what` is the name of the step, `to` the roles it was escalated to."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. `element` names the step, `to` are role ids, `role` who acted (empty: nobody)."""

    kind: str
    element: str
    at: datetime
    role: str = ""
    to: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return LINES[self.kind]


def lines(events: Iterable[Event]) -> tuple[Line, ...]:
    """The events worth telling, in the order given."""
    return tuple(line for event in events if (line := _line(event)) is not None)


def _line(event: Event) -> Line | None:
    rungs = tuple(str(rung) for rung in event.facts.get("rungs") or ())
    if event.verb == "warn":
        return Line("warn", "", event.at)
    if event.verb == "press":
        return Line("press", "", event.at, APPLICANT, rungs)
    if rungs:
        return Line("escalated", event.element, event.at, to=rungs)
    if event.verb == "wake" and not event.facts.get("closed"):
        return None
    role = "" if event.role in NOBODY else event.role
    return Line(_kind(event), event.element, event.at, role)


def _kind(event: Event) -> str:
    if event.verb == "deliver" and event.element == WITHDRAWAL:
        return "withdraw"
    if event.verb == "complete" and event.facts.get("late"):
        return "asked_late"
    return event.verb if event.verb in LINES else "other"
