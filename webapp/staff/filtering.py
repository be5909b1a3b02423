"""Filters of lists, all of them in the address: a list can be sent to a colleague as a link. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

LONGEST = 120
NO_STAGE = "tanpa-tahap"
"""Instead of a stage: cases that have come to none yet."""
DUE = (
    ("lewat", "Lewat batas"),
    ("hari-ini", "Hari ini"),
    ("besok", "Sampai hari kerja berikut"),
    ("minggu-ini", "Dalam 5 hari kerja"),
    ("ditunda", "Ditunda"),
)
WAITED_FOR = ("menunggu", "Menunggu pemohon")
"""The one more of the list of everybody's work: nobody holds what waits for applicants."""
STATES = (
    ("terlambat", "Terlambat"),
    ("mendekati", "Mendekati batas"),
    ("berjalan", "Berjalan"),
    ("menunggu", "Menunggu pemohon"),
    ("selesai", "Selesai"),
    ("terbuka", "Semua yang belum selesai"),
    ("jalan", "Jam kita berjalan"),
    ("tepat", "Berjalan dan belum lewat"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to. The names are those in the address; `dari` is where the next page begins,
    `sejak` when the first one was read, as an instant."""

    tab: str = ""
    keadaan: str = ""
    layanan: str = ""
    tahap: str = ""
    unit: str = ""
    petugas: str = ""
    wilayah: str = ""
    saluran: str = ""
    masuk: str = ""
    eskalasi: str = ""
    tempo: str = ""
    q: str = ""
    dari: str = ""
    sejak: str = ""

    @property
    def narrowed(self) -> bool:
        paged = {"tab", "keadaan", "dari", "sejak"}
        return any(getattr(self, one.name) for one in fields(self) if one.name not in paged)

    def address(self, **changes: str) -> dict[str, str]:
        """The parameters of this list with some changed. Any change but of `dari` goes back to the first page."""
        start = self if changes.get("dari") else replace(self, dari="", sejak="")
        other = replace(start, **changes)
        return {one.name: value for one in fields(other) if (value := getattr(other, one.name))}

    @property
    def since(self) -> datetime | None:
        """`sejak` read; None without one, and for what is no instant."""
        try:
            found = datetime.fromisoformat(self.sejak)
        except ValueError:
            return None
        return found if found.tzinfo else None


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """Read from an address; a stage without its service means nothing and is dropped."""
    known = {one.name: arguments.get(one.name, "").strip()[:LONGEST] for one in fields(Wanted)}
    if not known["layanan"]:
        known["tahap"] = ""
    known["dari"] = arguments.get("dari", "").strip()
    return Wanted(**known)
