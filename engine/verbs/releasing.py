"""Releasing a complaint's words and photos to everybody, version by version, and taking them back at once.

What is released here is drawn anew: the photo it was drawn from stays in the case as it is. Photos chosen in the form
that releases (`publishing`) are public as they lie in the case, until a version of here takes their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.documents import blackened
from engine.errors import AnswersRejected, NotFound, NotYours
from engine.forms import coarse
from engine.house import House
from engine.keys import random_token
from engine.model import Actor, Case, Document, FieldProblem, PublicPhoto, Release

if TYPE_CHECKING:
    from engine.store import Reads, Transaction

PUBLIC = "public"
"""Origin of a picture that was drawn for everybody."""
PUBLISH, UNPUBLISH = "publish", "unpublish"
MOST_BOXES = 12


def may_release(house: House, reads: Reads, case: Case, actor: Actor) -> bool:
    """Whoever holds the role that releases in the case's diagram, unless it is confidential or they stood aside."""
    definition = house.entry(reads, case.version).definition
    step = definition.elements.get(definition.facts.public)
    fit = step is not None and step.role in actor.roles
    return fit and not case.confidential and actor.id not in case.stood_aside


class Releasing:
    """Releases and takes back. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def release_to_public(
        self, reference: str, summary: str, point: str, photos: Sequence[PublicPhoto], why: str, by: Actor, key: str
    ) -> None:
        """Make this the public version. Raises NotFound, NotYours, AnswersRejected without a reason or any words."""
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            _require(why, "alasan")
            _require(summary, "ringkasan")
            originals = {one.id: one for one in tx.documents(case.id) if one.origin != PUBLIC} if photos else {}
            shown = [self._drawn(tx, case, originals.get(photo.id), photo, by, now) for photo in photos]
            tx.release(Release(case.id, now, by.id, why.strip(), summary.strip(), coarse(point), shown))
            tx.add_audit(case.id, now, by, PUBLISH, "", {"photos": len(shown), "reason": why.strip()})
            tx.remember(f"{by.id}:{key}", PUBLISH, {"case_id": case.id}, now)

    def take_back(self, reference: str, why: str, by: Actor, key: str) -> None:
        """Take words, point and photos back from the public at once. Raises as `release_to_public`."""
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = self._releasable(tx, reference, by)
            if tx.recall(f"{by.id}:{key}"):
                return
            _require(why, "alasan")
            tx.release(Release(case.id, now, by.id, why.strip(), "", "", [], taken_back=True))
            tx.add_audit(case.id, now, by, UNPUBLISH, "", {"reason": why.strip()})
            tx.remember(f"{by.id}:{key}", UNPUBLISH, {"case_id": case.id}, now)

    def _releasable(self, tx: Transaction, reference: str, by: Actor) -> Case:
        found = tx.case_by_reference(reference)
        if found is None or found.confidential or tx.public_case(found.reference) is None:
            raise NotFound
        case = tx.case_for_update(found.id)
        if not may_release(self._house, tx, case, by):
            raise NotYours("", "conflict" if by.id in case.stood_aside else "role")
        return case

    def _drawn(
        self, tx: Transaction, case: Case, original: Document | None, photo: PublicPhoto, by: Actor, now: datetime
    ) -> dict[str, Any]:
        """A new picture of a photo of the case. Raises NotFound for any other paper, and one that was drawn here."""
        if original is None or not original.mime.startswith("image/"):
            raise NotFound
        boxes = photo.boxes[:MOST_BOXES]
        content = blackened(self._house.archive.get(original.sha256), original.mime, boxes)
        name = self._house.archive.put(content)
        size, mime = len(content), original.mime
        drawn = Document(random_token(), name, "publik.jpg", mime, size, PUBLIC, "publikasi", now, by.id)
        tx.add_document(drawn, case_id=case.id)
        return {"of": original.id, "document": drawn.id, "boxes": [list(box) for box in boxes]}


def _require(text: str, field: str) -> None:
    if not text.strip():
        raise AnswersRejected([FieldProblem(field, "required")])
