"""Questions of whoever releases a complaint: what it says, what in it might name somebody, what is public already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.documents import blackened
from engine.errors import NotFound
from engine.forms import Span, blacked, coarse, spans, value_at
from engine.model import Actor, Box, Case, Decision
from engine.questions.asking import Asking, Held
from engine.verbs.publishing import PUBLIC
from engine.verbs.releasing import may_confirm, may_release
from engine.views import Passage, ReleaseDesk, ReleaseState


class ReleasingQuestions(Asking):
    """Only for who may release, and never about a confidential case."""

    def release_desk(self, reference: str, actor: Actor) -> ReleaseDesk:
        """The reporter's text with suggestions, the photos, and every version so far. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference), now)
            public = reads.public_case(held.case.reference)
            if public is None or not may_release(self._house, reads, held.case, actor) or held.case.erased_at:
                raise NotFound
            data = self._opened(reads, held, self.data(reads, held))
            text, point = (str(self._proposed_from(held, data, mark) or "") for mark in ("summary", "point"))
            known = tuple(self._identities(held, data))
            found = spans(text, known)
            history, pending = reads.releases(held.case.id), reads.proposed_release(held.case.id)
            people = [login for one in history for login in (one.by, one.confirmed_by) if login]
            if pending:
                people += [login for login in (pending.asked_by, pending.decided_by) if login]
            return ReleaseDesk(
                held.case,
                public[1],
                tuple(_passages(text, found)),
                blacked(text, found),
                coarse(point),
                tuple(
                    paper
                    for paper in reads.documents(held.case.id)
                    if paper.mime.startswith("image/") and paper.origin != PUBLIC
                ),
                history,
                reads.names(people),
                pending,
                tuple(_passages(pending.summary, spans(pending.summary, known))) if pending else (),
                may_confirm=pending is not None and may_confirm(self._house, reads, held.case, pending, actor),
                second_look=self._house.city.second_look,
            )

    def blackened_photo(
        self, reference: str, document_id: str, boxes: Sequence[Box], actor: Actor
    ) -> tuple[str, bytes]:
        """A photo of the case as it would be public: its type and bytes. Raises NotFound."""
        desk = self.release_desk(reference, actor)
        photo = next((one for one in desk.photos if one.id == document_id), None)
        if photo is None:
            raise NotFound
        return photo.mime, blackened(self._house.archive.get(photo.sha256), photo.mime, boxes)

    def release_state(self, case: Case, actor: Actor) -> ReleaseState | None:
        """How far the release of a case is; None for whoever may not open its page of release."""
        with self._house.store.read() as reads:
            public = reads.public_case(case.reference)
            if public is None or case.erased_at or not may_release(self._house, reads, case, actor):
                return None
            pending = reads.proposed_release(case.id)
        if pending is not None:
            return ReleaseState.WAITING if pending.decision is Decision.WAITING else ReleaseState.RETURNED
        return ReleaseState.PUBLIC if public[1].released_at else ReleaseState.HIDDEN

    def _proposed_from(self, held: Held, data: Any, mark: str) -> Any:
        """What the form that releases proposes for a mark: the answer its field is filled from."""
        form = held.entry.form(held.entry.definition.facts.public)
        fields = (one for one in form.ui.values() if isinstance(one, dict) and one.get("ui:published") == mark)
        return next((value_at(data, str(one.get("ui:prefill", ""))) for one in fields), None)


def _passages(text: str, found: Sequence[Span]) -> Iterator[Passage]:
    at = 0
    for span in found:
        if span.start > at:
            yield Passage(text[at : span.start])
        yield Passage(text[span.start : span.end], span.kind)
        at = span.end
    if at < len(text):
        yield Passage(text[at:])
