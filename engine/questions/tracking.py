"""Questions of a citizen about their own case, by its secret link or by reference and code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.forms import effective, prefill
from engine.model import Actor, ActorKind, AuditEntry, Case, Task
from engine.promises import moves, spells
from engine.questions.asking import Asking, Held, told_by, waits_for_citizen
from engine.questions.chain import chain, stays
from engine.questions.reach import reach_of
from engine.questions.reading import at_work, history, said_to_citizen, soon, stage_rows, urgency
from engine.questions.staging import plan_of, timed
from engine.questions.windows import download_window, press_window, windows_of
from engine.roles import APPLICANT
from engine.throttle import WINDOW_S, count
from engine.verbs.merging import MERGE
from engine.verbs.pressing import how_ended, presses
from engine.verbs.tending import WITHDRAWAL
from engine.views import CarriedBy, Comment, Event, FormView, Passing, Quick, StageRow, Tracking, Wanted, Warned

if TYPE_CHECKING:
    from engine.store import Answered, Reads

TRIES_PER_CASE = 10
TRIES_PER_SOURCE = 60


class TrackingQuestions(Asking):
    """What is not yours and what is not there raise the same NotFound."""

    def tracking(self, token: str) -> Tracking:
        """A case for the citizen who holds its token. Raises NotFound."""
        now, digest = self._house.clock.now(), keys.hashed(token)
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_secret(digest), now)
            parties = self._house.parties(reads, held.case.id)
            mine = next(party for party in parties if party.secret_hash == digest)
            seen = replace(self._tracking(reads, held, now), reach=reach_of(parties, mine))
            merged = any(entry.verb == MERGE for entry in seen.history)
            return self._with_main(reads, seen, now) if merged else seen

    def _tracking(self, reads: Reads, held: Held, now: datetime) -> Tracking:
        case, calendar, definition = held.case, self._house.calendar_of(reads, held.case), held.entry.definition
        task, office = waits_for_citizen(held.open), at_work(held.open, definition.elements, case.stage)
        entries, tasks = reads.audit(case.id), reads.tasks(case.id)
        with_roles = _roles_of(case, tasks)
        way = stays(tasks, definition.elements, self._unit_of, entries)
        answers = reads.answers(case.id) if task or case.outcome or len(way) > 1 else ()
        rule = held.promise.rule if held.promise else None
        moved = moves(rule, held.ledger, calendar, now) if rule else ()
        stood = spells(rule.id, held.ledger) if rule else ()
        pressed, permits = presses(case.reference, entries), tuple(reads.permits(case.id))
        noted = self._notes(reads, case.id, now) if any(_is_note(entry) for entry in entries) else ()
        withdrawn = any(entry.element == WITHDRAWAL for entry in entries)
        may_withdraw = WITHDRAWAL in reads.waiting_messages(case.id)
        return Tracking(
            case=case,
            facts=definition.facts,
            promise=held.promise,
            stages=self._timed(reads, held, tasks, now),
            task=task,
            task_due_at=task.due_at if task else None,
            holder_role=office.role if office else None,
            holder_unit=self._unit_of(office),
            documents=tuple(paper for paper in reads.documents(case.id) if paper.origin != "public"),
            permits=permits,
            history=_told_of(history(entries, with_roles), noted),
            linked=tuple(self._linked_references(reads, case.id)),
            may_withdraw=may_withdraw,
            reason=_reason(held, answers),
            as_of=now,
            urgency=urgency(case, now, soon(now, calendar)),
            wanted=_wanted(held, task, answers) if task else (),
            quick=_quick(held, task) if task else None,
            windows=(
                *windows_of(case, definition.elements, tasks, may_withdraw=may_withdraw, withdrawn=withdrawn),
                press_window(held.promises, pressed, calendar, now, how_ended(case, entries)),
                *download_window(case, permits, issues=definition.issues),
            ),
            presses=pressed,
            warnings=_warnings(reads, case.id, noted) if any(entry.verb == "warn" for entry in entries) else (),
            notes=noted,
            moves=tuple(replace(one, by=with_roles.get(one.by, "")) for one in moved),
            spells=tuple(replace(one, by=with_roles.get(one.by, "")) for one in stood),
            chain=chain(way, answers, held.entry.form, calendar, now),
        )

    def _with_main(self, reads: Reads, seen: Tracking, now: datetime) -> Tracking:
        """With what everybody may know of the case that carries this one: who has it, what the office said there."""
        merger = reads.merger(seen.case.id)
        if merger is None:
            return seen
        main = self.hold(reads, reads.case(merger.main_id), now)
        elements, case = main.entry.definition.elements, main.case
        way = stays(reads.tasks(case.id), elements, self._unit_of, reads.audit(case.id))
        hops = chain(way, reads.answers(case.id), main.entry.form, self._house.calendar_of(reads, case), now)
        since = [hop for hop in hops if hop.until_at is None or hop.until_at > merger.at]
        since[:1] = [replace(hop, how=Passing.JOINED, since_at=max(hop.since_at, merger.at)) for hop in since[:1]]
        office = at_work(main.open, elements, case.stage)
        carried = CarriedBy(
            case.reference,
            case.version,
            merger.at,
            case.stage,
            case.outcome,
            case.ended_at,
            tuple(self._told(reads, main)),
        )
        return replace(
            seen,
            carried_by=carried,
            # What follows the answer, a dispute say, is worked on in the reporter's own case again.
            chain=tuple(sorted((*seen.chain, *since), key=lambda hop: (hop.since_at, hop.until_at is None))),
            holder_role=seen.holder_role or (office.role if office else None),
            holder_unit=seen.holder_unit or self._unit_of(office),
        )

    def _notes(self, reads: Reads, case_id: str, now: datetime) -> tuple[Comment, ...]:
        """What the office wrote to the citizen, newest first; who wrote it is told as the office, never by name."""
        said = (one for one in reversed(reads.comments(case_id)) if one.read_by_applicant(now))
        return tuple(replace(one, by="") for one in said)

    def _timed(self, reads: Reads, held: Held, tasks: Sequence[Task], now: datetime) -> tuple[StageRow, ...]:
        """Every stage with the day by which it should be over, and what became of that."""
        visits, definition = reads.stage_visits(held.case.id), held.entry.definition
        late = bool(held.promise and held.promise.overdue)
        rows = stage_rows(definition, visits, held.case, held.open, late=late)
        plan = plan_of(definition.facts, definition.elements)
        return timed(rows, plan, held.promise, visits, tasks, self._house.calendar_of(reads, held.case), now)

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

    def _linked_references(self, reads: Reads, case_id: str) -> list[str]:
        return [other.reference for other in reads.cases(reads.linked(case_id)) if not other.confidential]


def _roles_of(case: Case, tasks: Iterable[Task]) -> dict[str, str]:
    """Who acted, as a role: the citizen is never told a name."""
    done = {task.closed_by: task.role for task in tasks if task.closed_by}
    return {**done, case.id: APPLICANT, "clock": "clock"}


def _told_of(events: Iterable[Event], notes: Iterable[Comment]) -> tuple[Event, ...]:
    """What is public; a note that may still be taken back, or was, is not told of."""
    read = {note.at for note in notes}
    return tuple(event for event in events if event.public and (event.verb != "comment" or event.at in read))


def _is_note(entry: AuditEntry) -> bool:
    return entry.verb == "comment" and entry.facts.get("audience") == "public"


def _warnings(reads: Reads, case_id: str, notes: Sequence[Comment]) -> tuple[Warned, ...]:
    """What the citizen was told before a miss, newest first, with what a superior wrote to them since."""
    told = [one for one in reads.forewarnings(case_id) if one.told_at is not None]
    reason = next((note.text for note in notes if told and note.at >= told[-1].at), "")
    found = [Warned(one.told_at, one.estimate_on, one.stage) for one in reversed(told) if one.told_at]
    return tuple(replace(one, reason=reason) if not place else one for place, one in enumerate(found))


def _reason(held: Held, answers: Sequence[Answered]) -> str:
    """What the office last told the citizen: its reply, or why a paper was returned or the application refused."""
    for row in reversed(answers):
        if row.by != held.case.id and isinstance(row.answers, Mapping):
            said = said_to_citizen(held.entry.form(row.element).ui, row.answers)
            if said:
                return said
    return ""


def _wanted(held: Held, task: Task, answers: Sequence[Answered]) -> tuple[Wanted, ...]:
    """The answers that were rejected, each with its reason, when the task corrects a form; else nothing."""
    form = held.entry.form(task.element)
    corrects = form.ui.get("x-corrects")
    if not corrects:
        return ()
    asked = effective(form, told_by(held, answers), held.entry.forms)
    fields = asked.schema.get("properties", {}).items()
    found = ((name, spec.get("title", name), (asked.ui.get(name) or {}).get("ui:rejected")) for name, spec in fields)
    return tuple(Wanted(corrects, name, title, why["own"], why) for name, title, why in found if why is not None)


def _quick(held: Held, task: Task) -> Quick | None:
    """The question of a task that asks nothing but to choose one of a few answers; None for any other."""
    form = held.entry.form(task.element)
    fields = form.schema.get("properties", {})
    if len(fields) != 1 or form.ui.get("x-corrects"):
        return None
    ((name, spec),) = fields.items()
    choices = spec.get("oneOf") or ()
    return Quick(form.id, name, tuple((str(one["const"]), str(one["title"])) for one in choices)) if choices else None


def _nonce(reads: Reads, case: Case | None) -> str:
    """What a case's code is made of; for no case something fresh, after asking the database just as often."""
    try:
        return reads.secrets(case.id if case else "").nonce
    except NotFound:
        return keys.nonce()
