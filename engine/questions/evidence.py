"""Questions about evidence: was a picture that staff sent used in another case as well?"""

from __future__ import annotations

from engine.model import Actor
from engine.questions.asking import Asking
from engine.verbs.merging import may_merge
from engine.views import UsedElsewhere


class EvidenceQuestions(Asking):
    """For staff who may read the case."""

    def used_elsewhere(self, reference: str, actor: Actor) -> tuple[UsedElsewhere, ...]:
        """Pictures that colleagues put into this case and whose bytes lie in others too. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference), now)
            self._require_may_read(reads, held, actor)
            papers = [one for one in reads.documents(held.case.id) if one.origin == "staff"]
            pictures = {one.sha256: one for one in papers if one.mime.startswith("image/")}
            found: dict[str, list[str]] = {}
            for sha256, case in reads.holding_bytes(list(pictures), held.case.id):
                known = not case.confidential or may_merge(self._house, reads, case, actor)
                found.setdefault(sha256, []).append(case.reference if known else "")
        return tuple(UsedElsewhere(pictures[sha256], tuple(found[sha256])) for sha256 in found)
