"""Questions about one case or task: the desk, the case file, the counter, who could take it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import keys
from engine.errors import NotFound
from engine.forms import effective, prefill, proposals
from engine.model import UNDO_FOR, Actor, FollowUp, LateRequest, Task
from engine.questions.asking import Asking, Held
from engine.questions.looking import CASE_FILE, DESK, Looking
from engine.questions.reading import history, people_in, soon, urgency
from engine.questions.shares import Closings, spent
from engine.questions.sight import Sight
from engine.roles import may_complete, may_work, worked_for
from engine.verbs.conflicts import kept_out
from engine.verbs.task_drafts import standing_draft
from engine.views import CaseFile, Comment, DaysSpent, Desk, DeskDraft, FormView

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.store import Reads


class DeskQuestions(Asking):
    """Confidential complaints are shown only to those who work on them."""

    def desk(self, task_id: str, actor: Actor) -> Desk:
        """A task with its form beside the whole case. Raises NotFound for a task outside one's posts;
        a closed task is shown with who closed it."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            task, held = self._task_at(reads, task_id, actor, now)
            looking = Looking(self._house, reads, held.case, held.entry, actor)
            desk = self._desk(reads, held, task, actor, looking, now)
        looking.write(DESK)
        return desk

    def send_back_until(self, task_id: str, actor: Actor) -> datetime | None:
        """Until when this actor can undo the send-back that finished a task; None: it was none, or it is too late."""
        with self._house.store.read() as reads:
            sent = reads.send_back(task_id)
        until = sent.at + UNDO_FOR if sent and sent.by == actor.id else None
        return until if until and self._house.clock.now() < until else None

    def case_file(self, reference: str, actor: Actor) -> CaseFile:
        """Everything of a case. Raises NotFound, also for a confidential one that is not one's work."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference), now)
            self._require_may_read(reads, held, actor)
            looking = Looking(self._house, reads, held.case, held.entry, actor)
            file = self._file(reads, held, actor, looking, now)
        looking.write(CASE_FILE)
        return file

    def colleagues(self, task_id: str, actor: Actor) -> dict[str, str]:
        """Who could be given a task: names by login. Raises NotFound as `desk`. With what each holds: `offer`."""
        with self._house.store.read() as reads:
            task, held = self._task_at(reads, task_id, actor, self._house.clock.now())
            out = kept_out(self._house, reads, task, held.case)
            people = reads.users_holding(task.role, task.unit)
        return {user.login: user.name for user in people if user.login not in out}

    def counter_form(self, service: str, actor: Actor) -> FormView:
        """The start form for the counter. Raises NotFound unless a post of the actor may start the service."""
        with self._house.store.read() as reads:
            entry = self._in_force(reads, service)
        if not actor.roles & set(entry.definition.facts.starters):
            raise NotFound
        form = entry.start_form
        return FormView(form.id, service, form.schema, form.ui)

    def _desk(self, reads: Reads, held: Held, task: Task, actor: Actor, looking: Looking, now: datetime) -> Desk:
        seen, files, notes = looking.sight(), self._files(reads, task, actor.id), reads.comments(held.case.id)
        people = (*(row.by for row in reads.answers(held.case.id)), *(said.by for said in notes), task.holder)
        names = reads.names(people)
        answered = self._answered(reads, held, names, seen)
        asked = reads.late_request_of(task.id) if held.case.request is not None else None
        draft = self._draft(reads, task, actor)
        view = self._form(reads, held, task, seen, draft, asked, now)
        behalf = worked_for(actor, task)
        return Desk(
            task=task,
            case=held.case,
            form=replace(view, files=files),
            answered=answered,
            documents=tuple(files.values()),
            promise=held.promise,
            rounds=1 + sum(a.element == task.element for a in answered),
            mine=task.closed_at is None and may_complete(actor, task, kept_out(self._house, reads, task, held.case)),
            stands_in=behalf if task.closed_at is None else None,
            holder_name=names.get(task.holder or ""),
            urgency=urgency(held.case, now, soon(now, self._house.city.calendar)),
            key=keys.random_token(),
            whole_until=looking.whole_until,
            outside=bool(held.entry.definition.elements[task.element].brings),
            draft=draft,
            follow_up=_own(reads.follow_up(task.id), task),
            asked=asked,
            notes=_signed(notes, names),
            own_notes=_own_notes(notes, actor, now),
        )

    def _form(
        self,
        reads: Reads,
        held: Held,
        task: Task,
        seen: Sight,
        draft: DeskDraft | None,
        asked: LateRequest | None,
        now: datetime,
    ) -> FormView:
        """The form of a task as it begins, with the earlier answers beside it.

        It begins with what its draft says, else with what was asked and waits, else with what the case proposes.
        """
        data = self.data_for(reads, held, task, now)
        form = effective(held.entry.form(task.element), data, held.entry.forms)
        begins = prefill(form, _seen(held, data, replace(seen, numbers=True)))
        if asked is not None:
            begins |= seen.of(form.schema, form.ui, self._opened(reads, held, asked.answers))
        begins = proposals(form.id, form.ui, begins, data, self._identities(held, data))
        shown, values = _seen(held, data, seen), _begun(form, begins, draft, task)
        return FormView(form.id, held.case.service, form.schema, form.ui, values, shown=shown)

    def _draft(self, reads: Reads, task: Task, actor: Actor) -> DeskDraft | None:
        """The draft of a task for those who may work on it; of a closed one for whoever had typed it."""
        kept = standing_draft(self._house, reads, task)
        if kept is None or not (kept.by == actor.id or (task.closed_at is None and may_work(actor, task))):
            return None
        by = reads.names([kept.by]).get(kept.by, kept.by)
        return DeskDraft(kept.version, by, kept.at, kept.by == actor.id, kept.typed)

    def _file(self, reads: Reads, held: Held, actor: Actor, looking: Looking, now: datetime) -> CaseFile:
        case, definition = held.case, held.entry.definition
        entries, looks = reads.audit(case.id), reads.looks(case.id) if self._supervises(actor) else ()
        asked = reads.late_requests(case.id) if case.asked_late or case.request else ()
        notes = reads.comments(case.id)
        names = reads.names([*people_in(entries), *(look.login for look in looks)])
        passed = dict.fromkeys(step for entry in entries for step in entry.facts.get("passed", ()))
        return CaseFile(
            case=case,
            facts=definition.facts,
            promises=held.promises,
            stages=self._stages(reads, held),
            open=held.open,
            answered=self._answered(reads, held, names, looking.sight()),
            documents=tuple(reads.documents(case.id)),
            permits=tuple(reads.permits(case.id)),
            history=history(entries, names),
            comments=_signed(notes, names),
            own_notes=_own_notes(notes, actor, now),
            linked=reads.cases(reads.linked(case.id)),
            at=tuple(task.element for task in held.open),
            been=tuple(passed),
            drawing=definition.drawing,
            as_of=now,
            whole_until=looking.whole_until,
            asked=tuple(replace(one, asked_by=names.get(one.asked_by, one.asked_by)) for one in asked),
            looks=tuple(replace(look, login=names.get(look.login, look.login)) for look in looks),
            days=self._days(reads, held, now),
        )

    def _days(self, reads: Reads, held: Held, now: datetime) -> tuple[DaysSpent, ...]:
        """Who used which days, up to when the promise was closed: what runs on afterwards is nobody's haste."""
        until = (held.promise and held.promise.closed_at) or held.case.ended_at or now
        calendar, visits = self._house.calendar_of(reads, held.case), reads.stage_visits(held.case.id)
        closings = Closings(calendar, calendar.on(held.case.started_at), calendar.on(until))
        staged = {element.id for element in held.entry.definition.elements.values() if element.stage}
        return spent(visits, until, reads.tasks(held.case.id), staged, closings)


