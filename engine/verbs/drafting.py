"""Verbs of the draft that a citizen fills in before there is a case. Wrong values are kept; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import AnswersRejected, NotFound
from engine.house import House
from engine.model import FieldProblem, Json, PermitState
from engine.verbs.numbers import unknown_numbers
from engine.verbs.papers import Intake, Uploads, with_uploads
from engine.views import FormView

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.library import Entry
    from engine.model import Document
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
        return self._save(token, lambda form, _, taken: with_uploads(form.typed(raw), taken), lambda _: uploads)

    def save_part(self, token: str, group: str, raw: Mapping[str, Any], uploads: Uploads) -> FormView:
        """Keep what was typed into one group of questions, and everything that stands in the others.

        A question of the group that its page did not ask is left as it was. Raises NotFound, also for a group that
        the form does not have.
        """
        return self._save(
            token,
            lambda form, standing, taken: _with_part(form, standing, _group(form, group), raw, taken),
            lambda form: {name: files for name, files in uploads.items() if name in _group(form, group)},
        )

    def _save(
        self,
        token: str,
        typed: Callable[[Form, Json, Mapping[str, Any]], dict[str, Any]],
        sent: Callable[[Form], Uploads],
    ) -> FormView:
        """Take the papers that were `sent` in, and keep what then stands in the draft: `typed` says what that is."""
        now, digest = self._house.clock.now(), keys.hashed(token)
        with self._house.store.write() as tx:
            draft = self._draft(tx, token)
            form = self._current(tx, draft.service).start_form
            intake = Intake(self._house, tx, {"draft_id": digest}, "", "citizen", now)
            taken, problems = intake.papers(form, sent(form))
            values = typed(form, draft.answers, taken)
            tx.save_draft(digest, self._house.typed(draft.data_key, values), now)
            files = {document.id: document for document in tx.draft_documents(digest)}
        return _shown(draft.service, form, values, problems, files)

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
                self._start_answers(reads, entry, applying(form, draft.answers), files)
            except AnswersRejected as refused:
                problems = refused.problems
        return _shown(draft.service, form, draft.answers, problems, files)

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


def _shown(
    service: str, form: Form, values: Json, problems: Sequence[FieldProblem], files: Mapping[str, Document]
) -> FormView:
    return FormView(
        form.id, service, form.schema, form.ui, values, tuple(problems), files=files, relevance=form.relevance(values)
    )


def _group(form: Form, group: str) -> tuple[str, ...]:
    try:
        return form.group(group)
    except LookupError as unknown:
        raise NotFound from unknown


def _with_part(
    form: Form, standing: Json, names: Collection[str], raw: Mapping[str, Any], taken: Mapping[str, Any]
) -> dict[str, Any]:
    """The draft with one group replaced. What its page did not show, and was not posted either, keeps its answer."""
    posted = {name.partition(".")[0] for name in raw} | set(taken)
    hidden = form.relevance(standing).hidden
    asked = {name for name in names if name in posted or name not in hidden}
    typed = with_uploads(form.typed({name: raw[name] for name in raw if name.partition(".")[0] in asked}), taken)
    kept = {name: value for name, value in standing.items() if name not in asked}
    return kept | {name: value for name, value in typed.items() if name in asked}


def applying(form: Form, answers: Json) -> dict[str, Any]:
    """What is judged and sent: an answer to a question that does not apply stays in the draft."""
    idle = form.relevance(answers).idle
    return {name: value for name, value in answers.items() if name not in idle}
