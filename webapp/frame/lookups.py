"""What somebody looked at, and whether it holds identity numbers: told to staff and to whom the data are about."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model import Json
from engine.views import AnsweredForm
from webapp.frame.words import say as _

NUMBERS = frozenset({"nik", "npwp"})
LOOKED = {
    "berkas": "membuka berkas",
    "tugas": "membuka tugas",
    "nomor": "melihat nomor pribadi utuh",
    "lapangan": "membawa tugas ke lapangan",
    "daftar": "mengunduh daftar yang memuat berkas ini",
}


def looked(what: str, answered: Iterable[AnsweredForm]) -> str:
    """What somebody looked at, in words; a paper by the title of the question it answers."""
    kind, _colon, field = what.partition(":")
    if not field:
        return _(LOOKED[kind])
    titles = {name: part.get("title") for one in answered for name, part in one.schema.get("properties", {}).items()}
    return _("membuka dokumen %(title)s", title=titles.get(field) or field.replace("_", " "))


def has_numbers(answered: Iterable[AnsweredForm]) -> bool:
    """Whether anything answered is an identity number."""
    return any(part.get("format") in NUMBERS for one in answered for part in _asked(one.schema, one.answers))


def _asked(schema: Json, answers: Json) -> list[Json]:
    return [part for name, part in schema.get("properties", {}).items() if name in answers]
