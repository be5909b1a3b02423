"""Who may open which paper: the citizen of its case or draft, and staff who may read the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys, paper_pages
from engine.errors import NotFound
from engine.model import Actor, ActorKind, Document
from engine.questions.asking import Asking
from engine.questions.looking import PAPER, Looking
from engine.roles import may_work
from engine.verbs.tray import draft_tray, tray_of
from engine.views import PaperPage

if TYPE_CHECKING:
    from engine.store import Reads


_PDF = "application/pdf"


class PaperQuestions(Asking):
    """Papers by their unguessable ids."""

    def document(
        self, document_id: str, *, token: str | None = None, actor: Actor | None = None
    ) -> tuple[Document, bytes]:
        """A paper and its bytes, for the citizen of its case or draft, or for staff who may read the case.

        Raises NotFound for everyone else.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.document(document_id)
            if found is None:
                raise NotFound
            document, case_id, draft_id = found
            if case_id is None and draft_id and self._in_tray(reads, draft_id, token, actor):
                return document, self._house.archive.get(document.sha256)
            looking = None
            if actor is not None and actor.kind is ActorKind.STAFF and case_id:
                held = self.hold(reads, reads.case(case_id), now)
                self._require_may_read(reads, held, actor)
                looking = Looking(self._house, reads, held.case, held.entry, actor)
            elif not token or not self._opens(reads, token, case_id, draft_id):
                raise NotFound
        if looking is not None:
            looking.write(PAPER + document.field)
        return document, self._house.archive.get(document.sha256)

    def paper_page(self, document_id: str, page: int, actor: Actor) -> PaperPage:
        """A page of a paper to be read. Raises NotFound for whoever may not open the paper; a look like any other.

        A page beyond the last, or one that cannot be drawn, has no picture.
        """
        document, content = self.document(document_id, actor=actor)
        if document.mime != _PDF:
            return PaperPage(document)
        try:
            picture, count = paper_pages.drawn(content, page)
        except paper_pages.NotDrawn:
            return PaperPage(document)
        return PaperPage(document, page, count, picture)

    def _in_tray(self, reads: Reads, draft_id: str, token: str | None, actor: Actor | None) -> bool:
        """Whether a paper lies in this person's own tray, sent with a form not yet accepted, or in that of a draft."""
        tray = reads.draft(draft_id)
        task = str(tray.answers.get("task", "")) if tray else ""
        if task and actor is not None and draft_id == draft_tray(task):
            found = reads.task(task)
            return found is not None and may_work(actor, found)
        case = reads.case_by_secret(keys.hashed(token)) if token else None
        holders = [one.id for one in (actor, case) if one is not None]
        return bool(task) and draft_id in {tray_of(task, holder) for holder in holders}

    def _opens(self, reads: Reads, token: str, case_id: str | None, draft_id: str | None) -> bool:
        digest = keys.hashed(token)
        if draft_id is not None and case_id is None:
            return digest == draft_id
        case = reads.case_by_secret(digest)
        return case is not None and case.id == case_id
