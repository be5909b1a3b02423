"""Releasing a complaint's words and photos to everybody, version by version, and taking them back at once.

Where the city wants it, a version waits until a second person of the same role has looked at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.errors import AnswersRejected, NotFound, NotYours, WindowClosed
from engine.forms import coarse
from engine.house import House
from engine.keys import random_token
from engine.model import Actor, Case, Decision, FieldProblem, ProposedRelease, PublicPhoto
from engine.verbs.publishing import UNPUBLISH, bring_out, photo_of, put_out, withdraw

if TYPE_CHECKING:
    from engine.store import Reads, Transaction

MOST_BOXES = 12
CONFIRM, REFUSE, DROP = "confirm_release", "refuse_release", "drop_release"


def may_release(house: House, reads: Reads, case: Case, actor: Actor) -> bool:
    """Whoever holds the role that releases in the case's diagram, unless it is confidential or they stood aside."""
    definition = house.entry(reads, case.version).definition
    step = definition.elements.get(definition.facts.public)
    fit = step is not None and step.role in actor.roles
    return fit and not case.confidential and actor.id not in case.stood_aside


def may_confirm(house: House, reads: Reads, case: Case, proposed: ProposedRelease, actor: Actor) -> bool:
    """Whoever may release it and did not ask for it themselves."""
    return proposed.asked_by != actor.id and may_release(house, reads, case, actor)


class Releasing:
    """Releases, confirms and takes back. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def release_to_public(
        self, reference: str, summary: str, point: str, photos: Sequence[PublicPhoto], why: str, by: Actor, key: str
    ) -> None:
        """Make this the public version, or have it wait for a second person; it replaces what waited before.

        Raises NotFound, NotYours, AnswersRejected without a reason or any words.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            _require(why, "alasan")
            _require(summary, "ringkasan")
            papers = tx.documents(case.id) if photos else ()
            shown = [
                {"of": photo_of(papers, one.id).id, "boxes": [list(box) for box in one.boxes[:MOST_BOXES]]}
                for one in photos
            ]
            words, place = summary.strip(), coarse(point)
            asked = ProposedRelease(random_token(), case.id, by.id, now, why.strip(), words, place, shown)
            bring_out(self._house, tx, asked, by)
            tx.remember(f"{by.id}:{key}", "release", {"case_id": case.id}, now)

    def confirm_release(self, reference: str, proposal: str, by: Actor, key: str) -> None:
        """Let out what a colleague proposed, as one saw it.

        Raises NotFound, NotYours, WindowClosed when that proposal was decided, replaced or dropped.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            put_out(self._house, tx, self._waiting(tx, case, proposal, by), by, now)
            tx.remember(f"{by.id}:{key}", CONFIRM, {"case_id": case.id}, now)

    def refuse_release(self, reference: str, proposal: str, why: str, by: Actor, key: str) -> None:
        """Send it back to whoever proposed it. Raises as `confirm_release`, and AnswersRejected without a reason."""
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            _require(why, "jawaban")
            proposed = self._waiting(tx, case, proposal, by)
            tx.send_back_release(case.id, why.strip(), by.id, now)
            tx.add_audit(case.id, now, by, REFUSE, "", {"to": proposed.asked_by, "reason": why.strip()})
            tx.remember(f"{by.id}:{key}", REFUSE, {"case_id": case.id}, now)

    def take_back(self, reference: str, why: str, by: Actor, key: str) -> None:
        """Take words, point and photos back from the public at once, and drop what waits to go out.

        One person is enough: taking back is never wrong for long. Raises as `release_to_public`.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            _require(why, "alasan")
            if tx.drop_proposed_release(case.id) and not tx.is_public(case.id):
                tx.add_audit(case.id, now, by, DROP, "", {"reason": why.strip()})
            else:
                withdraw(tx, case, why.strip(), by, now)
            tx.remember(f"{by.id}:{key}", UNPUBLISH, {"case_id": case.id}, now)

    def _releasable(self, tx: Transaction, reference: str, by: Actor) -> Case:
        case = tx.case_of_reference_for_update(reference)
        if case.confidential or case.erased_at or tx.public_case(case.reference) is None:
            raise NotFound
        if not may_release(self._house, tx, case, by):
            raise NotYours("", "conflict" if by.id in case.stood_aside else "role")
        return case

    def _waiting(self, tx: Transaction, case: Case, proposal: str, by: Actor) -> ProposedRelease:
        found = tx.proposed_release(case.id)
        if found is None or found.id != proposal:
            raise WindowClosed("release", "replaced")
        if found.decision is not Decision.WAITING:
            raise WindowClosed("release", "decided")
        if found.asked_by == by.id:
            raise NotYours("", "four_eyes")
        return found


def _require(text: str, field: str) -> None:
    if not text.strip():
        raise AnswersRejected([FieldProblem(field, "required")])
