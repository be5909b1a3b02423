"""Questions of the public and of citizens: services and promises, drafts, tracking, and whether a permit is real."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.forms import effective, prefill, value_at
from engine.model import Actor, ActorKind, Case, Entry, Json, LedgerEntry, PermitState, PromiseStanding, Task
from engine.promises import standing
from engine.questions.asking import Asking, Held, waits_for_citizen
from engine.questions.reading import at_work, history, soon, urgency
from engine.texts import LANGUAGES, Texts
from engine.throttle import WINDOW_S, count
from engine.verbs.tending import WITHDRAWAL
from engine.views import FormView, PermitCheck, ServicePage, Tracking

if TYPE_CHECKING:
    from engine.library import Entry as Book
    from engine.store import Reads

TRIES_PER_CASE = 10
TRIES_PER_SOURCE = 60


class PublicQuestions(Asking):
    """Answers without an account. What is not yours and what is not there raise the same NotFound."""

    def services(self) -> tuple[ServicePage, ...]:
        """Every published service, in the order of the city's file."""
        with self._house.store.read() as reads:
            known = set(reads.services())
            order = [s for s in self._house.city.services if s in known] + sorted(
                known - set(self._house.city.services)
            )
            return tuple(self._page(reads, service) for service in order)

    def service(self, service: str) -> ServicePage:
        """One service for its public page. Raises NotFound."""
        with self._house.store.read() as reads:
            return self._page(reads, service)

    def promised_if_started(self, service: str) -> PromiseStanding | None:
        """The main promise as it would stand had it begun this minute: the date a citizen may expect today."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            promises = self._book(reads, service).definition.facts.promises
        if not promises:
            return None
        begun = (LedgerEntry(promises[0].id, Entry.START, now, "clock"),)
        return standing(promises[0], begun, self._house.city.calendar, now)

    def draft(self, token: str) -> FormView:
        """A draft as it was last saved, wrong values included. Raises NotFound."""
        digest = keys.hashed(token)
        with self._house.store.read() as reads:
            draft = reads.draft(digest)
            if draft is None:
                raise NotFound
            form = self._book(reads, draft.service).start_form
            files = {document.id: document for document in reads.draft_documents(digest)}
        return FormView(form.id, draft.service, form.schema, form.ui, draft.answers, files=files)

    def tracking(self, token: str) -> Tracking:
        """A case for the citizen who holds its token. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_secret(keys.hashed(token)), now)
            task = waits_for_citizen(held.open)
            office = at_work(held.open, held.entry.definition.elements, held.case.stage)
            entries = reads.audit(held.case.id)
            with_roles = self._roles_of(reads, held)
            return Tracking(
                case=held.case,
                facts=held.entry.definition.facts,
                promise=held.promise,
                stages=self._stages(reads, held),
                task=task,
                task_due_at=task.due_at if task else None,
                holder_role=office.role if office else None,
                holder_unit=self._unit_of(office),
                documents=tuple(reads.documents(held.case.id)),
                permits=tuple(reads.permits(held.case.id)),
                history=tuple(e for e in history(entries, with_roles) if e.public),
                linked=tuple(self._linked_references(reads, held.case.id)),
                may_withdraw=WITHDRAWAL in reads.waiting_messages(held.case.id),
                reason=self._reason(reads, held) if task or held.case.outcome else "",
                as_of=now,
                urgency=urgency(held.case, now, soon(now, self._house.city.calendar)),
            )

    def _unit_of(self, task: Task | None) -> str | None:
        """Where a task lies: in the unit it was given to, else where its role sits; None: the office that signs."""
        if task is None:
            return None
        role = self._house.city.roles.get(task.role)
        return task.unit or (role.unit if role else "") or None

    def worked_out(self, token: str) -> Tracking:
        """A case with its promise day by day. Raises NotFound."""
        return self.tracking(token)

    def token_by_code(self, reference: str, code: str, source: str) -> str:
        """The tracking token for a reference and its code.

        Raises NotFound for an unknown reference and a wrong code alike, after the same work; TooManyTries when either
        the case or the source has been tried too often.
        """
        now, wanted = self._house.clock.now(), reference.strip().upper()
        with self._house.store.write() as tx:
            over = count(tx, f"track:{wanted}", TRIES_PER_CASE, now)
            over = count(tx, f"track-from:{source}", TRIES_PER_SOURCE, now) or over
            case = tx.case_by_reference(wanted)
            nonce = _nonce(tx, case)
        if over:
            raise TooManyTries(WINDOW_S)
        right = keys.same(keys.tracking_code(self._house.key, nonce), code.strip().upper())
        if case is None or not right:
            raise NotFound
        return keys.tracking_token(self._house.key, nonce)

    def citizen(self, token: str) -> Actor:
        """The citizen as an actor. Raises NotFound."""
        with self._house.store.read() as reads:
            case = reads.case_by_secret(keys.hashed(token))
        if case is None:
            raise NotFound
        return Actor(ActorKind.CITIZEN, case.id)

    def citizen_form(self, token: str, task_id: str) -> FormView:
        """The form of a task that waits for the citizen, prefilled. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_secret(keys.hashed(token)), now)
            task = next((t for t in held.open if t.id == task_id), None)
            if task is None or waits_for_citizen([task]) is None:
                raise NotFound
            data = self.data_for(reads, held, task, now)
            form = effective(held.entry.form(task.element), data, held.entry.forms)
            values = prefill(form, data)
            return FormView(
                form.id, held.case.service, form.schema, form.ui, values, files=self._files(reads, task, held.case.id)
            )

    def permit(self, number: str) -> PermitCheck:
        """What anybody may know of an issued document. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.permit(number.strip().upper())
            if not found:
                raise NotFound
            texts = self._house.entry(reads, reads.case(found[0].case_id).version).texts
        holder = _initials(str(found[0].facts.get("holder", "")))
        genuine = found[0].state is not PermitState.REVOKED
        details = {code: _details(texts, code, found[0].facts.get("data", {})) for code in LANGUAGES}
        return PermitCheck(found[0], found[0], holder, genuine, now, details)

    def _page(self, reads: Reads, service: str) -> ServicePage:
        book = self._book(reads, service)
        form = book.start_form
        view = FormView(form.id, service, form.schema, form.ui)
        roles = {role.id: role.title for role in self._house.city.roles.values()}
        return ServicePage(book.definition.facts, view, book.version.id, book.version.published_at, roles=roles)

    def _book(self, reads: Reads, service: str) -> Book:
        version = reads.current(service)
        if version is None:
            raise NotFound
        return self._house.entry(reads, version)

    def _roles_of(self, reads: Reads, held: Held) -> dict[str, str]:
        """Who acted, as a role: the citizen is never told a name."""
        done = {t.closed_by: t.role for t in reads.tasks(held.case.id) if t.closed_by}
        return {**done, held.case.id: "pemohon", "clock": "clock"}

    def _linked_references(self, reads: Reads, case_id: str) -> list[str]:
        return [other.reference for other in reads.cases(reads.linked(case_id)) if not other.confidential]

    def _reason(self, reads: Reads, held: Held) -> str:
        """What the office last told the citizen: its reply, or why a paper was returned or the application refused."""
        for row in reversed(reads.answers(held.case.id)):
            if row.by != held.case.id and isinstance(row.answers, Mapping):
                said = _said(held.entry.form(row.element).ui, row.answers)
                if said:
                    return said
        return ""


