"""Verbs of the draft that a citizen fills in before there is a case. Wrong values are kept; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import AnswersRejected, NotFound
from engine.house import House
from engine.model import FieldProblem, PermitState
from engine.verbs.numbers import unknown_numbers
from engine.verbs.papers import Intake, Uploads, with_uploads
from engine.views import FormView

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Draft, Reads

_VALID = (PermitState.ACTIVE, PermitState.EXPIRING)


class Drafting:
    """Keeps drafts. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def begin_draft(self, service: str, language: str) -> str:
        """Open an empty draft and return its token, which is the only way to it. Raises NotFound."""
        nonce = keys.nonce()
        token = keys.draft_token(self._house.key, nonce)
        with self._house.store.write() as tx:
            self._current(tx, service)
            now, data_key = self._house.clock.now(), self._house.fresh_key()
            tx.add_draft(keys.hashed(token), service, language, now, data_key, nonce)
        return token

    def save_draft(self, token: str, raw: Mapping[str, Any], uploads: Uploads) -> FormView:
        """Keep what was typed, wrong values included, with the uploads that were good. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            draft, digest = self._draft(tx, token), keys.hashed(token)
            entry = self._current(tx, draft.service)
            form = entry.start_form
            taken, problems = Intake(self._house, tx, {"draft_id": digest}, "", "citizen", now).papers(form, uploads)
            values = with_uploads(form.typed(raw), taken)
            tx.save_draft(digest, self._house.typed(draft.data_key, values), now)
            files = {document.id: document for document in tx.draft_documents(digest)}
        return FormView(form.id, draft.service, form.schema, form.ui, values, tuple(problems), files=files)

    def checked_draft(self, token: str) -> FormView:
        """A draft with every problem that `start` would find now. Changes nothing. Raises NotFound."""
        digest = keys.hashed(token)
        with self._house.store.read() as reads:
            draft = self._draft(reads, token)
            entry = self._current(reads, draft.service)
            form = entry.start_form
            files = {document.id: document for document in reads.draft_documents(digest)}
            problems: tuple[FieldProblem, ...] = ()
            try:
                self._start_answers(reads, entry, draft.answers, files)
            except AnswersRejected as refused:
                problems = refused.problems
        return FormView(form.id, draft.service, form.schema, form.ui, draft.answers, problems, files=files)

    def _draft(self, tx: Reads, token: str) -> Draft:
        draft = tx.draft(keys.hashed(token))
        if draft is None:
            raise NotFound
        return self._house.draft(draft)

    def _current(self, tx: Reads, service: str) -> Entry:
        version = tx.current(service)
        if version is None:
            raise NotFound
        return self._house.entry(tx, version)

    def _start_answers(
        self,
        tx: Reads,
        entry: Entry,
        raw: Mapping[str, Any],
        documents: Mapping[str, Any],
        upload_problems: list[FieldProblem] | None = None,
    ) -> dict[str, Any]:
        problems = list(upload_problems or ())
        answers: dict[str, Any] = {}
        try:
            answers = entry.start_form.accept(raw, self._house.context(entry, {}, documents))
        except AnswersRejected as refused:
            problems.extend(refused.problems)
        problems.extend(unknown_numbers(tx, entry, raw))
        if problems:
            raise AnswersRejected(problems)
        return answers
