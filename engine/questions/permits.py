"""Whether an issued document is real and holds, for whoever has the paper in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.forms import value_at
from engine.model import Json, PermitState
from engine.questions.asking import Asking
from engine.sealing import is_sealed
from engine.texts import LANGUAGES, Texts
from engine.views import PermitCheck

if TYPE_CHECKING:
    pass


class PermitQuestions(Asking):
    """What anybody may know of a permit."""

    def permit(self, number: str) -> PermitCheck:
        """What anybody may know of an issued document. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.permit(number.strip().upper())
            if not found:
                raise NotFound
            texts = self._house.entry(reads, reads.case(found[0].case_id).version).texts
        holder = _initials(str(found[0].facts.get("holder", "")))
        genuine = found[0].state is not PermitState.REVOKED
        details = {code: _details(texts, code, found[0].facts.get("data", {})) for code in LANGUAGES}
        return PermitCheck(found[0], found[0], holder, genuine, now, details)


def _initials(name: str) -> str:
    """`Siti Rahmawati` → `S. R.`: enough to compare with a paper, too little to look somebody up."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def _details(texts: Texts, language: str, data: Json) -> list[tuple[str, str]]:
    """What `[check.<name>]` makes public: `title`, and the value that lies at `from` in the data at issue."""
    told = texts.find(language, "check") or {}
    values = [(str(one["title"]), value_at(data, one["from"])) for one in told.values()]
    return [(title, str(value)) for title, value in values if value not in (None, "", 0) and not is_sealed(value)]
