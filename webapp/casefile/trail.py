"""One line of a case's history in words: who did what with which part of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.model import THE_CLOCK, THE_SYSTEM, Case
from engine.views import Event
from webapp.casefile.changes import Change
from webapp.casefile.guarding import REASONS
from webapp.casefile.second_look import VERDICTS
from webapp.frame.filters import day, short_day
from webapp.frame.words import say as _
from webapp.staff.names import names

VERBS = {
    "start": "mengajukan permohonan",
    "complete": "menyelesaikan",
    "answer": "menjawab",
    "claim": "mengambil tugas",
    "release": "melepas tugas",
    "assign": "menyerahkan tugas",
    "leave": "berhenti; tugasnya kembali ke kelompok",
    "undo": "mengurungkan",
    "stand_aside": "menyatakan punya kepentingan",
    "stand_back": "menarik pernyataan kepentingan",
    "put_off": "menunda tugas",
    "take_up": "mengambil kembali tugas yang ditunda",
    "publish": "melepas ke umum",
    "propose_release": "mengusulkan lepas ke umum",
    "refuse_release": "mengembalikan usul lepas ke umum",
    "drop_release": "membatalkan usul lepas ke umum",
    "unpublish": "menarik dari umum",
    "merge": "menggabungkan laporan",
    "part": "memisahkan laporan",
    "comment": "menulis catatan",
    "send_back": "mengembalikan ke meja sebelumnya",
    "attach": "melampirkan berkas",
    "wake": "waktu tiba",
    "deliver": "pesan diterima",
    "withdraw": "menarik permohonan",
    "print": "dokumen dicetak",
    "issue": "dokumen diterbitkan",
    "retry": "dicoba lagi",
    "press": "mendesak keterlambatan",
    "unmask": "melihat nomor pribadi utuh",
    "erase": "menghapus data pribadi",
    "erase_asked": "meminta data pribadi dihapus",
    "export": "mengunduh data sendiri",
    "foresee": "memperkirakan keterlambatan",
    "clear": "memberi tahu atasan bahwa keterlambatan selesai",
    "review": "memeriksa ulang",
    "warn": "memberi tahu pemohon bahwa janji mungkin lewat",
    "unforeseen": "terlambat tanpa peringatan",
    "confirm_contact": "mengonfirmasi kontak",
    "stop_news": "menghentikan kabar tahap",
    "want_news": "meminta kabar tahap lagi",
    "write": "dikirimi pesan",
    "follow": "mengikuti laporan",
    "calendar": "kalender kerja berubah",
    "outage": "gangguan layanan",
    "extend": "memperpanjang janji",
    "ask_request": "meminta persetujuan untuk permintaan terlambat",
    "grant_request": "menyetujui permintaan terlambat",
    "refuse_request": "menolak permintaan terlambat",
    "count_again": "jeda sudah paling lama, hitungan janji berjalan lagi",
    "ask_extension": "meminta perpanjangan janji",
    "refuse_extension": "menolak perpanjangan janji",
}
WORTH_SAYING = (
    ("what", "yaitu"),
    ("verdict", "hasil"),
    ("party", "sebagai"),
    ("reason", "alasan"),
    ("waived", "tidak dapat dipenuhi"),
    ("to", "kepada"),
    ("from", "dari"),
    ("until", "sampai"),
    ("channel", "saluran"),
    ("main", "laporan induk"),
    ("received", "diterima"),
    ("order", "perintah"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """`about` is the part of the diagram, `facts` further words such as a reason; `public`: the citizen sees it."""

    at: datetime
    who: str
    did: str
    about: str
    facts: str
    public: bool


def lines(
    history: Iterable[Event], case: Case, changed: Mapping[tuple[str, datetime], Change] | None = None
) -> list[Line]:
    """The words of a case's events, in their order. Colleagues are named; the citizen is "Pemohon"."""
    events = list(history)
    people = {event.actor: event.role for event in events}
    return [_line(event, case, people, (changed or {}).get((event.element, event.at))) for event in events]


def _line(event: Event, case: Case, people: Mapping[str, str], change: Change | None) -> Line:
    said = [f"{_(word)}: {_said(event, name, people)}" for name, word in WORTH_SAYING if event.facts.get(name)]
    if shared := event.facts.get("shared"):
        why = _("dibagi otomatis karena paling sedikit memegang: %(open)s tugas, dari %(of)s orang")
        said.append(why % {"open": shared["open"], "of": shared["of"]})
    if event.facts.get("audience"):
        said.append(_("untuk pemohon") if event.facts["audience"] == "public" else _("untuk rekan kerja"))
    if change is not None:
        said.append(_("mengubah: %(what)s", what=", ".join(change.titles)))
    about = names().element(case.version, event.element) if event.element else ""
    return Line(event.at, _who(event, case), _(VERBS.get(event.verb, event.verb)), about, "; ".join(said), event.public)


def _said(event: Event, name: str, people: Mapping[str, str]) -> str:
    said = str(event.facts[name])
    if name == "until":
        return short_day(date.fromisoformat(said))
    if name == "received":
        return day(datetime.fromisoformat(said))
    if name in event.people:
        return event.people[name]
    if name == "verdict":
        return _(VERDICTS[said])
    if name == "what":
        return _(VERBS[said])
    return _(dict(REASONS)[said]) if event.verb == "unmask" else people.get(said, said)


def _who(event: Event, case: Case) -> str:
    if event.actor in (THE_CLOCK.id, THE_SYSTEM.id):
        return _("Janji (otomatis)")
    if event.actor == case.id:
        return names().role("pemohon", case.version)
    who = event.role or event.actor
    away = event.people.get("for")
    return _("%(name)s untuk %(away)s", name=who, away=away) if away else who
