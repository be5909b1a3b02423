"""Questions of a citizen about their own case, by its secret link or by reference and code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.forms import effective, prefill
from engine.model import Actor, ActorKind, Case, Json, Task
from engine.questions.asking import Asking, Held, waits_for_citizen
from engine.questions.reading import at_work, history, soon, urgency
from engine.throttle import WINDOW_S, count
from engine.verbs.tending import WITHDRAWAL
from engine.views import FormView, Tracking

if TYPE_CHECKING:
    from engine.store import Reads

TRIES_PER_CASE = 10
TRIES_PER_SOURCE = 60


class TrackingQuestions(Asking):
    """What is not yours and what is not there raise the same NotFound."""

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