def _begun(form: Form, proposed: dict[str, Any], draft: DeskDraft | None, task: Task) -> dict[str, Any]:
    """What stands in a form: what its draft says, which may be nothing where the case proposed something."""
    if draft is None or task.closed_at is not None:
        return proposed
    shown = {name for name, part in form.schema.get("properties", {}).items() if part.get("readOnly")}
    return {**{name: value for name, value in proposed.items() if name in shown}, **draft.values}


def _own(found: FollowUp | None, task: Task) -> FollowUp | None:
    """What a task is put off until, if whoever holds it said so."""
    return found if found and found.holds(task) else None


def _seen(held: Held, data: Mapping[str, object], seen: Sight) -> dict[str, Mapping[str, object]]:
    """The earlier answers that stand beside a form, as this reader sees them."""
    forms = held.entry.forms
    parts = {name: (forms[name].schema, forms[name].ui) if name in forms else ({}, {}) for name in data}
    return {name: seen.of(*parts[name], value) for name, value in data.items() if isinstance(value, dict)}


def _signed(notes: Iterable[Comment], names: Mapping[str, str]) -> tuple[Comment, ...]:
    """Notes with the names of who wrote them."""
    return tuple(replace(said, by=names.get(said.by, said.by)) for said in notes)


def _own_notes(notes: Iterable[Comment], actor: Actor, now: datetime) -> frozenset[int]:
    """Lines of the notes that this reader wrote and can still take back."""
    return frozenset(
        said.line for said in notes if said.by == actor.id and not said.taken_back_at and now < said.at + UNDO_FOR
    )
