"""What a case makes public: that it is there, from its first step on; in words only what a person has released.

Which services do so, and which form releases words, is said by their diagrams; whether a second person looks first, by
the city. A photo becomes public only as a new picture, drawn at the moment it goes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.documents import blackened
from engine.errors import NotFound
from engine.forms import released
from engine.house import House, text_at
from engine.keys import random_token
from engine.model import Document, ProposedRelease, Release

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.model import Actor, Box, Case, ServiceFacts
    from engine.store import Transaction

PUBLIC = "public"
"""Origin of a picture that was drawn for everybody."""
PROPOSE, PUBLISH, UNPUBLISH = "propose_release", "publish", "unpublish"


def announce(tx: Transaction, facts: ServiceFacts, case: Case, data: Mapping[str, Any]) -> None:
    """List a case that is not confidential, by what was chosen from a list: its category and its place."""
    if facts.public and not case.confidential:
        tx.announce(case.id, text_at(data, facts.category), case.place, case.started_at)


def release(
    house: House,
    tx: Transaction,
    facts: ServiceFacts,
    case: Case,
    form: Form,
    answers: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> None:
    """Bring out the words and the point that the form that releases was answered with, beside the photos of before."""
    if form.id != facts.public or case.confidential:
        return
    summary, point = released(form.ui, answers)
    versions, proposed = tx.releases(case.id), tx.proposed_release(case.id)
    now = versions[-1] if versions and not versions[-1].taken_back else None
    if not summary and not point:
        tx.drop_proposed_release(case.id)
        if now:
            withdraw(tx, case, "", by, at)
        return
    standing = proposed or now
    if standing is None or (standing.summary, standing.point) != (summary, point):
        photos = standing.photos if standing else ()
        shown = [{"of": one["of"], "boxes": one["boxes"]} for one in photos]
        bring_out(house, tx, ProposedRelease(random_token(), case.id, by.id, at, "", summary, point, shown), by)


def bring_out(house: House, tx: Transaction, asked: ProposedRelease, by: Actor) -> None:
    """Let a version wait for a second person where the city wants one, else make it public."""
    if not house.city.second_look:
        put_out(house, tx, asked, by, asked.asked_at)
        return
    tx.propose_release(asked)
    tx.add_audit(asked.case_id, asked.asked_at, by, PROPOSE, "", _facts(asked))


def put_out(house: House, tx: Transaction, asked: ProposedRelease, by: Actor, at: datetime) -> None:
    """Make it public; `by` is whoever released it, or the second person who let it go out."""
    papers = tx.documents(asked.case_id) if asked.photos else ()
    shown = [_drawn(house, tx, asked, photo_of(papers, photo["of"]), photo["boxes"], at) for photo in asked.photos]
    second = "" if by.id == asked.asked_by else by.id
    tx.release(
        Release(asked.case_id, at, asked.asked_by, asked.why, asked.summary, asked.point, shown, confirmed_by=second)
    )
    tx.drop_proposed_release(asked.case_id)
    tx.add_audit(asked.case_id, at, by, PUBLISH, "", _facts(asked) | ({"to": asked.asked_by} if second else {}))


def withdraw(tx: Transaction, case: Case, why: str, by: Actor, at: datetime) -> None:
    """From now on nothing of it is public but that it is there."""
    tx.release(Release(case.id, at, by.id, why, "", "", [], taken_back=True))
    tx.add_audit(case.id, at, by, UNPUBLISH, "", {"reason": why})


def _facts(asked: ProposedRelease) -> dict[str, Any]:
    return {"photos": len(asked.photos), "reason": asked.why}


def _drawn(
    house: House, tx: Transaction, asked: ProposedRelease, original: Document, boxes: Sequence[Box], at: datetime
) -> dict[str, Any]:
    """A new picture of a photo of the case, as a version names it."""
    content = blackened(house.archive.get(original.sha256), original.mime, boxes)
    name, size = house.archive.put(content), len(content)
    drawn = Document(random_token(), name, "publik.jpg", original.mime, size, PUBLIC, "publikasi", at, asked.asked_by)
    tx.add_document(drawn, case_id=asked.case_id)
    return {"of": original.id, "document": drawn.id, "boxes": boxes}


def photo_of(documents: tuple[Document, ...], document_id: str) -> Document:
    """A photo that came into the case. Raises NotFound for any other paper, and for what we drew ourselves."""
    for one in documents:
        if one.id == document_id and one.origin != PUBLIC and one.mime.startswith("image/"):
            return one
    raise NotFound
