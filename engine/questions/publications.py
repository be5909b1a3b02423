"""Questions of anybody about single cases of services with a public list. What is confidential is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Document
from engine.questions.asking import Asking, Held
from engine.roles import APPLICANT
from engine.store.lists import PublicFilter
from engine.verbs.publishing import PUBLIC
from engine.views import Handing, PublicList, PublicOrder, PublicPage, PublicState

if TYPE_CHECKING:
    from engine.store import Reads

PAGE = 20
DOTS = 500
"""So many points are drawn; more would be a blot."""


class PublicationQuestions(Asking):
    """Answers without an account: lines, places, answers of the office, and who had the case."""

    def public_list(
        self,
        *,
        place: str = "",
        category: str = "",
        state: PublicState | None = None,
        order: PublicOrder = PublicOrder.NEWEST,
        cursor: str | None = None,
    ) -> PublicList:
        """A page of what is public, with the counts of every place and the points to draw."""
        now, wanted = self._house.clock.now(), PublicFilter(place, category, state, order)
        with self._house.store.read() as reads:
            rows, following = reads.public_list(wanted, now, cursor, PAGE)
            books = [self._in_force(reads, one) for one in self._offered(reads)]
            return PublicList(
                rows,
                following,
                reads.public_places(now),
                reads.public_points(wanted, now, DOTS),
                tuple(book.definition.facts for book in books if book.definition.facts.public),
                now,
            )

    def public_case(self, reference: str) -> PublicPage:
        """One case for everybody. Raises NotFound for what is not public, as for what is not there."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.public_case(reference)
            if found is None:
                raise NotFound
            held = self.hold(reads, reads.case(found[0]), now)
            return PublicPage(
                found[1],
                held.entry.definition.facts,
                held.promise,
                tuple(self._handings(reads, held)),
                # An answer speaks of what was reported: it is public as long as that is.
                tuple(self._told(reads, held)) if found[1].released_at else (),
                now,
            )

    def public_photo(self, reference: str, document_id: str) -> tuple[Document, bytes]:
        """A released photo, which was drawn for everybody. Raises NotFound for every other paper."""
        with self._house.store.read() as reads:
            found = reads.public_case(reference)
            kept = reads.document(document_id) if found and document_id in found[1].photos else None
        if kept is None or kept[0].origin != PUBLIC:
            raise NotFound
        return kept[0], self._house.archive.get(kept[0].sha256)

    def _handings(self, reads: Reads, held: Held) -> Iterator[Handing]:
        tasks = sorted(reads.tasks(held.case.id), key=lambda task: task.opened_at)
        for task in tasks:
            if task.role != APPLICANT:
                yield Handing(task.element, task.role, self._unit_of(task), task.opened_at, task.closed_at)
