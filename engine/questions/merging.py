"""Questions about complaints that go together: which are alike, what carries what, and what its reporter may know."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from engine.model import MERGING, PARTING, UNDO_FOR, Actor, Case
from engine.questions.asking import Asking, Held
from engine.questions.likeness import LOOKED_AT, MOST, near
from engine.verbs.likeness import box, metres_between
from engine.verbs.merging import may_merge
from engine.views import LikeCase, Together

if TYPE_CHECKING:
    from engine.store import Reads


class MergingQuestions(Asking):
    """For staff who may read the case."""

    def together(self, reference: str, actor: Actor) -> Together:
        """What a case carries, what carries it, and open cases like it that could. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference), now)
            self._require_may_read(reads, held, actor)
            case, waits = held.case, reads.waiting_messages(held.case.id)
            may = may_merge(self._house, reads, case, actor)
            seen = [one for one in reads.carried_by(case.id) if self._may_know(reads, one, actor)]
            found = Together(
                case,
                may=may,
                mergeable=MERGING in waits,
                carried=tuple(seen),
                hidden=len(reads.carried_by(case.id)) - len(seen),
                alike=self._alike(reads, held) if may and MERGING in waits else (),
            )
            merger = reads.merger(case.id)
            if merger is None:
                return found
            slip = merger.by == actor.id and now < merger.at + UNDO_FOR and PARTING in waits
            by_name = reads.names([merger.by]).get(merger.by, merger.by)
            main, until = reads.case(merger.main_id), merger.at + UNDO_FOR if slip else None
            return replace(found, merger=merger, main=main, by_name=by_name, undo_until=until)

    def _may_know(self, reads: Reads, case: Case, actor: Actor) -> bool:
        return not case.confidential or may_merge(self._house, reads, case, actor)

    def _alike(self, reads: Reads, held: Held) -> tuple[LikeCase, ...]:
        rule, mine = held.entry.definition.facts.similar, reads.likeness(held.case.id)
        if rule is None or mine is None:
            return ()
        rows = reads.cases_like(held.case.service, mine, box(mine, rule.metres), LOOKED_AT)
        others = (row for row in near(rows, mine, rule) if row[0].id != held.case.id)
        could = (row for row in others if MERGING in reads.waiting_messages(row[0].id))
        return tuple(_like(reads, case, metres_between(mine, like)) for case, like in islice(could, MOST))


def _like(reads: Reads, case: Case, metres: float | None) -> LikeCase:
    public = reads.public_case(case.reference)
    return LikeCase(case, None if metres is None else round(metres), public[1].summary if public else "")
