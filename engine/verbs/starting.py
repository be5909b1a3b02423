"""Verbs that begin a case: the draft a citizen fills in, the start itself, and the counter's entry for a walk-in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import AnswersRejected, NotFound, NotYours
from engine.forms import value_at
from engine.forms.formats import UNREGISTERED
from engine.house import House, text_at
from engine.model import Actor, ActorKind, Case, FieldProblem, PermitState, PromiseState
from engine.store import KeyTaken
from engine.verbs.papers import Intake, Papers, Uploads, with_uploads
from engine.verbs.step import Act, Step, fingerprint
from engine.views import FormView, Receipt

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Draft, Reads, Transaction

_VALID = (PermitState.ACTIVE, PermitState.EXPIRING)


class Starting:
    """Begins cases. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def begin_draft(self, service: str, language: str) -> str:
        """Open an empty draft and return its token, which is the only way to it. Raises NotFound."""
        token = keys.random_token()
        with self._house.store.write() as tx:
            self._current(tx, service)
            tx.add_draft(keys.hashed(token), service, language, self._house.clock.now())
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
            tx.save_draft(digest, values, now)
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

    def start(self, draft_token: str, key: str) -> Receipt:
        """Begin a case from a draft. The same key again gives the same receipt.

        Raises NotFound for an unknown draft and AnswersRejected with every problem; the draft then stays.
        """
        return self._once(f"start:{key}", lambda tx, case_id: self._start(tx, case_id, draft_token))

    def start_at_counter(
        self, service: str, raw: Mapping[str, Any], uploads: Uploads, by: Actor, key: str, channel: str
    ) -> Receipt:
        """Enter a case for somebody at the counter or on the telephone, with the channel it came by.

        Raises NotYours unless a post of the actor may start this service, AnswersRejected with every problem.
        """
        draft_id = keys.hashed(f"{by.id}:{key}")
        return self._once(
            f"start:{by.id}:{key}",
            lambda tx, case_id: self._enter(tx, case_id, service, raw, uploads, by, channel, draft_id),
        )

    def _once(self, key: str, begin: Callable[[Transaction, str], Receipt]) -> Receipt:
        """Begin a case under a request key, or give the receipt of the one already begun under it."""
        case_id = uuid.uuid4().hex
        try:
            with self._house.store.write() as tx:
                # First of all, so that a request that came before does nothing more and one that runs waits for it.
                tx.remember(key, "start", {"case_id": case_id}, self._house.clock.now())
                return begin(tx, case_id)
        except KeyTaken:
            with self._house.store.write() as tx:
                known = tx.recall(key)
                if known is None:
                    raise
                return self._receipt(tx, known[1]["case_id"])

    def _start(self, tx: Transaction, case_id: str, draft_token: str) -> Receipt:
        draft, digest = self._draft(tx, draft_token), keys.hashed(draft_token)
        documents = {d.id: d for d in tx.draft_documents(digest)}
        entry = self._current(tx, draft.service)
        answers = self._start_answers(tx, entry, draft.answers, documents)
        by = Actor(ActorKind.CITIZEN, case_id)
        receipt = self._open(tx, entry, case_id, answers, by, channel="web", language=draft.language, draft_id=digest)
        tx.drop_draft(digest)
        return receipt

    def _enter(
        self,
        tx: Transaction,
        case_id: str,
        service: str,
        raw: Mapping[str, Any],
        uploads: Uploads,
        by: Actor,
        channel: str,
        draft_id: str,
    ) -> Receipt:
        now, entry = self._house.clock.now(), self._current(tx, service)
        starters = entry.definition.facts.starters
        if not by.roles & set(starters):
            raise NotYours(starters[0])
        # Papers lie in a draft until there is a case that they can lie in; without papers none is needed.
        draft = draft_id if uploads else ""
        if draft:
            tx.add_draft(draft, service, "id", now)
        intake = Intake(self._house, tx, {"draft_id": draft}, by.id, "staff", now)
        taken, problems = intake.papers(entry.start_form, uploads)
        documents = Papers(lambda: tx.draft_documents(draft))
        typed = with_uploads(entry.start_form.typed(raw), taken)
        answers = self._start_answers(tx, entry, typed, documents, problems)
        receipt = self._open(tx, entry, case_id, answers, by, channel=channel, language="id", draft_id=draft)
        if draft:
            tx.drop_draft(draft)
        return receipt

    def _draft(self, tx: Reads, token: str) -> Draft:
        draft = tx.draft(keys.hashed(token))
        if draft is None:
            raise NotFound
        return draft

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
        problems.extend(_unknown_numbers(tx, entry, raw))
        if problems:
            raise AnswersRejected(problems)
        return answers

    def _open(
        self,
        tx: Transaction,
        entry: Entry,
        case_id: str,
        answers: Mapping[str, Any],
        by: Actor,
        *,
        channel: str,
        language: str,
        draft_id: str,
    ) -> Receipt:
        """Give the case its reference and secrets, move its papers in, and let its diagram take the first step.

        `draft_id` empty: there are no papers.
        """
        now, facts = self._house.clock.now(), entry.definition.facts
        data = {facts.start_form: dict(answers)}
        case = self._case(tx, entry, case_id, data, now, channel, language)
        nonce = keys.nonce()
        tx.add_case(
            case,
            b"",
            secret_hash=keys.hashed(keys.tracking_token(self._house.key, nonce)),
            code_hash=keys.hashed(keys.tracking_code(self._house.key, nonce)),
            nonce=nonce,
            email=text_at(data, facts.email),
            phone=text_at(data, facts.phone),
        )
        if draft_id:
            tx.move_documents(draft_id, case_id)
        tx.add_answers(case_id, None, facts.start_form, answers, by.id, now)
        self._link(tx, case, text_at(data, facts.links))
        step = Step(self._house, tx, case, now, ledger=())
        started_on = self._house.city.calendar.on(now).isoformat()
        about = {"reference": case.reference, "service": case.service, "channel": channel, "language": language}
        step.run.begin({**data, "case": {**about, "started_on": started_on}})
        begun = step.save(Act("start", facts.start_form, by, {"answers": fingerprint(answers), "channel": channel}))
        return self._receipt_of(entry, begun, nonce)

    def _case(
        self,
        tx: Transaction,
        entry: Entry,
        case_id: str,
        data: Mapping[str, Any],
        now: datetime,
        channel: str,
        language: str,
    ) -> Case:
        facts = entry.definition.facts
        year = self._house.city.calendar.on(now).year
        number = tx.next_number(f"case:{facts.code}-{year}")
        return Case(
            id=case_id,
            reference=f"{facts.code}-{year}-{number:06d}",
            service=facts.id,
            version=entry.version.id,
            revision=0,
            stage=None,
            subject=text_at(data, facts.subject),
            place=text_at(data, facts.place),
            channel=channel,
            language=language,
            started_at=now,
            promise_state=PromiseState.NOT_STARTED,
            anonymous=bool(value_at(data, facts.anonymous)),
            confidential=bool(value_at(data, facts.confidential)),
        )

    def _link(self, tx: Transaction, case: Case, reference: str) -> None:
        other = tx.case_by_reference(reference.upper()) if reference else None
        if other is not None:
            tx.add_link(case.id, other.id, "about")

    def _receipt(self, tx: Transaction, case_id: str) -> Receipt:
        case = tx.case(case_id)
        return self._receipt_of(self._house.entry(tx, case.version), case, tx.secrets(case_id).nonce)

    def _receipt_of(self, entry: Entry, case: Case, nonce: str) -> Receipt:
        calendar = self._house.city.calendar
        starts = [e.id for e in entry.definition.elements.values() if e.starts]
        return Receipt(
            case_id=case.id,
            reference=case.reference,
            secret=keys.tracking_token(self._house.key, nonce),
            code=keys.tracking_code(self._house.key, nonce),
            received_at=case.started_at,
            counts_from_on=calendar.received_on(case.started_at),
            due_at=case.due_at,
            starts_when=starts[0] if starts else "",
            estimate=bool(case.due_at and calendar.is_estimate(calendar.on(case.due_at))),
        )


