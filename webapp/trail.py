"""One line of a case's history in words: who did what with which part of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.views import Event
from webapp.names import names
from webapp.words import say as _

VERBS = {
    "start": "mengajukan permohonan",
    "complete": "menyelesaikan",
    "answer": "menjawab",
    "claim": "mengambil tugas",
    "release": "melepas tugas",
    "assign": "menyerahkan tugas",
    "comment": "menulis catatan",
    "attach": "melampirkan berkas",
    "wake": "waktu tiba",
    "deliver": "pesan diterima",
    "withdraw": "menarik permohonan",
    "print": "dokumen dicetak",
    "issue": "dokumen diterbitkan",
    "retry": "dicoba lagi",
}
WORTH_SAYING = (("reason", "alasan"), ("to", "kepada"), ("from", "dari"), ("channel", "saluran"))


@dataclass(frozen=True, slots=True)
class Line:
    """`about` is the part of the diagram, `facts` further words such as a reason; `public`: the citizen sees it."""

    at: datetime
    who: str
    did: str
    about: str
    facts: str
    public: bool


def line(event: Event, version: str) -> Line:
    """The words of one event."""
    said = [f"{_(word)}: {event.facts[name]}" for name, word in WORTH_SAYING if event.facts.get(name)]
    if event.facts.get("audience"):
        said.append(_("untuk pemohon") if event.facts["audience"] == "public" else _("untuk rekan kerja"))
    about = names().element(version, event.element) if event.element else ""
    return Line(event.at, _who(event), _(VERBS.get(event.verb, event.verb)), about, "; ".join(said), event.public)


def _who(event: Event) -> str:
    if event.actor in ("clock", "system"):
        return _("Janji (otomatis)")
    known = names().role(event.role) if event.role else event.actor
    return _("Pemohon") if len(known) == len("0" * 32) and event.role == event.actor else known
