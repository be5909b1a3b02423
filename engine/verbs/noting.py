"""Notes on a case: for colleagues, or for whoever asked. Moves no date.

Its author may take a note back for ten minutes. So long a note for whoever asked is not shown to them and no mail about
it leaves; taken back, its text is gone and the record says only that there was one.
"""

from __future__ import annotations

from engine.errors import NotFound, WindowClosed
from engine.house import House
from engine.model import UNDO_FOR, Actor, Notice
from engine.roles import APPLICANT
from engine.verbs.news import Weight
from engine.views import Comment

WRITTEN = "catatan"
"""The notice to whoever asked that the office wrote to them."""


class Noting:
    """Writes notes. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def comment(self, reference: str, text: str, by: Actor, key: str, audience: str = "internal") -> int:
        """Write a note: `internal` for colleagues, `public` for whoever asked as well. Returns its line."""
        now, public = self._house.clock.now(), audience == "public"
        with self._house.store.write() as tx:
            case = tx.case_of_reference_for_update(reference)
            known = tx.recall(f"{by.id}:{key}")
            if known:
                return int(known[1].get("note", 0))
            note = tx.add_comment(case.id, Comment(now, by.id, text.strip(), public))
            tx.add_audit(case.id, now, by, "comment", "", {"audience": audience, "note": note})
            if public:
                told = Notice(_told(note), APPLICANT, WRITTEN, facts={"weight": Weight.NEWS})
                tx.add_notices(case.id, [told], now, now + UNDO_FOR)
            tx.remember(f"{by.id}:{key}", "comment", {"case_id": case.id, "note": note}, now)
            return note

    def take_back_note(self, reference: str, note: int, by: Actor) -> None:
        """Take one's own note back. Again changes nothing.

        Raises NotFound for a note of another or of another case, WindowClosed when its ten minutes are over.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_of_reference_for_update(reference)
            said = next((one for one in tx.comments(case.id) if one.line == note and one.by == by.id), None)
            if said is None:
                raise NotFound
            if said.taken_back_at is not None:
                return
            if now >= said.at + UNDO_FOR:
                raise WindowClosed("undo", "over")
            tx.take_back_comment(note, now)
            tx.drop_notice(_told(note))
            tx.add_audit(case.id, now, by, "undo", "", {"what": "comment", "note": note})


def _told(note: int) -> str:
    return f"note:{note}"