def _unknown_numbers(tx: Reads, entry: Entry, raw: Mapping[str, Any]) -> list[FieldProblem]:
    """Permit numbers and case references that nobody issued, or that no longer hold.

    This is what connects the services: a KRK names the practitioner's IPTB, a complaint the permit it is about.
    """
    problems = []
    for name, spec in entry.start_form.schema.get("properties", {}).items():
        given = str(raw.get(name) or "").strip().upper()
        if not given:
            continue
        if spec.get("format") == "permit-number":
            problems += _permit_problems(tx, name, spec, given)
        elif spec.get("format") == "case-reference" and tx.case_by_reference(given) is None:
            problems.append(FieldProblem(name, "case.unknown", {"reference": given}))
    return problems


def _permit_problems(tx: Reads, name: str, spec: Mapping[str, Any], given: str) -> list[FieldProblem]:
    """A field may name the kind it takes, as `x-permit-kind`, and the states, as `x-permit-states`.

    A renewal takes what has ended, and numbers older than the list.
    """
    found, states = tx.permit(given), spec.get("x-permit-states", _VALID)
    if not found:
        return [] if UNREGISTERED in states else [FieldProblem(name, "permit.unknown", {"number": given})]
    if found[0].kind != spec.get("x-permit-kind", found[0].kind):
        return [FieldProblem(name, "permit.other_kind", {"number": given})]
    if found[0].state not in states:
        return [FieldProblem(name, "permit.not_valid", {"number": given, "state": found[0].state})]
    return []