def _nonce(reads: Reads, case: Case | None) -> str:
    """What a case's code is made of; for no case something fresh, after asking the database just as often."""
    try:
        return reads.secrets(case.id if case else "").nonce
    except NotFound:
        return keys.nonce()


def _said(ui: Json, answers: Mapping[str, Any]) -> str:
    """The words of one accepted form that are meant for the citizen: those marked `ui:public`.

    The mark is `true`, or names the answers under which the words go out: a reply sent back to the unit did not.
    """
    for name, value in answers.items():
        public = (ui.get(name) or {}).get("ui:public") if isinstance(value, str) else None
        conditions = public if isinstance(public, Mapping) else {}
        if public and all(answers.get(field) in values for field, values in conditions.items()):
            return str(value)
    return ""


def _initials(name: str) -> str:
    """`Siti Rahmawati` → `S. R.`: enough to compare with a paper, too little to look somebody up."""
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def _details(texts: Texts, language: str, data: Json) -> list[tuple[str, str]]:
    """What `[check.<name>]` makes public: `title`, and the value that lies at `from` in the data at issue."""
    told = texts.find(language, "check") or {}
    values = [(str(one["title"]), value_at(data, one["from"])) for one in told.values()]
    return [(title, str(value)) for title, value in values if value not in (None, "", 0)]
