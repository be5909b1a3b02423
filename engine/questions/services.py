"""Questions anybody may ask about services: what is offered, by when it would be done, and one's own draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound
from engine.model import Entry, LedgerEntry, PromiseStanding
from engine.promises import standing
from engine.questions.asking import Asking
from engine.views import FormView, ServicePage

if TYPE_CHECKING:
    from engine.store import Reads


class ServiceQuestions(Asking):
    """Answers without an account."""

    def services(self) -> tuple[ServicePage, ...]:
        """Every published service, in the order of the city's file."""
        with self._house.store.read() as reads:
            return tuple(self._page(reads, service) for service in self._offered(reads))

    def service(self, service: str) -> ServicePage:
        """One service for its public page. Raises NotFound."""
        with self._house.store.read() as reads:
            return self._page(reads, service)

    def promised_if_started(self, service: str) -> PromiseStanding | None:
        """The main promise as it would stand had it begun this minute: the date a citizen may expect today."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            rule = self._in_force(reads, service).definition.facts.main
        if rule is None:
            return None
        begun = (LedgerEntry(rule.id, Entry.START, now, "clock"),)
        return standing(rule, begun, self._house.city.calendar, now)

    def draft(self, token: str) -> FormView:
        """A draft as it was last saved, wrong values included. Raises NotFound."""
        digest = keys.hashed(token)
        with self._house.store.read() as reads:
            draft = reads.draft(digest)
            if draft is None:
                raise NotFound
            draft = self._house.draft(draft)
            form = self._in_force(reads, draft.service).start_form
            files = {document.id: document for document in reads.draft_documents(digest)}
        return FormView(
            form.id,
            draft.service,
            form.schema,
            form.ui,
            draft.answers,
            files=files,
            relevance=form.relevance(draft.answers),
        )

    def _page(self, reads: Reads, service: str) -> ServicePage:
        book = self._in_force(reads, service)
        form = book.start_form
        view = FormView(form.id, service, form.schema, form.ui, relevance=form.relevance({}))
        roles = {role.id: role.title for role in self._house.city.roles.values()}
        outside = frozenset(e.role for e in book.definition.elements.values() if e.brings and e.role)
        facts, version = book.definition.facts, book.version
        return ServicePage(facts, view, version.id, version.published_at, roles=roles, outside=outside)
