"""Where work lies and in whose hands, in words. The ids are those of the address and of `engine.views.Where`."""

from __future__ import annotations

from webapp.frame.access import actor, janji
from webapp.frame.words import say as _
from webapp.staff.names import names

PLACES = {
    "kantor": "Kantor ini",
    "pemohon": "Di tangan pemohon",
    "tanpa-tugas": "Tanpa tugas terbuka",
}
"""Places that are no unit of the city."""
UNTAKEN = "belum-diambil"


def place(where: str) -> str:
    """A unit of the city by its short name, or a place that is none."""
    return _(PLACES[where]) if where in PLACES else names().unit(where)


def hands(login: str, name: str = "") -> str:
    """Who holds work; without a name the engine is asked for it."""
    if login == UNTAKEN:
        return _("Belum diambil")
    return name or janji().queries.colleague(login, actor())
