"""Whether an issued document is real and holds, for whoever has the paper in hand."""

from __future__ import annotations

from engine.disclosing import disclosed, initials
from engine.errors import NotFound
from engine.model import ERASED, Permit, PermitState
from engine.questions.asking import Asking
from engine.texts import LANGUAGES, Texts
from engine.views import PermitCheck


class PermitQuestions(Asking):
    """What anybody may know of a permit."""

    def permit(self, number: str, version: int | None = None) -> PermitCheck:
        """What anybody may know of an issued document: its newest version unless another is asked for.

        Raises NotFound for a number that was never issued, and for a version that never was.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            versions = reads.permit(number.strip().upper())
            asked = next((one for one in versions if version in (None, one.version)), None)
            if asked is None:
                raise NotFound
            texts = self._house.entry(reads, reads.case(asked.case_id).version).texts
            holder = str(self._house.opened(reads, asked.case_id, asked.facts.get("holder", "")))
        data, regions = asked.facts.get("data", {}), self._house.city.regions
        return PermitCheck(
            permit=asked,
            current=versions[0],
            state=asked.state_on(self._house.city.calendar.on(now)),
            holder="" if holder == ERASED else initials(holder),
            as_of=now,
            replaced_by=_successor(asked, versions[0]),
            details={code: tuple(disclosed(texts, code, data, regions)) for code in LANGUAGES},
            name=_each(texts, "papers", asked.kind, "name", default=asked.kind.upper()),
            note=_each(texts, "papers", asked.kind, "note"),
            ground=_each(texts, "grounds", asked.state_ground, default=asked.state_ground),
        )


def _successor(asked: Permit, current: Permit) -> tuple[str, int | None] | None:
    """The number and version that took its place; the version is None where another number did."""
    if asked.state is not PermitState.REPLACED:
        return None
    if asked.replaced_by:
        return asked.replaced_by, None
    return (current.number, current.version) if current.version > asked.version else None


def _each(texts: Texts, *path: str, default: str = "") -> dict[str, str]:
    """A text in each language, `default` where the service says nothing."""
    found = {code: texts.find(code, *path) if all(path) else None for code in LANGUAGES}
    return {code: text if isinstance(text, str) else default for code, text in found.items()}
