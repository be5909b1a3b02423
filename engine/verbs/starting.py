"""Verbs that begin a case: from a citizen's draft, or entered at the counter for a walk-in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import NotYours
from engine.forms import identity, value_at
from engine.house import text_at
from engine.model import (
    TODAY,
    Actor,
    ActorKind,
    Came,
    Case,
    Party,
    PartyKind,
    PermitState,
    PromiseState,
    ServiceFacts,
)
from engine.store import KeyTaken
from engine.verbs import publishing
from engine.verbs.coming import came_at
from engine.verbs.drafting import Drafting, applying
from engine.verbs.likeness import likeness_of
from engine.verbs.papers import Intake, Papers, Uploads, with_uploads
from engine.verbs.step import Act, Step, fingerprint
from engine.views import Receipt

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.sealing import Seal
    from engine.store import Reads, Transaction

_VALID = (PermitState.ACTIVE, PermitState.EXPIRING)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a clerk enters for somebody. `kept`: its papers lie in the draft `draft_id` already."""

    service: str
    raw: Mapping[str, Any]
    uploads: Uploads
    by: Actor
    channel: str
    came: Came
    draft_id: str
    kept: bool


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a case begins with. It goes on under the key of its draft; `draft_id` is empty when there are no papers."""

    entry: Entry
    case_id: str
    answers: Mapping[str, Any]
    by: Actor
    channel: str
    language: str
    draft_id: str
    data_key: str
    came: Came = TODAY

    @property
    def facts(self) -> ServiceFacts:
        return self.entry.definition.facts

    @property
    def data(self) -> dict[str, Any]:
        """The case data before its first step."""
        return {self.facts.start_form: dict(self.answers)}


class Starting(Drafting):
    """Begins cases. Part of the engine's front."""

    def start(self, draft_token: str, key: str) -> Receipt:
        """Begin a case from a draft. The same key again gives the same receipt.

        Raises NotFound for an unknown draft and AnswersRejected with every problem; the draft then stays.
        """
        return self._once(f"start:{key}", lambda tx, case_id: self._start(tx, case_id, draft_token))

    def start_at_counter(
        self,
        service: str,
        raw: Mapping[str, Any],
        uploads: Uploads,
        by: Actor,
        key: str,
        channel: str,
        came: Came = TODAY,
        draft_token: str = "",
    ) -> Receipt:
        """Enter a case for somebody at the counter or on the telephone, with the channel and the day it came by.

        It counts from the moment it came; the record says when it was entered. `draft_token`: of a draft that keeps
        the papers of this entry already. Raises NotYours unless a post of the actor may start this service,
        AnswersRejected with every problem.
        """
        draft_id = keys.hashed(draft_token or f"{by.id}:{key}")
        said = _Entry(service, raw, uploads, by, channel, came, draft_id, kept=bool(draft_token))
        return self._once(f"start:{by.id}:{key}", lambda tx, case_id: self._enter(tx, case_id, said))

    def started(self, by: Actor, key: str) -> Receipt | None:
        """The receipt of the case that `by` entered at the counter under this request key; None when there is none."""
        return self._known(f"start:{by.id}:{key}")

    def _once(self, key: str, begin: Callable[[Transaction, str], Receipt]) -> Receipt:
        """Begin a case under a request key, or give the receipt of the one already begun under it."""
        case_id = uuid.uuid4().hex
        try:
            with self._house.store.write() as tx:
                # First of all, so that a request that came before does nothing more and one that runs waits for it.
                tx.remember(key, "start", {"case_id": case_id}, self._house.clock.now())
                return begin(tx, case_id)
        except KeyTaken:
            known = self._known(key)
            if known is None:
                raise
            return known

    def _known(self, key: str) -> Receipt | None:
        with self._house.store.read() as reads:
            known = reads.recall(key)
            return self._receipt(reads, known[1]["case_id"]) if known else None

    def _start(self, tx: Transaction, case_id: str, draft_token: str) -> Receipt:
        draft, digest = self._draft(tx, draft_token), keys.hashed(draft_token)
        documents = {d.id: d for d in tx.draft_documents(digest)}
        entry = self._current(tx, draft.service)
        form = entry.start_form
        answers = self._start_answers(tx, entry, applying(form, draft.answers), documents)
        tx.forget_papers(digest, form.relevance(draft.answers).idle & {paper.field for paper in documents.values()})
        by, data_key = Actor(ActorKind.CITIZEN, case_id), draft.data_key or self._house.fresh_key()
        receipt = self._open(tx, _Beginning(entry, case_id, answers, by, "web", draft.language, digest, data_key))
        tx.drop_draft(digest)
        return receipt

    def _enter(self, tx: Transaction, case_id: str, said: _Entry) -> Receipt:
        now, entry = self._house.clock.now(), self._current(tx, said.service)
        starters = entry.definition.facts.starters
        if not said.by.roles & set(starters):
            raise NotYours(starters[0])
        draft, data_key = self._papers_of(tx, said, now)
        intake = Intake(self._house, tx, {"draft_id": draft}, said.by.id, "staff", now)
        taken, problems = intake.papers(entry.start_form, said.uploads)
        at, about_day = came_at(said.came, self._house.city, now)
        documents = Papers(lambda: tx.draft_documents(draft))
        typed = with_uploads(entry.start_form.typed(said.raw), taken)
        if draft:
            tx.forget_papers(draft, entry.start_form.relevance(typed).idle)
        answers = self._start_answers(tx, entry, applying(entry.start_form, typed), documents, [*problems, *about_day])
        came = replace(said.came, at=at, why=said.came.why.strip())
        new = _Beginning(entry, case_id, answers, said.by, said.channel, "id", draft, data_key, came)
        receipt = self._open(tx, new)
        if draft:
            tx.drop_draft(draft)
        return receipt

    def _papers_of(self, tx: Transaction, said: _Entry, now: datetime) -> tuple[str, str]:
        """The draft in which papers lie until there is a case, with its key; without papers none is needed."""
        known = tx.draft(said.draft_id) if said.kept else None
        if known:
            return said.draft_id, known.data_key
        data_key = self._house.fresh_key()
        if not said.uploads:
            return "", data_key
        tx.add_draft(said.draft_id, said.service, "id", now, data_key)
        return said.draft_id, data_key

    def _open(self, tx: Transaction, new: _Beginning) -> Receipt:
        """Give the case its reference and secrets, move its papers in, and let its diagram take the first step."""
        now, facts, nonce = self._house.clock.now(), new.facts, keys.nonce()
        case, seal = self._case(tx, new, new.came.at or now), self._house.seal_under(new.data_key)
        kept = self._house.closed(new.entry.start_form, new.answers, lambda: seal)
        self._add_case(tx, case, new, seal, nonce)
        if new.draft_id:
            tx.move_documents(new.draft_id, case.id)
        tx.add_answers(case.id, None, facts.start_form, kept, new.by.id, now)
        self._link(tx, case, text_at(new.data, facts.links))
        if facts.similar and not case.confidential and (like := likeness_of(facts.similar, new.data)):
            tx.add_likeness(case.id, case.service, like)
        publishing.announce(tx, facts, case, new.data)
        return self._receipt_of(new.entry, self._begun(tx, case, new, kept), nonce)

    def _begun(self, tx: Transaction, case: Case, new: _Beginning, kept: Mapping[str, Any]) -> Case:
        """The case after the first step of its diagram."""
        form, step = new.facts.start_form, Step(self._house, tx, case, case.started_at, ledger=())
        about = {
            "reference": case.reference,
            "service": case.service,
            "channel": case.channel,
            "language": case.language,
            "started_on": self._house.city.calendar.on(case.started_at).isoformat(),
        }
        step.run.begin({form: kept, "case": about})
        record = {"answers": fingerprint(kept), "channel": case.channel, **new.came.facts}
        return step.save(Act("start", form, new.by, record, self._house.clock.now()))

    def _add_case(self, tx: Transaction, case: Case, new: _Beginning, seal: Seal, nonce: str) -> None:
        """The case with its secrets, and the other side of a *surat kuasa*. Addresses lie sealed."""
        facts = new.facts

        def sealed(path: str) -> str:
            return seal.close_text(text_at(new.data, path))

        tx.add_case(
            case,
            b"",
            secret_hash=keys.hashed(keys.tracking_token(self._house.key, nonce)),
            code_hash=keys.hashed(keys.tracking_code(self._house.key, nonce)),
            nonce=nonce,
            email=sealed(facts.email),
            phone=sealed(facts.phone),
            data_key=new.data_key,
        )
        self._add_other_side(tx, case, sealed(facts.party_email), sealed(facts.party_phone))

    def _case(self, tx: Transaction, new: _Beginning, now: datetime) -> Case:
        facts, data = new.facts, new.data
        anonymous = bool(value_at(data, facts.anonymous))
        hidden = identity(new.entry.start_form.ui) if anonymous else frozenset()
        year = self._house.city.calendar.on(now).year
        number = tx.next_number(f"case:{facts.code}-{year}")
        return Case(
            id=new.case_id,
            reference=f"{facts.code}-{year}-{number:06d}",
            service=facts.id,
            version=new.entry.version.id,
            revision=0,
            stage=None,
            subject="" if facts.subject.rpartition(".")[2] in hidden else text_at(data, facts.subject),
            place=text_at(data, facts.place),
            channel=new.channel,
            language=new.language,
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
        other = tx.case_by_reference(reference) if reference else None
        if other is not None:
            tx.add_link(case.id, other.id, "about")

    def _receipt(self, reads: Reads, case_id: str) -> Receipt:
        case = reads.case(case_id)
        return self._receipt_of(self._house.entry(reads, case.version), case, reads.secrets(case_id).nonce)

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
