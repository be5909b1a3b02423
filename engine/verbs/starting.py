"""Verbs that begin a case: from a citizen's draft, or entered at the counter for a walk-in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import NotYours
from engine.forms import identity, value_at
from engine.house import text_at
from engine.model import Actor, ActorKind, Case, Party, PartyKind, PermitState, PromiseState
from engine.store import KeyTaken
from engine.verbs import publishing
from engine.verbs.drafting import Drafting, applying
from engine.verbs.likeness import likeness_of
from engine.verbs.papers import Intake, Papers, Uploads, with_uploads
from engine.verbs.step import Act, Step, fingerprint
from engine.views import Receipt

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Transaction

_VALID = (PermitState.ACTIVE, PermitState.EXPIRING)


class Starting(Drafting):
    """Begins cases. Part of the engine's front."""

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
        form = entry.start_form
        answers = self._start_answers(tx, entry, applying(form, draft.answers), documents)
        tx.forget_papers(digest, form.relevance(draft.answers).idle & {paper.field for paper in documents.values()})
        by = Actor(ActorKind.CITIZEN, case_id)
        receipt = self._open(
            tx,
            entry,
            case_id,
            answers,
            by,
            channel="web",
            language=draft.language,
            draft_id=digest,
            data_key=draft.data_key,
        )
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
        draft, data_key = draft_id if uploads else "", self._house.fresh_key()
        if draft:
            tx.add_draft(draft, service, "id", now, data_key)
        intake = Intake(self._house, tx, {"draft_id": draft}, by.id, "staff", now)
        taken, problems = intake.papers(entry.start_form, uploads)
        documents = Papers(lambda: tx.draft_documents(draft))
        typed = with_uploads(entry.start_form.typed(raw), taken)
        if draft:
            tx.forget_papers(draft, entry.start_form.relevance(typed).idle)
        answers = self._start_answers(tx, entry, applying(entry.start_form, typed), documents, problems)
        receipt = self._open(
            tx, entry, case_id, answers, by, channel=channel, language="id", draft_id=draft, data_key=data_key
        )
        if draft:
            tx.drop_draft(draft)
        return receipt

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
        data_key: str,
    ) -> Receipt:
        """Give the case its reference and secrets, move its papers in, and let its diagram take the first step.

        `draft_id` empty: there are no papers. The case goes on under the key of its draft.
        """
        now, facts = self._house.clock.now(), entry.definition.facts
        data = {facts.start_form: dict(answers)}
        case = self._case(tx, entry, case_id, data, now, channel, language)
        data_key = data_key or self._house.fresh_key()
        seal = self._house.seal_under(data_key)
        kept = self._house.closed(entry.start_form, answers, lambda: seal)
        nonce = keys.nonce()
        tx.add_case(
            case,
            b"",
            secret_hash=keys.hashed(keys.tracking_token(self._house.key, nonce)),
            code_hash=keys.hashed(keys.tracking_code(self._house.key, nonce)),
            nonce=nonce,
            email=seal.close_text(text_at(data, facts.email)),
            phone=seal.close_text(text_at(data, facts.phone)),
            data_key=data_key,
        )
        other = [text_at(data, path) for path in (facts.party_email, facts.party_phone)]
        self._add_other_side(tx, case, *(seal.close_text(one) for one in other))
        if draft_id:
            tx.move_documents(draft_id, case_id)
        tx.add_answers(case_id, None, facts.start_form, kept, by.id, now)
        self._link(tx, case, text_at(data, facts.links))
        if facts.similar and not case.confidential and (like := likeness_of(facts.similar, data)):
            tx.add_likeness(case.id, case.service, like)
        publishing.announce(tx, facts, case, data)
        step = Step(self._house, tx, case, now, ledger=())
        started_on = self._house.city.calendar.on(now).isoformat()
        about = {"reference": case.reference, "service": case.service, "channel": channel, "language": language}
        step.run.begin({facts.start_form: kept, "case": {**about, "started_on": started_on}})
        begun = step.save(Act("start", facts.start_form, by, {"answers": fingerprint(kept), "channel": channel}))
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
        facts, anonymous = entry.definition.facts, bool(value_at(data, entry.definition.facts.anonymous))
        hidden = identity(entry.start_form.ui) if anonymous else frozenset()
        year = self._house.city.calendar.on(now).year
        number = tx.next_number(f"case:{facts.code}-{year}")
        return Case(
            id=case_id,
            reference=f"{facts.code}-{year}-{number:06d}",
            service=facts.id,
            version=entry.version.id,
            revision=0,
            stage=None,
            subject="" if facts.subject.rpartition(".")[2] in hidden else text_at(data, facts.subject),
            place=text_at(data, facts.place),
            channel=channel,
            language=language,
            started_at=now,
            promise_state=PromiseState.NOT_STARTED,
            anonymous=anonymous,
            confidential=bool(value_at(data, facts.confidential)),
            calendar=self._house.almanac.edition,
        )

    def _add_other_side(self, tx: Transaction, case: Case, email: str, phone: str) -> None:
        """The other side of a *surat kuasa*, with a link of its own; nobody when no address of theirs was given.

        The addresses come sealed.
        """
        if not (email or phone):
            return
        nonce = keys.nonce()
        secret = keys.hashed(keys.tracking_token(self._house.key, nonce))
        other = Party(uuid.uuid4().hex, case.id, PartyKind.PROXY, nonce, secret, email, phone, case.language)
        tx.add_party(other, case.started_at)

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
