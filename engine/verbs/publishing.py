"""What a case makes public: that it is there, from its first step on; in words only what a person has released.

Which services do so, and which form releases, is said by their diagrams.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.forms import released
from engine.house import text_at
from engine.model import Release

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.model import Actor, Case, ServiceFacts
    from engine.store import Transaction


def announce(tx: Transaction, facts: ServiceFacts, case: Case, data: Mapping[str, Any]) -> None:
    """List a case that is not confidential, by what was chosen from a list: its category and its place."""
    if facts.public and not case.confidential:
        tx.announce(case.id, text_at(data, facts.category), case.place, case.started_at)


def release(
    tx: Transaction, facts: ServiceFacts, case: Case, form: Form, answers: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Make public what the form that releases was answered with: photos of this case, as they lie in it."""
    if form.id != facts.public or case.confidential:
        return
    summary, point, photos = released(form.ui, answers)
    pictures = {one.id for one in tx.documents(case.id) if one.mime.startswith("image/")} if photos else set()
    shown = [{"of": photo, "document": photo, "boxes": []} for photo in photos if photo in pictures]
    tx.release(Release(case.id, at, by.id, "", summary, point, shown))
