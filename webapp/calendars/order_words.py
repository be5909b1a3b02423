"""The words of orders and extensions: kinds, states, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.errors import NotYours, WindowClosed
from engine.model import Decision, FieldProblem, Order, OrderKind
from webapp.frame.words import say

KINDS = {
    OrderKind.CLOSED: "Kantor tutup",
    OrderKind.OPEN: "Kantor buka pada hari libur",
    OrderKind.HOURS: "Jam kerja lain",
    OrderKind.REVOKED: "Pencabutan",
    OrderKind.OUTAGE: "Gangguan layanan",
    OrderKind.OUTAGE_END: "Gangguan berakhir lebih awal",
}
DECISIONS = {
    Decision.WAITING: "menunggu orang kedua",
    Decision.APPROVED: "berlaku",
    Decision.REJECTED: "ditolak",
}
ASKED = {
    Decision.WAITING: "menunggu keputusan atasan",
    Decision.APPROVED: "disetujui",
    Decision.REJECTED: "ditolak",
}
"""A request for an extension, by how far it has come."""
STATES = {
    Decision.WAITING: "menunggu_pemohon",
    Decision.APPROVED: "selesai",
    Decision.REJECTED: "netral",
}
"""The sign and colour that stand beside the word."""
PROBLEMS = {
    "order.missing": "Bagian ini perlu diisi.",
    "order.past": "Hari yang sudah lewat tidak dapat diubah. Pilih hari yang jam tutupnya masih di depan.",
    "order.backwards": "Akhir tidak boleh sebelum awal.",
    "order.too_long": "Paling lama %(days)s hari dalam satu perintah.",
    "order.too_old": "Awal gangguan paling jauh %(days)s hari ke belakang.",
    "order.idle": "Hari-hari itu sudah begitu menurut kalender; tidak ada yang berubah.",
    "order.hours": "Tulis jam seperti 08:00-15:15.",
    "order.no_end": "Gangguan harus punya akhir. Bila ternyata lebih lama, buat perintah baru.",
    "order.taken": "Nomor %(number)s sudah dipakai untuk gangguan lain.",
    "order.link": "Alasan dibaca umum dan tidak boleh memuat alamat situs.",
    "order.days": "Perpanjangan paling lama %(days)s hari untuk janji ini.",
    "order.day": "Tulis tanggal yang benar.",
}
WHY_NOT = {
    "not_allowed": "Janji layanan ini tidak boleh diperpanjang.",
    "not_running": "Janji ini tidak sedang berjalan.",
    "too_late": "Tanggal janji sudah lewat. Janji yang sudah dilanggar tidak dapat diperpanjang.",
    "twice": "Janji ini sudah pernah diperpanjang. Perpanjangan hanya satu kali.",
    "asked": "Permintaan perpanjangan sudah ada dan menunggu keputusan.",
    "decided": "Sudah diputuskan.",
    "passed": "Hari pertamanya sudah lewat. Ajukan usul baru.",
    "over": "Gangguan ini sudah berakhir.",
    "four_eyes": "Yang mengusulkan tidak boleh ikut memutuskan: perlu orang kedua.",
    "conflict": "Anda menyatakan punya kepentingan dalam perkara ini.",
}
"""Why an act is refused, by the engine's word."""
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


FIELDS = {
    "number": "nomor",
    "name": "nama",
    "reason": "alasan",
    "first_on": "dari",
    "last_on": "sampai",
    "from_at": "dari",
    "to_at": "sampai",
    "days": "hari",
    "answer": "jawaban",
    "week": "senin",
}
"""What the pages call the engine's fields. A weekday's hours are its name."""


def word_of(refused: WindowClosed | NotYours) -> str:
    """The engine's word for why somebody could not decide."""
    return refused.why if isinstance(refused, WindowClosed) else refused.reason


def problems_by_field(problems: Iterable[FieldProblem]) -> Mapping[str, str]:
    """The sentence of each mistake by the page's field, in the reader's language; the first of a field counts."""
    found: dict[str, str] = {}
    for one in problems:
        head, _, weekday = one.path.partition(".")
        field = WEEKDAYS[int(weekday)] if weekday else FIELDS.get(head, head)
        found.setdefault(field, say(PROBLEMS[one.code], **one.facts))
    return found


def title(order: Order) -> str:
    """An order in a few words: its kind, and what closes the days."""
    kind = say(KINDS[order.kind])
    return f"{kind}: {order.name}" if order.name else kind
